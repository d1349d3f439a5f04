"""Lays out one comment in lines for the detail panel.

A click finds what it acts on in the style of the cell it hits (see ``render.acting``):
``moment``, ``link``, ``citation`` and ``reference`` are numbers within the comment,
``comment`` is a comment to go to, ``chapter`` a chapter's number.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from parser.model import Comment
from parser.text.marks import Timestamp
from tui.look import Look
from tui.render import (
    LineMaker,
    acting,
    block_title,
    clock,
    fit,
    long_age,
    marked_comment,
    meta_of,
    padded,
    plural,
    short_age,
    short_number,
    wrapped,
)
from tui.session import NEARBY_SECONDS, NEARBY_SHOWN, Session

if TYPE_CHECKING:
    from parser.references import Reference

GUTTER = 4
NARROW = 50
"""Cells below which age and likes are written short, so that both are seen."""
MAX_TEXT = 90

LISTED = 200
"""Moments and links of a comment that are listed below it: all of nearly every comment."""


class Laid(msgspec.Struct):
    """A comment in lines: ``head`` stays in sight, ``body`` scrolls.

    ``moment_lines`` says on which line of the body each moment begins.
    """

    head: list[Strip] = msgspec.field(default_factory=list[Strip])
    body: list[Strip] = msgspec.field(default_factory=list[Strip])
    moment_lines: dict[int, int] = msgspec.field(default_factory=dict[int, int])


class DetailLayout:
    """Lays out one comment for the detail panel."""

    def __init__(self, session: Session, look: Look, width: int) -> None:
        self._session = session
        self._look = look
        self._inks = look.plain
        self._width = width
        self._text = min(MAX_TEXT, max(10, width - GUTTER - 2))
        self._full = width - 2

    def lay_out(self, index: int) -> Laid:
        """The whole comment: who, whom it answers, the text, and what can be acted on."""
        session = self._session
        if session.skims:
            return self._lay_out_skimmed(index)
        comment = session.discussion[index]
        laid = Laid(head=[self._who(comment)])
        if (answers := self._answers(comment)) is not None:
            laid.head.append(answers)
        laid.head.append(self._blank())
        references = session.analysis.references_of(index) if session.analysed else ()
        cut = _list_start(comment.text, references)
        self._lay_text(laid, comment, len(comment.text) if cut is None else cut)
        if references:
            self._lay_references(laid, references)
        self._lay_moments(laid, index)
        self._lay_links(laid, index, references)
        self._lay_nearby(laid)
        return laid

    def _lay_out_skimmed(self, index: int) -> Laid:
        """Who and the text, where they stand in the whole comment too."""
        comment, inks = self._session.discussion[index], self._inks
        laid = Laid(head=[self._who(comment), self._blank()])
        for piece in wrapped(Content(comment.text.rstrip()), self._text):
            line = LineMaker().add(" " * GUTTER, inks.text).add_content(piece, inks.text)
            laid.body.append(line.strip(self._width, inks.text))
        return laid

    # The lines above the text

    def _who(self, comment: Comment) -> Strip:
        inks = self._inks
        line = LineMaker().add(" " * GUTTER, inks.text)
        name = comment.author or comment.author_name or "(no name)"
        style = inks.uploader_strong if comment.is_uploader else inks.who_strong
        line.add(fit(name, self._full - GUTTER - 2, self._look.glyphs), style)
        if comment.is_uploader:
            line.add(" *", inks.uploader)
        for text, ink in self._facts(comment):
            if line.cells + 3 + cell_len(text) > self._full:
                break
            line.add("   ", inks.text).add(text, ink)
        return line.strip(self._width, inks.text)

    def _facts(self, comment: Comment) -> list[tuple[str, Style]]:
        """What is known of the comment, the most wanted first."""
        inks = self._inks
        age = comment.published or long_age(comment.age_days) or comment.age or ""
        likes = plural(comment.likes, "like") if comment.likes else ""
        if self._full < NARROW:
            age = short_age(comment.age_days) or age
            likes = f"{short_number(comment.likes)} likes" if comment.likes else ""
        new = "new" if self._session.is_new(comment.index) else ""
        facts = [(new, inks.good), (age, inks.dim), (likes, inks.text)]
        said = ("is_uploader", "uploader"), ("is_pinned", "pinned"), ("is_hearted", "hearted")
        facts += [
            (word, inks.good)
            for name, word in said
            if self._session.discussion.flag(comment.index, name)
        ]
        if comment.edited:
            facts.append(("edited", inks.dim))
        return [fact for fact in [*facts, *self._counts(comment)] if fact[0]]

    def _counts(self, comment: Comment) -> list[tuple[str, Style]]:
        """How many of what the comment has, as far as that is known."""
        if self._session.skims:
            return []
        analysis = self._session.analysis
        moments, links = analysis.timestamps(comment.index), analysis.links(comment.index)
        references = analysis.references_of(comment.index) if self._session.analysed else ()
        counted = (
            (len(moments), "moment", "moments"),
            (len(references), "reference", "references"),
            (0 if references else len(links), "link", "links"),
            (comment.replies, "reply", "replies"),
        )
        return [(plural(n, one, many), self._inks.dim) for n, one, many in counted if n]

    def _answers(self, comment: Comment) -> Strip | None:
        session, inks = self._session, self._inks
        reply = session.analysis.reply(comment.index)
        if reply.to is None:
            return None
        answered = session.discussion[reply.to]
        note = "  inferred (i)" if reply.certainty == "inferred" else ""
        line = LineMaker().add(" " * GUTTER, inks.text).add("answers ", inks.dim)
        room = self._full - line.cells
        name = fit(answered.author or answered.author_name or "(no name)", room, self._look.glyphs)
        line.add(name, acting(inks.mention, comment=reply.to))
        room = min(self._text + GUTTER, self._full) - line.cells - len(note) - 2
        if room > 5:
            words = answered.text[session.leading_mention(reply.to) :]
            line.add("  " + fit(words, room, self._look.glyphs), acting(inks.dim, comment=reply.to))
        if line.cells + len(note) <= self._full:
            line.add(note, inks.dim)
        return line.strip(self._width, inks.text)

    # The text

    def _lay_text(self, laid: Laid, comment: Comment, end: int) -> None:
        session = self._session
        start = session.leading_mention(comment.index) if self._is_said_above(comment) else 0
        content = marked_comment(session, comment.index, self._inks)[start:end].rstrip()
        if not content.plain:
            return
        many = len(session.analysis.timestamps(comment.index)) > 1
        for piece in wrapped(content, self._text):
            begun = [n for n in meta_of(piece, "moment") if n not in laid.moment_lines]
            for number in begun:
                laid.moment_lines[number] = len(laid.body)
            line = self._gutter(comment.index, begun, many)
            laid.body.append(
                line.add_content(piece, self._inks.text).strip(self._width, self._inks.text)
            )

    def _is_said_above(self, comment: Comment) -> bool:
        """Whether the line above the text says already whom the leading mention means."""
        mentions = self._session.analysis.mentions(comment.index)
        to = self._session.analysis.reply(comment.index).to
        return bool(mentions) and to is not None and mentions[0].comment == to

    def _gutter(self, index: int, begun: list[int], many: bool) -> LineMaker:
        inks, session = self._inks, self._session
        if not begun:
            return LineMaker().add(" " * GUTTER, inks.text)
        number = begun[0]
        likely = session.analysis.timestamps(index)[number].certainty == "likely"
        shown = f"{number + 1 if many else ''}{'?' if likely else ''}".rjust(GUTTER - 1) + " "
        current = many and index == session.current and number == session.moment
        return LineMaker().add(shown, inks.time_strong if current else inks.dim)

    # What can be acted on

    def _blank(self) -> Strip:
        return Strip.blank(self._width, self._inks.text.rich_style)

    def _begin(self, laid: Laid, name: str, note: str) -> None:
        if laid.body:
            laid.body.append(self._blank())
        laid.body.append(block_title(name, note, self._width, self._look))

    def _lay_references(self, laid: Laid, references: "tuple[Reference, ...]") -> None:
        self._begin(laid, "References", "cited at")
        inks = self._inks
        for number, reference in enumerate(references):
            label = f"[{reference.label}] "
            times = " ".join(clock(seconds) for seconds in reference.cited_at[:3])
            room = self._full - GUTTER - cell_len(label) - max(8, cell_len(times) + 2)
            style = inks.link if reference.kind == "link" else inks.text
            content = Content(reference.text, []).stylize(acting(style, reference=number))
            for row, piece in enumerate(wrapped(content, max(8, room))):
                line = LineMaker().add(" " * GUTTER, inks.text)
                line.add(label if row == 0 else " " * cell_len(label), inks.citation_strong)
                line.add_content(piece, inks.text)
                if row == 0:
                    line.fill(self._full - cell_len(times), inks.text).add(times, inks.time)
                laid.body.append(line.strip(self._width, inks.text))

    def _lay_moments(self, laid: Laid, index: int) -> None:
        session = self._session
        moments = session.analysis.timestamps(index)
        if not moments or (session.analysed and session.is_chapter_list(index)):
            return
        note = "in chapter" if session.chapters else ""
        first = max(0, min((session.moment or 0) - LISTED // 2, len(moments) - LISTED))
        shown = moments[first : first + LISTED]
        if len(shown) < len(moments):
            note = f"{first + 1:,}-{first + len(shown):,} of {len(moments):,}"
        self._begin(laid, "Moments", note)
        widest = max(len(_span_of(moment)) for moment in shown)
        for number, moment in enumerate(shown, first):
            # One in a list of references stands in no line of the text.
            laid.moment_lines.setdefault(number, len(laid.body))
            laid.body.append(self._moment_line(number, moment, max(5, widest)))

    def _moment_line(self, number: int, moment: Timestamp, cells: int) -> Strip:
        session, inks = self._session, self._inks
        line = LineMaker().add(" " * GUTTER, inks.text)
        current = number == session.moment
        style = inks.time_strong if current else inks.time
        line.add(_span_of(moment).rjust(cells), acting(style, moment=number))
        if moment.certainty == "likely":
            line.add("  likely", inks.dim)
        chapter = session.chapter_at(moment.seconds)
        room = self._full - line.cells - 2
        if chapter is not None and session.chapters is not None and room > 4:
            title = session.chapters.chapters[chapter].title
            line.add("  ", inks.text)
            line.add(fit(title, room, self._look.glyphs), acting(inks.text, chapter=chapter))
        return line.strip(self._width, inks.text)

    def _lay_links(self, laid: Laid, index: int, references: "tuple[Reference, ...]") -> None:
        listed = [(r.start, r.end) for r in references]
        links = [
            (number, link)
            for number, link in enumerate(self._session.analysis.links(index), 1)
            if not any(start <= link.start and link.end <= end for start, end in listed)
        ]
        if not links:
            return
        count = len(links)
        self._begin(laid, "Links", f"the first {LISTED} of {count:,}" if count > LISTED else "")
        inks, glyphs = self._inks, self._look.glyphs
        for number, link in links[:LISTED]:
            line = LineMaker().add(" " * GUTTER, inks.text).add(f"{number}  ", inks.dim)
            # The address that opens, not what the comment shows: they may differ.
            line.add(fit(link.url, self._full - line.cells, glyphs), acting(inks.link, link=number))
            laid.body.append(line.strip(self._width, inks.text))

    def _lay_nearby(self, laid: Laid) -> None:
        session, inks, glyphs = self._session, self._inks, self._look.glyphs
        moment = session.current_moment
        nearby = session.nearby(moment.seconds) if moment else []
        if not nearby:
            return
        note = f"within {NEARBY_SECONDS} seconds"
        if len(nearby) >= NEARBY_SHOWN and moment:
            note = f"the nearest of {session.count_nearby(moment.seconds):,} {note}"
        self._begin(laid, "Nearby", note)
        for near in nearby:
            other = session.discussion[near.comment]
            act = acting(inks.text, comment=near.comment)
            line = LineMaker().add(" " * GUTTER, inks.text)
            line.add(clock(near.seconds).rjust(5), inks.time).add("  ", inks.text)
            name = (other.author or other.author_name or "").lstrip("@")
            line.add(padded(name, 16, glyphs), acting(inks.who, comment=near.comment))
            words = other.text[session.leading_mention(near.comment) :]
            line.add("  ", inks.text).add(fit(words, self._full - line.cells - 2, glyphs), act)
            laid.body.append(line.strip(self._width, inks.text))


def _span_of(moment: Timestamp) -> str:
    end = "" if moment.end_seconds is None else f"-{clock(moment.end_seconds)}"
    return clock(moment.seconds) + end


def _list_start(text: str, references: "tuple[Reference, ...]") -> int | None:
    """Where a list of references begins that the text ends in; ``None`` where it does not.

    Only a list without anything else between its entries counts, for the block that stands
    in its place must leave nothing out. A heading goes with it if it is but a word: the block
    has its own.
    """
    if not references or text[references[-1].end :].strip():
        return None
    for before, after in pairwise(references):
        if text[before.end : after.start].strip():
            return None
    start = references[0].start
    above = text[:start].rstrip()
    line = above[above.rfind("\n") + 1 :]
    is_heading = line.endswith((":", "：")) and line[:-1].isalpha()
    return len(above) - len(line) if is_heading else start
