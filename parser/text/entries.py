"""The lists of references in a text: their entries, labelled or under a heading.

``[1] …`` lines are a list when there are two of them, when a heading such as "References" stands
above, or when the text cites one. ``1. …`` lines and lines without any label are entries only
under a heading, and the latter only when something in the list looks like a source (a link, a
year, a quoted title), because people write "Sources:" before other things too.
A heading's list ends with the text, or where prose follows a blank line.
"""

import re
from collections.abc import Collection, Iterable, Iterator

import msgspec

from parser.text.citations import LABEL, find_marks, may_hold_marks
from parser.text.lists import Line, lines

_HEADING_WORDS = (
    "references|reference|reference list|sources|source|source list|citations|"
    "bibliography|works cited|further reading|footnotes|literature|papers|"
    "papers mentioned|books mentioned|литература|источники|список литературы|"
    "список источников|использованная литература|примечания|сноски|библиография|джерела|"
    "література|список літератури|посилання|quellen|quelle|quellenangaben|"
    "quellenverzeichnis|literatur|literaturverzeichnis|referenzen|einzelnachweise|belege|"
    "fuentes|fuente|referencias|bibliografía|bibliografia|références|bibliographie|fonti|"
    "riferimenti|referências|fontes|źródła|literatura|zdroje|bronnen|bronvermelding|"
    "källor|kilder|lähteet|πηγές|βιβλιογραφία|kaynaklar|kaynakça|surse|参考文献|参考資料|参考|出典|"
    "引用文献|參考文獻|参考资料|參考資料|來源|来源|资料来源|참고문헌|출처|المراجع|المصادر|מקורות|संदर्भ|nguồn|sumber|"
    "แหล่งที่มา|referenser|referencer|referanser|referenties|viitteet|irodalom|források|"
    "bibliografie|referències|fonts|referensi|referências bibliográficas|"
    "riferimenti bibliografici|références bibliographiques|referencias bibliográficas|"
    "weiterführende literatur|参考書|использованные источники|использованные материалы|"
    "list of references"
)
_HEADINGS = frozenset(_HEADING_WORDS.split("|"))
_HEADING_BEGINNINGS = frozenset(re.findall(r"(?:^|\|)(\w+)", _HEADING_WORDS))
"""The first words of all headings: a line that begins with none of them is none."""
_FIRST_WORD = re.compile(r"\n[^\w\n]*+(\w+)")
_HEADING_EDGE = re.compile(r"^[^\w]+|[^\w]+$")
_JOINT = re.compile(r"\s*(?:[&/,+]|\b(?:and|und|и|та|y|et|e|en|och|og)\b)\s*")
_LONGEST_HEADING = 60
_MOST_HELD = 3
"""Lines that may stand between two entries and look like the end of the list."""
_INLINE = re.compile(rf"[:：]\s*(?=[\[［【]{LABEL}[\]］】])")

_BRACKET = re.compile(rf"[\[［【]({LABEL})[\]］】][:.]?[ \t\xa0]*")
_NUMBER = re.compile(
    r"\(?(\d{1,3})(?:[.):]|\.\))[ \t\xa0]+|\((\d{1,3})\)[ \t\xa0]*|\^(\d{1,3})[ \t]+"
)
_BULLET = re.compile(r"[-–—•◦‣▪●○*►▶→>·]+[ \t\xa0]*")
_LINE_START = re.compile(r"(?:^|\n)[^\w\n\]]*$")
_EVIDENCE = re.compile(
    r"https?://|www\.|\w\.\w{2,10}/|\b(?:1[5-9]|20)\d\d\b|(?i:\bdoi\b|\bisbn\b|\barxiv\b)"
    r"|[“\"«„].{4,200}[”\"»]"
)
_ENDED = re.compile(r"[.!?。！？][\"”»)\]]?$|/$|\.\w{2,5}$|\S/\S+$")
_ONLY_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+\.\w{2,10}/\S*")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One entry of a list of references.

    ``start``/``end`` span the entry with its label; its own words begin at ``text_start``, and
    ``text`` is them with line breaks made spaces.
    """

    label: str
    start: int
    text_start: int
    end: int
    text: str


class _Draft(msgspec.Struct):
    label: str | None
    numbered: bool
    start: int
    text_start: int
    end: int


class _Block(msgspec.Struct):
    """Lines that may turn out to be a list."""

    headed: bool = False
    drafts: list[_Draft] = msgspec.field(default_factory=list["_Draft"])
    held: list[Line] = msgspec.field(default_factory=list[Line])
    """Lines behind the last entry that are part of the list if it goes on below them."""


def may_hold_entries(text: str) -> bool:
    """A cheap look: whether there can be a list, for which it takes a label or a heading.

    What holds for a text holds for those that it is joined with by line breaks.
    """
    if "\n" not in text:
        return False
    words: Iterable[str] = _FIRST_WORD.findall("\n" + text)
    return may_hold_marks(text) or not _HEADING_BEGINNINGS.isdisjoint(map(str.lower, words))


def find_entries(text: str, chapter_lines: Collection[int] = ()) -> tuple[Entry, ...]:
    """The entries of all lists of references in a text, in order.

    ``chapter_lines``: where the lines begin that are items of a list of times, which are none.
    """
    if "\n" not in text or not may_hold_entries(text):
        return ()
    entries: list[Entry] = []
    cited: frozenset[str] | None = None
    for block in _blocks(text, chapter_lines):
        lone = not block.headed and len(block.drafts) == 1
        if lone and cited is None:
            cited = _cited_labels(text)
        if _is_list(text, block) and (not lone or block.drafts[0].label in (cited or ())):
            entries.extend(_entries(text, block.drafts))
    return tuple(entries)


def _blocks(text: str, chapter_lines: Collection[int]) -> Iterator[_Block]:
    """The runs of lines that are entries by their form."""
    block = _Block()
    blank = False
    for line in lines(text):
        if line.start == line.end:
            blank = True
            continue
        begins = _heading_end(text, line)
        if begins is not None or line.start in chapter_lines:
            yield block
            block = _Block(headed=begins is not None)
            blank = False
            if begins is None or begins >= line.end:
                continue
            line = Line(begins, line.end)
        if not _take(text, line, block, blank):
            yield block
            block = _Block()
            _take(text, line, block, blank=False)
        blank = False
    yield block


def _take(text: str, line: Line, block: _Block, blank: bool) -> bool:
    """Adds a line to a block as an entry or an entry's next line; ``False`` if it ends it."""
    draft = _labelled(text, line, block.headed)
    if block.held and (draft is None or not _is_next(block.drafts[-1], draft)):
        return draft is None and not blank and _hold(block, line)
    if draft is not None:
        _join_held(text, block)
        labels_so_far = any(one.label is not None for one in block.drafts)
        if block.drafts and block.headed and not labels_so_far:
            return False
        block.drafts.append(draft)
        return True
    if not block.drafts:
        if block.headed:
            block.drafts.append(_unlabelled(text, line))
        return block.headed
    last = block.drafts[-1]
    if last.label is None:
        if blank and not _EVIDENCE.search(text, line.start, line.end):
            return False
        block.drafts.append(_unlabelled(text, line))
        return True
    if blank:
        return False
    if not _goes_on(text, last, line):
        return _hold(block, line)
    last.end = line.end
    return True


