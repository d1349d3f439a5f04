"""The works that a discussion refers to: the entries of the lists in its comments."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Protocol, TypeVar

import msgspec

from parser.text.entries import Entry, find_entries
from parser.text.marks import Citation, Link, Timestamp

ReferenceKind = Literal["citation", "link"]

_AROUND_LINK = " \t.,;:<>()[]-–—"


class Reference(msgspec.Struct, frozen=True, gc=False):
    """An entry of a list of references in a comment (a number).

    ``text`` is the entry without its label, ``start``/``end`` its span in the comment's text
    with it. ``links`` are the addresses in it; ``kind`` is "link" when it is nothing but one.
    ``cited_at``: the seconds of the moments whose lines cite it, ascending.
    """

    label: str
    comment: int
    text: str
    links: tuple[str, ...]
    kind: ReferenceKind
    cited_at: tuple[int, ...]
    start: int
    end: int


def references_in(
    comment: int, text: str, links: Sequence[Link], chapter_lines: frozenset[int]
) -> tuple[Reference, ...]:
    """The references that a comment lists, in order, ``cited_at`` still empty.

    ``chapter_lines``: where those of its lines begin that are items of a list of times.
    """
    return tuple(
        _reference(comment, text, entry, links) for entry in find_entries(text, chapter_lines)
    )


class _Placed(Protocol):
    """What has a place in a text."""

    @property
    def start(self) -> int: ...


_Mark = TypeVar("_Mark", bound=_Placed)


def outside_references(marks: Sequence[_Mark], references: Sequence[Reference]) -> list[_Mark]:
    """The marks (times, citations) that stand in no entry; both in the text's order."""
    outside: list[_Mark] = []
    place = 0
    for mark in marks:
        while place < len(references) and references[place].end <= mark.start:
            place += 1
        if place == len(references) or mark.start < references[place].start:
            outside.append(mark)
    return outside


def cited_moments(
    text: str, citations: Sequence[Citation], times: Sequence[Timestamp]
) -> Iterator[tuple[str, int]]:
    """Each label that a text cites with the second of the first moment on that line."""
    if not times:
        return
    begin, end, place = 0, -1, 0
    for citation in citations:
        while end < citation.start:
            begin, end = end + 1, text.find("\n", end + 1)
            end = len(text) if end < 0 else end
        while place < len(times) and times[place].start < begin:
            place += 1
        if place < len(times) and times[place].start < end:
            yield citation.label, times[place].seconds


def _start(link: Link) -> int:
    return link.start


def _reference(comment: int, text: str, entry: Entry, links: Sequence[Link]) -> Reference:
    first = bisect_left(links, entry.text_start, key=_start)
    inside = links[first : bisect_left(links, entry.end, lo=first, key=_start)]
    rest = text[entry.text_start : entry.end]
    alone = len(inside) == 1 and rest.strip(_AROUND_LINK) == inside[0].text.strip(_AROUND_LINK)
    return Reference(
        label=entry.label,
        comment=comment,
        text=entry.text,
        links=tuple(dict.fromkeys(link.url for link in inside)),
        kind="link" if alone else "citation",
        cited_at=(),
        start=entry.start,
        end=entry.end,
    )


def give_moments(
    references: Mapping[int, tuple[Reference, ...]],
    moments: Mapping[tuple[int, str], set[int]],
    complete: dict[int, tuple[Reference, ...]],
) -> Iterator[None]:
    """Fills ``complete`` with each comment's references, a comment a step.

    ``moments`` are the seconds at which a comment's label is cited.
    """
    for comment, some in references.items():
        complete[comment] = tuple(
            msgspec.structs.replace(
                one, cited_at=tuple(sorted(moments.get((comment, one.label), ())))
            )
            for one in some
        )
        yield
