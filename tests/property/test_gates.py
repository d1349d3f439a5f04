"""A gate saves time and nothing else: with all gates open the same is found."""

from collections.abc import Callable
from itertools import chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parser.text.citations import find_marks, may_hold_marks
from parser.text.entries import find_entries, may_hold_entries
from parser.text.gates import Gates
from parser.text.links import find_links, may_hold_links
from parser.text.timestamps import find_timestamps, may_hold_times

GATES = (
    "parser.text.citations.may_hold_marks",
    "parser.text.entries.may_hold_entries",
    "parser.text.links.may_hold_links",
    "parser.text.timestamps._passes",
    "parser.text.clocks._may_say_clock",
    "parser.text.clocks._may_say_ratio",
    "parser.text.verses._may_name_book",
)
SAYING = (
    """\
3:45|1：02|٣:٤٥|12∶30|at 3.49|@ 2.30|at 1m20s|2m 3s|5.10.2020|12:30 pm|tonight at 7:30
bed time 9:15|alarm 6:00|um 7:30|heute um 7:30|kl 8:15|godzinie 7:20|сегодня в 7:30|下午3:45
2020-01-02 12:30|UTC+5:30|ratio of 16:9|scale 1:24|score is 3:10|Verhältnis 3:20|RATİO 4:3|ratıo 4:3
ſcale 1:24|MAẞSTAB 1:20|proporción 2:30|échelle 1:50|счёт был 3:12
John 3:16|(Mark 4:12|mark 4:12|1 Cor. 3:16, 4:17|Ин 3:16|surah al fil 2:15|ſurah al fil 2:15
Сура Юсуф 2:15|Sure al fil 2:15|Sura: 2:15|word's 3:16|https://example.org/a|WWW.example.org|wWw.example.org/b
books.google.com/x|and/or|a.b|me@www.x.org|[1] Duck, D. 1990.|［2］ Mouse|【3】|[1, 2]|[a-c]
array[0]|References:|SOURCES|• Quellen:|Πηγές|ΠΗΓΈΣ:|İ source|संदर्भ:|參考資料|further reading
Books and papers|1. First, 1999|- doi 10.1|“A title of a work” 2001|https://example.org/c
""".strip()
    .replace("\n", "|")
    .split("|")
)
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(SAYING), st.sampled_from(["\n", " ", "\n\n", ", "]), st.text(max_size=4)
    ),
    max_size=12,
).map("".join)


def always(*_: object) -> bool:
    return True


def never(*_: object) -> bool:
    return False


def found_in(text: str) -> object:
    links = find_links(text)
    return links, find_marks(text), find_entries(text), find_timestamps(text, links)


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_no_gate_shuts_out_what_a_rule_would_find(text: str) -> None:
    found = found_in(text)
    with pytest.MonkeyPatch.context() as patched:
        for gate in GATES:
            patched.setattr(gate, always)
        assert found_in(text) == found


@pytest.mark.parametrize("gate", GATES)
def test_every_gate_is_asked(gate: str) -> None:
    """With a gate that lets nothing through something is missed, or found that was ruled out."""
    texts = [" ".join(pair) for pair in pairwise(SAYING)]
    texts += ["\n".join(SAYING[start : start + 4]) for start in range(len(SAYING) - 4)]
    found = [found_in(text) for text in texts]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(gate, never)
        assert [found_in(text) for text in texts] != found


def where(gate: Callable[[str], bool], texts: list[str]) -> list[int]:
    return [place for place, text in enumerate(texts) if gate(text)]


@given(st.lists(TEXTS, max_size=8))
@settings(max_examples=300, deadline=None)
def test_many_texts_asked_at_once_say_what_each_says(texts: list[str]) -> None:
    gates = Gates(texts)
    assert gates.times() == where(may_hold_times, texts)
    assert gates.links() == where(may_hold_links, texts)
    assert gates.marks() == where(may_hold_marks, texts)
    assert gates.entries() == where(may_hold_entries, texts)
    assert gates.ats() == where(lambda text: "@" in text, texts)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you, that was great. I watched it twice!",
        "Note: this is it.\nreally; 3 of 5, e.g. 10 000 m",
        "Это очень интересно.\nСпасибо: видео v2.0 5 м",
        "とても面白い。ありがとう",
        "😂❤️ www",
    ],
)
def test_ordinary_texts_pass_no_gate(text: str) -> None:
    gates = Gates([text, text])
    assert not list(chain(gates.times(), gates.links(), gates.marks(), gates.entries()))
