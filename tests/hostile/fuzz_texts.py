"""What each function that looks at one text must hold to, whatever the text is."""

import re
from collections.abc import Callable, Hashable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from unittest.mock import patch

from parser.chapters import chapter_lines, chapters_in
from parser.model import Discussion, Record, Source, Video
from parser.references import references_in
from parser.text.ages import parse_age
from parser.text.citations import find_marks, may_hold_marks
from parser.text.clean import clean, clean_line
from parser.text.counts import parse_count
from parser.text.dates import parse_date
from parser.text.domains import is_domain_ending
from parser.text.entries import find_entries, may_hold_entries
from parser.text.gates import Gates
from parser.text.html_text import html_to_text, linked
from parser.text.links import find_links, may_hold_links
from parser.text.lists import lines, list_items
from parser.text.mentions import capitalised_end, find_ats, is_leading, name_words
from parser.text.names import Lengths, ends_word, name_key, name_keys
from parser.text.timestamps import may_hold_times, read_times
from parser.text.titles import title_after, title_before, without_numbers
from parser.text.videos import is_mirror, parse_address, parse_video, timestamp_url, watch_url
from parser.threads import Builder
from parser.writers.wrapping import cells, wrap
from tests.hostile.fuzz_oracles import (
    HARMFUL,
    check_links,
    check_spans,
    check_times,
    check_url,
    harmless,
    hold,
)

Given = TypeVar("Given")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Look(Generic[Given, Found]):
    """``find`` is the product's, and is timed; ``judge`` raises, or says what came in short."""

    find: Callable[[Given], Found]
    judge: Callable[[Given, Found], Hashable]


def some(count: int) -> int:
    """A number, roughly."""
    return count.bit_length()


# Times, links, marks, entries


def _links(text: str, found: Any) -> Hashable:
    check_links(text, found)
    return some(len(found)), frozenset(len(one.url) - len(one.text) for one in found[:6])


def _find_times(text: str) -> Any:
    links = find_links(text)
    return links, read_times(text, links), read_times(text, links, 600)


def _times(text: str, found: Any) -> Hashable:
    links, free, within = found
    check_times(text, free.timestamps, None)
    check_times(text, within.timestamps, 600)
    for one in free.timestamps:
        over = [link for link in links if link.start < one.end and one.start < link.end]
        hold(not over, "a time lies in a link")
    for one in free.left_out:
        hold(text[one.start : one.end] == one.text, "what was left out does not spell its text")
        harmless(one.why, "why it was left out")
    return some(len(free.timestamps)), some(len(within.timestamps)), some(len(free.left_out))


def _marks(text: str, found: Any) -> Hashable:
    hold(all(0 <= one.start < one.end <= len(text) for one in found), "a mark out of its text")
    for one in found:
        hold(one.label and re.match(r"[\[［【\w*†]", text[one.start]), "a mark without its sign")
    hold(list(found) == sorted(found, key=lambda one: one.start), "marks out of order")
    return some(len(found)), frozenset(one.label for one in found[:3])


def _entries(text: str, found: Any) -> Hashable:
    check_spans(text, found, "an entry")
    for one in found:
        hold(one.start <= one.text_start <= one.end, "an entry's words before its label")
        hold(" ".join(text[one.text_start : one.end].split()) == one.text, "an entry's words")
        hold(one.label and one.text, "an entry without a label or words")
    return some(len(found)), tuple(one.label for one in found[:3])


def _find_lists(text: str) -> Any:
    times = read_times(text, find_links(text)).timestamps
    marks = find_marks(text)
    items = list_items(text, times, marks)
    chapters = chapters_in(text, times, marks)
    return list(lines(text)), items, chapters, references_in(0, text, (), chapter_lines(items))


def _lists(text: str, found: Any) -> Hashable:
    all_lines, items, chapters, references = found
    hold(len(all_lines) == text.count("\n") + 1, "another number of lines")
    hold(all(0 <= one.start <= one.end <= len(text) for one in all_lines), "a line out of the text")
    for one in items:
        hold(0 <= one.line.start <= one.line.end <= one.full_end <= len(text), "an item's line")
    for chapter in chapters:
        harmless(chapter.title, "a title") if not HARMFUL.search(text) else None
        hold(chapter.end is None or chapter.end > chapter.start, "a chapter ends as it begins")
    check_spans(text, references, "a reference")
    kinds = frozenset(one.place for one in items)
    return kinds, some(len(items)), some(len(chapters)), some(len(references))


