"""Lays out one comment in lines for the detail panel, part by part.

Nearly every comment's text is one part; a very long one has many (see ``tui.parts``), and what
stands below the text is parts too. Each can be laid out without the others.

A click finds what it acts on in the style of the cell it hits (see ``render.acting``):
``moment``, ``link``, ``citation`` and ``reference`` are numbers within the comment,
``comment`` is a comment to go to, ``chapter`` a chapter's number.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from parser.model import Comment
from parser.text.marks import Timestamp
from tui.laid import Laid, Part
from tui.look import Look
from tui.parts import WHOLE, parts_of
from tui.render import (
    LONGEST_LINE,
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
    from parser.text.marks import Link

GUTTER = 4
NARROW = 50
"""Cells below which age and likes are written short, so that both are seen."""
MAX_TEXT = 90

CELLS_BESIDE = 64
"""What a reference counts for besides its letters."""
LISTED = 200
"""Moments and links of a comment that are listed below it: all of nearly every comment."""


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
        laid = Laid(head=self.head(index))
        for part in self.parts(index):
            laid.add(self.lay_part(index, part, below=bool(laid.body)))
        return laid

    def head(self, index: int) -> list[Strip]:
        """Who says it and whom it answers; while the session skims only the former."""
        comment = self._session.discussion[index]
        head = [self._who(comment)]
        if not self._session.skims and (answers := self._answers(comment)) is not None:
            head.append(answers)
        return [*head, self._blank()]

    def parts(self, index: int) -> list[Part]:
        """The parts of the comment, in order."""
        session = self._session
        text = session.discussion.texts[index]
        if session.skims:
            return _text_parts(text, 0, len(text))
        comment = session.discussion[index]
        references = self._references(index)
        cut = _list_start(text, references)
        start = session.leading_mention(index) if self._is_said_above(comment) else 0
        parts = _text_parts(text, start, len(text) if cut is None else cut)
        return [*parts, *_reference_parts(references), Part("lists")]

    def lay_part(self, index: int, part: Part, *, below: bool) -> Laid:
        """The lines of a part; ``below``: there are others above it."""
        laid = Laid(below=below)
        if part.kind == "text":
            self._lay_text(laid, index, part)
        elif part.kind == "references":
            self._lay_references(laid, self._references(index), part)
        else:
            self._lay_moments(laid, index)
            self._lay_links(laid, index)
            self._lay_nearby(laid)
        return laid

    def _references(self, index: int) -> "tuple[Reference, ...]":
        return self._session.analysis.references_of(index) if self._session.analysed else ()

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
        analysis, index = self._session.analysis, comment.index
        references = self._references(index)
        # Of a very long text more may be found than is known.
        more = "+" if analysis.says_more(index) else ""
        counted = (
            (len(analysis.timestamps(index)), more, "moment", "moments"),
            (len(references), more, "reference", "references"),
            (0 if references else len(analysis.links(index)), more, "link", "links"),
            (comment.replies, "", "reply", "replies"),
        )
        dim = self._inks.dim
        return [
            (f"{n:,}+ {many}" if open_end else plural(n, one, many), dim)
            for n, open_end, one, many in counted
            if n
        ]

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
            start = session.leading_mention(reply.to)
            words = answered.text[start : start + LONGEST_LINE]
            line.add("  " + fit(words, room, self._look.glyphs), acting(inks.dim, comment=reply.to))
        if line.cells + len(note) <= self._full:
            line.add(note, inks.dim)
        return line.strip(self._width, inks.text)

    # The text

    def _lay_text(self, laid: Laid, index: int, part: Part) -> None:
        session, inks = self._session, self._inks
        if session.skims:
            content, many = Content(session.discussion.texts[index][part.start : part.end]), False
        else:
            content = marked_comment(session, index, inks, part.start, part.end)
            many = len(session.analysis.timestamps(index)) > 1
        for piece in wrapped(content, self._text):
            begun = [n for n in meta_of(piece, "moment") if n not in laid.moment_lines]
            for number in begun:
                laid.moment_lines[number] = len(laid.body)
            line = self._gutter(index, begun, many)
            laid.body.append(line.add_content(piece, inks.text).strip(self._width, inks.text))

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
        if laid.body or laid.below:
            laid.body.append(self._blank())
        laid.body.append(block_title(name, note, self._width, self._look))

    def _lay_references(self, laid: Laid, references: "tuple[Reference, ...]", part: Part) -> None:
        if part.start == 0:
            self._begin(laid, "References", "cited at")
        inks = self._inks
        for number, reference in enumerate(references[part.start : part.end], part.start):
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
        if not moments or self._stands_as_chapters(index):
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

    def _stands_as_chapters(self, index: int) -> bool:
        """Whether the comment's moments are chapters: all of them, if it is no long one."""
        session = self._session
        is_list = session.analysed and session.is_chapter_list(index)
        return is_list and len(session.discussion.texts[index]) <= WHOLE

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

    def _lay_links(self, laid: Laid, index: int) -> None:
        links = _not_listed(self._session.analysis.links(index), self._references(index))
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
            start = session.leading_mention(near.comment)
            words = other.text[start : start + LONGEST_LINE]
            line.add("  ", inks.text).add(fit(words, self._full - line.cells - 2, glyphs), act)
            laid.body.append(line.strip(self._width, inks.text))


def _span_of(moment: Timestamp) -> str:
    end = "" if moment.end_seconds is None else f"-{clock(moment.end_seconds)}"
    return clock(moment.seconds) + end


def _text_parts(text: str, start: int, end: int) -> list[Part]:
    """The parts of a stretch of a text without the white space that ends it."""
    end = len(text[:end].rstrip())
    if end <= start:
        return []
    return [Part("text", each.start, each.end) for each in parts_of(text, start, end)]


def _reference_parts(references: "tuple[Reference, ...]") -> list[Part]:
    """As many references a part as take the letters of a part of a text."""
    parts: list[Part] = []
    start = letters = 0
    for number, reference in enumerate(references, 1):
        letters += len(reference.text) + CELLS_BESIDE
        if letters >= WHOLE:
            parts.append(Part("references", start, number))
            start, letters = number, 0
    return [*parts, Part("references", start, len(references))] if letters else parts


def _not_listed(
    links: "tuple[Link, ...]", references: "tuple[Reference, ...]"
) -> list[tuple[int, "Link"]]:
    """The links that stand in no reference, with their numbers from 1; both are in order."""
    found: list[tuple[int, Link]] = []
    place = 0
    for number, link in enumerate(links, 1):
        while place < len(references) and references[place].end <= link.start:
            place += 1
        inside = place < len(references) and references[place].start <= link.start
        if not inside or link.end > references[place].end:
            found.append((number, link))
    return found


def _list_start(text: str, references: "tuple[Reference, ...]") -> int | None:
    """Where a list of references begins that the text ends in; ``None`` where it does not.

    Only a list without anything else between its entries counts, for the block that stands
    in its place must leave nothing out. A heading goes with it if it is but a word: the block
    has its own.
    """
    if not references or len(text) > WHOLE or text[references[-1].end :].strip():
        return None
    for before, after in pairwise(references):
        if text[before.end : after.start].strip():
            return None
    start = references[0].start
    above = text[:start].rstrip()
    line = above[above.rfind("\n") + 1 :]
    is_heading = line.endswith((":", "：")) and line[:-1].isalpha()
    return len(above) - len(line) if is_heading else start
