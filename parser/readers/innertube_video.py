"""What YouTube's own answers say of the video itself."""

from collections.abc import Iterator

from msgspec import Raw

from parser.model import Diagnostic, Video
from parser.readers.innertube_chapters import Chapters
from parser.readers.innertube_counts import count_in
from parser.readers.innertube_text import content_text, linked_text, shown_text, unlinked_text
from parser.readers.innertube_types import Answer, Command, Header, Message
from parser.readers.innertube_video_types import (
    Contents,
    CurrentVideo,
    Microformat,
    PageItem,
    Playability,
    PlayerMicroformat,
    PrimaryInfo,
    SecondaryInfo,
    Section,
    VideoDetails,
)
from parser.readers.json_nested import Nested
from parser.readers.troubles import quoted
from parser.readers.video_fields import day, is_no_id, page_address
from parser.text.clean import clean, clean_line
from parser.text.counts import parse_count
from parser.text.dates import parse_date
from parser.text.videos import YOUTUBE

_MOST_IDS = 100
_DATE = 10
"""Characters of a date, behind which there may be a time."""

_DETAILS = Nested(VideoDetails)
_MICROFORMAT = Nested(Microformat)
_PLAYABILITY = Nested(Playability)
_CONTENTS = Nested(Contents)
_PAGE_ITEM = Nested(PageItem)
_PRIMARY = Nested(PrimaryInfo)
_SECONDARY = Nested(SecondaryInfo)
_SECTION = Nested(Section)
_CURRENT = Nested(CurrentVideo)