# People


def _find_mentions(text: str) -> Any:
    links = find_links(text)
    return [(at, name_words(text, at), is_leading(text, at.start)) for at in find_ats(text, links)]


def _mentions(text: str, found: Any) -> Hashable:
    for at, words, leading in found:
        hold(text[at.start] == "@" and at.start + 1 < at.handle_end <= len(text), "an @")
        ends = [end for _, end in words]
        hold(ends == sorted(ends) and all(at.start < end <= len(text) for end in ends), "a word")
        end = capitalised_end(words)
        hold(end is None or end in ends, "a name ends between its words")
        hold(not leading or not re.search(r"\w", text[: at.start]), "leading behind a word")
    return some(len(found)), frozenset(len(words) for _, words, _ in found[:5])


def _find_names(text: str) -> Any:
    names = text.split("\n")
    lengths = Lengths()
    keys = name_keys(names)
    lengths.add([key for key in keys if key])
    return names, keys, list(lengths.beginnings(name_key(text)[:200], Lengths(frozenset({3}))))


def _names(text: str, found: Any) -> Hashable:
    names, keys, beginnings = found
    hold(keys == [name_key(name) for name in names], "many names have other keys than each")
    for name, key in zip(names, keys, strict=True):
        hold(len(key) == len(name.removeprefix("@")), "a key is not as long as its name")
    hold(beginnings == sorted(set(beginnings), key=len, reverse=True), "beginnings out of order")
    for end in range(min(len(text), 50)):
        ends_word(text, end)
    return some(len(names)), some(len(beginnings))


# Words of a page


def _ages(text: str, found: Any) -> Hashable:
    hold(found.days is None or 0 <= found.days < 2**31, "an age out of range:", found.days)
    return found.days, found.edited


def _counts(text: str, found: int | None) -> Hashable:
    hold(found is None or 0 <= found < 2**63, "a count out of range")
    return None if found is None else some(found)