def _hold(block: _Block, line: Line) -> bool:
    """Keeps a line till it is seen whether the list goes on; ``False`` if there are too many."""
    block.held.append(line)
    return len(block.held) <= _MOST_HELD


def _join_held(text: str, block: _Block) -> None:
    """Gives the lines held to the entry above them: its second sentence, not a link's remark."""
    if block.held:
        last = block.drafts[-1]
        if not _ONLY_LINK.fullmatch(text, last.text_start, last.end):
            last.end = block.held[-1].end
        block.held.clear()


def _is_next(last: _Draft, draft: _Draft) -> bool:
    """Whether an entry's number is the one behind another's."""
    if not (last.label and draft.label and last.label.isdecimal() and draft.label.isdecimal()):
        return False
    return int(draft.label) == int(last.label) + 1


def _heading_end(text: str, line: Line) -> int | None:
    """Where what follows a heading begins on its line; ``None`` when the line is no heading."""
    inline = _INLINE.search(text, line.start, min(line.end, line.start + _LONGEST_HEADING))
    end = inline.end() if inline else line.end
    if end - line.start > _LONGEST_HEADING:
        return None
    words = _HEADING_EDGE.sub("", text[line.start : inline.start() if inline else line.end]).lower()
    if not words:
        return None
    parts = _JOINT.split(words)
    joined = parts[0] in _HEADINGS and all(len(part.split()) <= 2 for part in parts)
    if words in _HEADINGS or joined:
        return end
    colon = text[line.end - 1] in ":："
    return end if colon and _begins_as_heading(words) else None


def _begins_as_heading(words: str) -> bool:
    """Whether a line that ends in a colon begins with a heading: "Sources for this video:"."""
    split = words.split()
    return len(split) <= 6 and (split[0] in _HEADINGS or " ".join(split[:2]) in _HEADINGS)


def _labelled(text: str, line: Line, headed: bool) -> _Draft | None:
    bullet = _BULLET.match(text, line.start, line.end)
    begin = bullet.end() if bullet else line.start
    bracket = _BRACKET.match(text, begin, line.end)
    if bracket:
        return _Draft(bracket[1], False, line.start, bracket.end(), line.end)
    number = _NUMBER.match(text, begin, line.end) if headed else None
    if number:
        label = number[1] or number[2] or number[3]
        return _Draft(label, True, line.start, number.end(), line.end)
    return None


def _unlabelled(text: str, line: Line) -> _Draft:
    bullet = _BULLET.match(text, line.start, line.end)
    begin = bullet.end() if bullet and bullet.end() < line.end else line.start
    return _Draft(None, False, line.start, begin, line.end)


def _goes_on(text: str, draft: _Draft, line: Line) -> bool:
    """Whether an unlabelled line goes on with the entry above it."""
    so_far = text[max(draft.text_start, draft.end - 80) : draft.end]
    if not so_far:
        return True
    if _ONLY_LINK.fullmatch(text, line.start, line.end):
        return True
    return _ENDED.search(so_far) is None


def _is_list(text: str, block: _Block) -> bool:
    """Whether the lines of a block that is long enough, headed or cited are references."""
    drafts = block.drafts
    if not drafts:
        return False
    if drafts[0].label is not None:
        return any(draft.text_start < draft.end for draft in drafts)
    return any(_EVIDENCE.search(text, draft.text_start, draft.end) for draft in drafts)


def _cited_labels(text: str) -> frozenset[str]:
    """The labels of marks that do not begin a line."""
    return frozenset(
        mark.label
        for mark in find_marks(text)
        if not _LINE_START.search(text[max(0, mark.start - 16) : mark.start])
    )


def _entries(text: str, drafts: list[_Draft]) -> Iterator[Entry]:
    for place, draft in enumerate(drafts, start=1):
        words = " ".join(text[draft.text_start : draft.end].split())
        if words:
            label = draft.label or str(place)
            yield Entry(label, draft.start, draft.text_start, draft.end, words)