class VideoFacts:
    """Gathers what is said of the video; ``message`` is what stands in the comments' place.

    The id is that of the answer, or stands in the comments' own addresses; where answers of
    several videos are in one file, none is taken.
    """

    def __init__(self) -> None:
        self.changed = False
        self.message: str | None = None
        self._chapters = Chapters()
        self._ids: dict[str, None] = {}
        self._odd: set[str] = set()
        self._texts: dict[str, str] = {}
        self._duration: int | None = None
        self._published: str | None = None
        self._claimed: int | None = None
        self._unplayable: str | None = None

    def video(self) -> Video:
        """The video as far as it is known by now."""
        self.changed = False
        name = next(iter(self._ids)) if len(self._ids) == 1 else None
        site = YOUTUBE if name else None
        return Video(
            site=site,
            id=name,
            url=page_address(site, name, None),
            title=self._texts.get("title"),
            channel=self._texts.get("channel"),
            duration=self._duration,
            published=self._published,
            comments_claimed=self._claimed,
            description=self._texts.get("description"),
            chapters=self._chapters.all(),
        )

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was odd about it."""
        if len(self._ids) > 1:
            named = f"{len(self._ids)} videos" if len(self._ids) < _MOST_IDS else "many videos"
            message = f"The file holds answers of {named}; which one it is about is left open"
            yield Diagnostic("warning", message)
        odd = self._odd | ({"chapters"} if self._chapters.is_odd else set[str]())
        if odd:
            message = f"What the file says of the video is odd: {', '.join(sorted(odd))}"
            yield Diagnostic("warning", message)
        if self._unplayable:
            yield Diagnostic("warning", f"The site says of the video: {self._unplayable}")

    # Parts of an answer

    def take_page(self, answer: Answer) -> Iterator[list[Raw]]:
        """What an answer tells of the video; hands over the lists that may hold comments."""
        self._take_details(bytes(answer.video_details))
        self._take_microformat(bytes(answer.microformat))
        self._take_playability(bytes(answer.playability_status))
        if current := _CURRENT.take(bytes(answer.current_video_endpoint)):
            endpoint = current.value.watch_endpoint
            self._take_id(endpoint.video_id if endpoint else None)
        self._take_chapters(answer)
        if contents := _CONTENTS.take(bytes(answer.contents)):
            yield from self._take_contents(contents.value)

    def take_comment_address(self, command: Command | None) -> None:
        """A comment's own address, in which its video stands."""
        watch = command.watch_endpoint if command else None
        if command is None or watch is None or watch.video_id in self._ids:
            return
        data = command.command_metadata.web_command_metadata if command.command_metadata else None
        if data and data.url and "lc=" in data.url:
            self._take_id(watch.video_id)

    def take_header(self, header: Header) -> None:
        """What stands over the comments: how many there are."""
        count = count_in(shown_text(header.count_text))
        if count is not None:
            self.changed, self._claimed = True, count

    def take_message(self, message: Message) -> None:
        """What the site says in place of comments."""
        said = clean_line(unlinked_text(message.text)) or clean_line(shown_text(message.text))
        self.message = self.message or said or None

    def _take_id(self, name: str | None) -> None:
        if not name or name in self._ids or len(self._ids) >= _MOST_IDS:
            return
        if is_no_id(YOUTUBE, name):
            self._odd.add("videoId")
            return
        self.changed, self._ids[name] = True, None

    def _take_text(self, name: str, text: str | None, *, instead: bool = False) -> None:
        """A text of the video's; the first one found is kept, unless this one is better."""
        text = clean(text or "") if name == "description" else clean_line(text or "")
        if text and (instead or name not in self._texts):
            self.changed, self._texts[name] = True, text

    def _take_details(self, data: bytes) -> None:
        if details := _DETAILS.take(data):
            one = details.value
            if details.odd:
                self._odd.add("videoDetails")
            self._take_id(one.video_id)
            self._take_text("title", one.title, instead=True)
            self._take_text("channel", one.author, instead=True)
            self._take_text("description", one.short_description, instead=True)
            self._take_duration(one.length_seconds)

    def _take_microformat(self, data: bytes) -> None:
        holder = _MICROFORMAT.take(data)
        one: PlayerMicroformat | None = holder.value.player_microformat_renderer if holder else None
        if one is None:
            return
        self._take_id(one.external_video_id)
        self._take_text("title", shown_text(one.title))
        self._take_text("channel", one.owner_channel_name)
        self._take_text("description", linked_text(one.description))
        self._take_duration(one.length_seconds)
        published = day((one.publish_date or one.upload_date or "")[:_DATE])
        if published:
            self.changed, self._published = True, published

    def _take_duration(self, written: str | int | None) -> None:
        """Seconds; 0 for what is still being sent."""
        if written is None or self._duration is not None:
            return
        number = parse_count(str(written))
        if number is None:
            self._odd.add("lengthSeconds")
        elif number:
            self.changed, self._duration = True, number

    def _take_playability(self, data: bytes) -> None:
        found = _PLAYABILITY.take(data)
        if found and found.value.status not in (None, "OK"):
            self._unplayable = quoted(found.value.reason or found.value.status or "") or None

    def _take_chapters(self, answer: Answer) -> None:
        before = self._chapters.all()
        self._chapters.take_panels(bytes(answer.engagement_panels))
        self._chapters.take_bar(bytes(answer.player_overlays))
        self.changed = self.changed or self._chapters.all() != before

    def _take_contents(self, contents: Contents) -> Iterator[list[Raw]]:
        watch = contents.two_column_watch_next_results
        results = watch.results.results if watch and watch.results else None
        for data in results.contents or () if results else ():
            item = _PAGE_ITEM.take(bytes(data))
            if item is None:
                continue
            if primary := _PRIMARY.take(bytes(item.value.video_primary_info_renderer)):
                self._take_primary(primary.value)
            if secondary := _SECONDARY.take(bytes(item.value.video_secondary_info_renderer)):
                self._take_secondary(secondary.value)
            if section := _SECTION.take(bytes(item.value.item_section_renderer)):
                yield section.value.contents or []

    def _take_primary(self, primary: PrimaryInfo) -> None:
        self._take_text("title", shown_text(primary.title))
        published = parse_date(clean_line(shown_text(primary.date_text)))
        if published and not self._published:
            self.changed, self._published = True, published

    def _take_secondary(self, secondary: SecondaryInfo) -> None:
        owner = secondary.owner.video_owner_renderer if secondary.owner else None
        self._take_text("channel", shown_text(owner.title if owner else None))
        text = content_text(secondary.attributed_description)
        text = text or linked_text(secondary.description)
        self._take_text("description", text)