def _dates(text: str, found: str | None) -> Hashable:
    hold(found is None or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", found), "no date")
    return found


def _find_titles(text: str) -> Any:
    line = clean(text).replace("\n", " ")
    middle = len(line) // 2
    titles = [title_after(line, middle, len(line)), title_before(line, 0, middle)]
    return titles, without_numbers([*titles, *text.split("\n")])


def _titles(text: str, found: Any) -> Hashable:
    titles, others = found
    line = clean(text).replace("\n", " ").replace("\t", " ")
    hold(all(title in line for title in titles), "a title of its own")
    hold(all(title == clean_line(title) for title in titles), "blanks around a title")
    hold(len(others) == 2 + text.count("\n") + 1, "titles were lost")
    return tuple(some(len(title)) for title in titles)


# Addresses, HTML, cleaning


def _find_videos(text: str) -> Any:
    whole = [text, *text.split()[:50]]
    return [(parse_video(one), parse_address(one), is_mirror(one)) for one in whole]


def _videos(text: str, found: Any) -> Hashable:
    for pair in found:
        for video in filter(None, pair[:2]):
            hold(re.fullmatch(r"[A-Za-z0-9_-]{11}", video.id), "an id that is none")
            hold(video.seconds is None or 0 <= video.seconds < 10**7, "a moment out of range")
            for url in (watch_url(video), timestamp_url(video, video.seconds or 0)):
                hold(url is not None, "a video that cannot be opened")
                check_url(url or "")
    is_domain_ending(text)
    return frozenset(
        (one and one.site, one and one.seconds is None, mirror) for _, one, mirror in found
    )


def _html(text: str, found: str) -> Hashable:
    hold(found == found.strip(), "blanks around a text")
    address = "https://example.org/a"
    hold(text.strip() in ("", text) or linked(text, address), "a link without words")
    hold(len(found) <= 20 + 20 * len(text), "far more text than HTML")
    return some(len(found)), found.count("\n"), "(" in found


def _find_clean(text: str) -> Any:
    return clean(text), clean_line(text)


def _clean(text: str, found: Any) -> Hashable:
    whole, line = found
    harmless(whole, "a text", one_line=False)
    harmless(line, "a line")
    hold(clean(whole) == whole and clean_line(line) == line, "cleaning again changes it")
    hold(len(whole) <= len(text), "it grew")
    hold("".join(whole.split()) or not re.search(r"[^\s]", text), "all of it is gone")
    whole.encode()
    return some(sum(1 for one in whole if one in "\ufffd\u2424\u241b")), whole == line


def _find_wrapped(text: str) -> Any:
    return [(width, wrap(line, width)) for width in (2, 40) for line in text.split("\n")]


def _wrapped(text: str, found: Any) -> Hashable:
    for width, pieces in found:
        hold(pieces, "a line is gone")
        bare = [one.rstrip() for one in pieces]
        hold(all(cells(one) <= width or " " not in one.strip() for one in bare), "too wide")
    return some(len(found)), some(sum(len(pieces) for _, pieces in found))


# Gates

_GATES = (
    "parser.text.citations.may_hold_marks",
    "parser.text.entries.may_hold_entries",
    "parser.text.links.may_hold_links",
    "parser.text.timestamps._passes",
    "parser.text.clocks._may_say_clock",
    "parser.text.clocks._may_say_ratio",
    "parser.text.verses._may_name_book",
)


def _always(*_: object) -> bool:
    return True


def _found_in(text: str) -> Any:
    links = find_links(text)
    return links, find_marks(text), find_entries(text), read_times(text, links).timestamps


def _find_behind_gates(text: str) -> Any:
    return _found_in(text), Gates(text.split("\r"))


def _gates(text: str, found: Any) -> Hashable:
    some_found, gates = found
    with ExitStack() as opened:
        for gate in _GATES:
            opened.enter_context(patch(gate, _always))
        hold(_found_in(text) == some_found, "a gate shuts out what a rule would find")
    texts = text.split("\r")
    asked: dict[str, tuple[list[int], Callable[[str], bool]]] = {
        "times": (gates.times(), may_hold_times),
        "links": (gates.links(), may_hold_links),
        "marks": (gates.marks(), may_hold_marks),
        "entries": (gates.entries(), may_hold_entries),
        "ats": (gates.ats(), lambda one: "@" in one),
    }
    for name, (places, each) in asked.items():
        expected = [place for place, one in enumerate(texts) if each(one)]
        hold(places == expected, "many texts at once:", name)
    return tuple(some(len(one)) for one in some_found)


LOOKS: dict[str, Look[str, Any]] = {
    "links": Look(find_links, _links),
    "timestamps": Look(_find_times, _times),
    "citations": Look(find_marks, _marks),
    "entries": Look(find_entries, _entries),
    "lists": Look(_find_lists, _lists),
    "mentions": Look(_find_mentions, _mentions),
    "names": Look(_find_names, _names),
    "ages": Look(parse_age, _ages),
    "counts": Look(parse_count, _counts),
    "dates": Look(parse_date, _dates),
    "titles": Look(_find_titles, _titles),
    "videos": Look(_find_videos, _videos),
    "html-text": Look(html_to_text, _html),
    "clean": Look(_find_clean, _clean),
    "wrapping": Look(_find_wrapped, _wrapped),
    "gates": Look(_find_behind_gates, _gates),
}
"""By the name of what is looked at."""


# A discussion

_AUTHOR = re.compile(r"@[\w.·-]{1,30}")


def discussion_of(text: str) -> Discussion:
    """Comments that say the paragraphs of a text; those that begin with a blank are replies."""
    records: list[Record] = []
    first = "0"
    for number, part in enumerate(text.split("\n\n\n")):
        is_reply = part[:1].isspace() and number > 0
        first = first if is_reply else str(number)
        named = _AUTHOR.search(part[len(part) // 2 :])
        author = clean_line(named[0]) if named else "Nora Lindqvist" if number % 3 else None
        records.append(
            Record(
                id=str(number),
                text=clean(part),
                author=author or None,
                parent=first if is_reply else None,
                likes=number,
            )
        )
    video = Video(
        "youtube",
        "abcdefghijk",
        "https://www.youtube.com/watch?v=abcdefghijk",
        duration=3600 if len(text) % 2 else None,
    )
    found = Discussion(Source("-", "test", complete=True), video)
    builder = Builder(found)
    builder.add(records)
    builder.finish()
    return found
