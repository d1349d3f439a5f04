"""One comment of YouTube's own answers, of either generation, as a record."""

from collections.abc import Iterator

from parser.model import UNKNOWN, Diagnostic, Record
from parser.readers import columns
from parser.readers.columns import EDITED, Ids
from parser.readers.innertube_counts import likes_of
from parser.readers.innertube_text import content_text, linked_text, shown_text, written
from parser.readers.innertube_types import (
    AuthorBadge,
    Command,
    CommentEntity,
    Renderer,
    Text,
    ToolbarState,
)
from parser.readers.troubles import Tally, told_of_comments
from parser.readers.written_ages import Ages
from parser.text.clean import clean, clean_line

_HEARTED = "TOOLBAR_HEART_STATE_HEARTED"
_UNHEARTED = "TOOLBAR_HEART_STATE_UNHEARTED"
_VERIFIED = frozenset({"CHECK", "CHECK_CIRCLE_THICK", "OFFICIAL_ARTIST_BADGE", "AUDIO_BADGE"})


class Comments:
    """Makes records, numbered from 1 as they come; counts those in which something is odd."""

    def __init__(self) -> None:
        self.count = 0
        self._ages = Ages()
        self._ids = Ids()
        self._odd = Tally()
        self._broken = Tally()

    @property
    def is_whole(self) -> bool:
        """Whether no comment's characters were broken."""
        return not self._broken.count

    def note(self, *, odd: bool, broken: bool) -> None:
        """Counts what was wrong with the last comment."""
        if odd:
            self._odd.add(self.count)
        if broken:
            self._broken.add(self.count)

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was odd."""
        yield from told_of_comments(self._broken, self._odd)

    def of_entity(
        self,
        entity: CommentEntity,
        *,
        name: str | None,
        parent: str | None,
        pinned: bool | None,
        state: ToolbarState | None,
    ) -> Record:
        """A comment of today. ``name`` is its id; ``pinned`` and ``state`` stand elsewhere."""
        properties, author, toolbar = entity.properties, entity.author, entity.toolbar
        record = self._record(
            name,
            written(content_text(properties.content if properties else None)),
            author.display_name if author else None,
            author.channel_command.innertube_command if author and author.channel_command else None,
            properties.published_time if properties else None,
        )
        record.parent = parent
        record.author_id = _line(author.channel_id if author else None) or record.author_id
        record.is_uploader = author.is_creator if author else None
        record.is_verified = author.is_verified if author else None
        record.is_pinned = pinned
        heart = state.heart_state if state else None
        record.is_hearted = {_HEARTED: True, _UNHEARTED: False}.get(heart or "")
        if toolbar is not None:
            record.likes = likes_of(toolbar.like_count_notliked, toolbar.like_count_a11y)
        return record

    def of_renderer(self, one: Renderer, *, parent: str | None) -> Record:
        """A comment as it was until 2024."""
        record = self._record(
            _line(one.comment_id),
            written(linked_text(one.content_text)),
            shown_text(one.author_text),
            one.author_endpoint,
            shown_text(one.published_time_text),
        )
        record.parent = parent
        record.is_uploader = one.author_is_channel_owner
        record.is_verified = _is_verified(one.author_comment_badge)
        record.is_pinned = one.pinned_comment_badge is not None
        buttons = one.action_buttons.comment_action_buttons_renderer if one.action_buttons else None
        record.is_hearted = buttons.creator_heart is not None if buttons else None
        record.likes = _votes(one.vote_count)
        return record

    def _record(
        self,
        name: str | None,
        text: str,
        author: str | None,
        channel: Command | None,
        published: str | None,
    ) -> Record:
        self.count += 1
        authors, names = columns.people(columns.lines([author]), [_channel_address(channel)])
        age, days, edited = self._ages[published or None]
        browse = channel.browse_endpoint if channel else None
        return Record(
            id=self._ids.of([name], iter([(author, text)]))[0],
            text=clean(text),
            author=authors[0],
            author_name=names[0],
            author_id=_line(browse.browse_id if browse else None),
            edited=True if edited == EDITED[True] else None,
            age=age,
            age_days=None if days == UNKNOWN else days,
            record=self.count,
        )


def _votes(votes: Text | None) -> int | None:
    """Likes of the older kind: where there are none, nothing is said of them."""
    if votes is None:
        return 0
    access = votes.accessibility
    label = access.accessibility_data.label if access and access.accessibility_data else None
    shown = shown_text(votes) if votes.simple_text is not None or votes.runs else None
    return likes_of(shown, label)


def _is_verified(badge: AuthorBadge | None) -> bool:
    """Whether the badge beside a name is a tick; the uploader's own badge may have none."""
    found = badge.author_comment_badge_renderer if badge else None
    return bool(found and found.icon and found.icon.icon_type in _VERIFIED)


def _channel_address(channel: Command | None) -> str | None:
    if channel is None:
        return None
    if channel.browse_endpoint and channel.browse_endpoint.canonical_base_url:
        return channel.browse_endpoint.canonical_base_url
    data = channel.command_metadata
    return data.web_command_metadata.url if data and data.web_command_metadata else None


def _line(text: str | None) -> str | None:
    return clean_line(text) or None if text else None
