"""What the answers of the front ends that show YouTube's videos have in common.

An answer is a page of comments with some facts of the video beside them. Replies come in pages
of their own, where a reply's id has its parent's before the dot.
"""

from collections.abc import Callable, Iterator
from typing import ClassVar

from parser.model import Diagnostic, Video
from parser.readers.json_elements import Elements, Raw
from parser.readers.json_lenient import decode_leniently
from parser.readers.json_pages import JsonPages
from parser.readers.json_reading import JsonReading, told_of_video
from parser.readers.json_shape import Members, first_object, object_in
from parser.readers.json_slices import JsonSlices
from parser.readers.video_fields import is_no_id, page_address, whole
from parser.source import Input
from parser.text.clean import clean_line
from parser.text.videos import YOUTUBE

_COMMENTS = "comments"


def looks_like_answer(
    head: str, is_comment: Callable[[Members], bool], own: frozenset[str]
) -> bool:
    """Whether a text begins with an answer whose first comment is one of the front end's.

    ``own``: what an answer without comments has. A list of nothing but comments counts too.
    """
    first = first_object(head)
    if is_comment(first):
        return True
    comments = first.get(_COMMENTS)
    if comments is None or not comments.startswith(b"["):
        return False
    one = object_in(comments)
    return is_comment(one) or (not one and first.keys() >= own)


class FrontEndReading(JsonReading[Raw]):
    """One file being read."""

    def __init__(
        self, source: Input, elements: Elements[Raw], looks_right: Callable[[bytes], bool]
    ) -> None:
        self._facts = FrontEndFacts()
        self._looks_right = looks_right
        super().__init__(source, elements)

    def _walk(self, source: Input) -> JsonSlices[Raw]:
        return JsonPages(
            source.byte_blocks(),
            _COMMENTS,
            decode=self._elements.decode_all,
            decode_one=self._elements.decode_one,
            looks_right=self._looks_right,
            wanted=self._facts.wants,
            member=self._facts.take,
        )

    def _video(self, *, is_last: bool) -> Video | None:
        return self._facts.video() if is_last or self._facts.changed else None

    def _told_behind(self) -> Iterator[Diagnostic]:
        yield from told_of_video(self._facts.odd)
        if self._is_empty():
            off = ": they are turned off" if self._facts.disabled else ""
            yield Diagnostic("warning", f"The file holds no comments{off}")


class FrontEndFacts:
    """Gathers the members of the answers' top level; where answers differ the first one counts.

    ``odd`` names those that are of a wrong kind, ``disabled``: comments are turned off.
    """

    _WANTED: ClassVar = frozenset({"videoId", "commentCount", "disabled"})

    def __init__(self) -> None:
        self.changed = False
        self.odd: set[str] = set()
        self.disabled = False
        self._id: str | None = None
        self._claimed: int | None = None

    def wants(self, key: str) -> bool:
        """Whether a member says something of the video."""
        return key in self._WANTED

    def take(self, key: str, value: bytes) -> None:
        """One member, as it stands in the file."""
        found = decode_leniently(value.decode("utf-8", "replace"))
        if found is None:
            return
        self.changed = True
        if key == "videoId":
            self._take_id(found)
        elif key == "commentCount":
            self._take_count(found)
        elif isinstance(found, bool):
            self.disabled = self.disabled or found
        else:
            self.odd.add(key)

    def video(self) -> Video:
        """The video as far as it is known by now."""
        self.changed = False
        if self._id is None:
            return Video(comments_claimed=self._claimed)
        return Video(
            site=YOUTUBE,
            id=self._id,
            url=page_address(YOUTUBE, self._id, None),
            comments_claimed=self._claimed,
        )

    def _take_id(self, found: object) -> None:
        name = clean_line(found) if isinstance(found, str) else ""
        if not name or is_no_id(YOUTUBE, name) or name != (self._id or name):
            self.odd.add("videoId")
        else:
            self._id = name

    def _take_count(self, found: object) -> None:
        if found == -1:
            return  # the front end does not know
        count = whole(found)
        if count is None:
            self.odd.add("commentCount")
        elif self._claimed is None:
            self._claimed = count
