"""Comments as a page shows them, made into columns."""

from collections.abc import Iterator, Sequence

import msgspec

from parser.model import MOST_LIKES, UNKNOWN, Batch, Diagnostic
from parser.readers.columns import Ids, as_rows, lines, pack, people, texts
from parser.readers.html_tokens import unescaped
from parser.readers.troubles import Tally
from parser.readers.written_ages import Ages
from parser.text.clean import clean_line
from parser.text.counts import parse_count

Flags = tuple[bool | None, bool | None, bool | None, bool | None]


class Shown(msgspec.Struct):
    """One comment: words as they stand in the page, entities and all.

    ``person`` is the path of the author's page, ``parent`` the comment above; ``is_reply``:
    there is one, though it may not be known which. ``name`` is the id once it is known.
    """

    parent: "Shown | None" = None
    is_reply: bool = False
    id: str | None = None
    name: str | None = None
    author: str = ""
    person: str | None = None
    channel: str | None = None
    has_badge: bool = False
    is_uploader: bool = False
    is_verified: bool | None = None
    is_pinned: bool | None = False
    is_hearted: bool | None = False
    age: str = ""
    likes: str = ""
    likes_left: str = ""
    html: str = ""
    text: str | None = None
    """Where the text is known already."""

    @property
    def is_empty(self) -> bool:
        """Whether neither who wrote it nor what is there."""
        return not (self.author.strip() or self.person or self.html.strip() or self.text)


class ShownComments:
    """Makes batches of what a page shows, and counts what was odd about it."""

    def __init__(self) -> None:
        self.count = 0
        self.empty = Tally()
        self.odd = Tally()
        self._ids = Ids()
        self._ages = Ages()

    def batch(self, shown: Sequence[Shown], owners: frozenset[str]) -> Batch:
        """The comments as columns, but for empty ones.

        ``owners``: the paths of the page of the video's channel, as far as they are known.
        """
        first = self.count + 1
        found = [one for one in shown if self._is_there(one)]
        if not found:
            return Batch([], [], [], [], [], [])
        authors = lines([_words(one.author) for one in found])
        handles, names = people(authors, [one.person for one in found])
        bodies = texts([one.text for one in found], [one.html for one in found])
        ids = self._ids.of([one.id for one in found], zip(handles, bodies, strict=True))
        for one, name in zip(found, ids, strict=True):
            one.name, one.html, one.text = name, "", None
        ages, days, edited = zip(*[self._ages[_words(one.age)] for one in found], strict=True)
        channels = lines([one.channel for one in found])
        likes = [self._likes(one, place) for place, one in enumerate(found, first)]
        return Batch(
            ids=ids,
            parents=[_parent(one) for one in found],
            rows=as_rows(ids, handles, names, channels, ages, [None] * len(found), bodies),
            flags=pack(
                [_flags(one, handle, owners) for one, handle in zip(found, handles, strict=True)],
                edited,
            ),
            likes=likes,
            age_days=list(days),
            first_record=first,
        )

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was odd."""
        yield from self.empty.told(
            "1 comment is empty on the page and left out",
            "{} comments are empty on the page and left out",
        )
        yield from self.odd.told(
            "1 comment has fields of a wrong kind, which count as not there",
            "{} comments have fields of a wrong kind, which count as not there",
        )

    def _is_there(self, one: Shown) -> bool:
        """Counts a comment, unless it is empty."""
        if one.is_empty:
            self.empty.add(self.count + 1)
            return False
        self.count += 1
        return True

    def _likes(self, one: Shown, place: int) -> int:
        """The count beside a comment; the page shows none for nothing."""
        words = clean_line(unescaped(one.likes)) or clean_line(unescaped(one.likes_left))
        if not words:
            return UNKNOWN
        count = parse_count(words)
        if count is None or count > MOST_LIKES:
            self.odd.add(place)
            return UNKNOWN
        return count


def _words(text: str) -> str | None:
    return clean_line(unescaped(text)) or None


def _parent(one: Shown) -> str | None:
    """The parent's id; a reply that stands alone has it before the dot in its own."""
    if one.parent is not None and one.parent.name is not None:
        return one.parent.name
    if (one.is_reply or one.parent is not None) and one.name and "." in one.name:
        return one.name.partition(".")[0] or None
    return None


def _flags(one: Shown, handle: str | None, owners: frozenset[str]) -> Flags:
    """Uploader, verified, pinned and hearted.

    A badge beside the name is the uploader's or says that the author is verified: it is the
    latter where the page names another as the video's channel.
    """
    named = f"/{handle}" if handle and handle.startswith("@") else None
    pages = {page.casefold() for page in (one.person, named) if page}
    is_other = not pages & owners and bool(set(map(_form, pages)) & set(map(_form, owners)))
    is_uploader = one.is_uploader or bool(pages & owners) or (one.has_badge and not is_other)
    is_verified = one.is_verified or (one.has_badge and not is_uploader) or None
    return is_uploader, is_verified, one.is_pinned, one.is_hearted


def _form(page: str) -> str:
    """What kind of name a page goes by: ``/@`` for a handle, else its folder."""
    return page[:2] if page.startswith("/@") else page.removeprefix("/").partition("/")[0]
