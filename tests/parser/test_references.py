"""Lists of references, the marks that cite them, and the moments at which they do."""

import time

import pytest

from parser.analysis import Analysis
from parser.text.citations import find_marks
from parser.text.entries import find_entries
from tests.parser.helpers import Said, discussion


def scanned(*said: Said) -> Analysis:
    analysis = Analysis(discussion(*said))
    for _ in analysis.scan():
        pass
    return analysis


def entries(text: str) -> list[tuple[str, str]]:
    for one in find_entries(text):
        assert " ".join(text[one.text_start : one.end].split()) == one.text
    return [(one.label, one.text) for one in find_entries(text)]


TWO = [("1", "Duck, D. On ponds. 1990."), ("2", "example.com/geese")]


@pytest.mark.parametrize(
    "text",
    [
        "[1] Duck, D. On ponds. 1990.\n[2] example.com/geese",
        "Great.\n[1] Duck, D. On ponds. 1990.\n[2] example.com/geese\n\nBye!",
        "[1]: Duck, D. On ponds. 1990.\n[2]: example.com/geese",
        "- [1] Duck, D. On ponds. 1990.\n- [2] example.com/geese",
        "[1] Duck, D. On ponds. 1990.\n\n[2] example.com/geese",
        "[1]\nDuck, D. On ponds. 1990.\n[2]\nexample.com/geese",
        "References:\n[1] Duck, D. On ponds. 1990.\n[2] example.com/geese",
        "References: [1] Duck, D. On ponds. 1990.\n[2] example.com/geese",
        "References :\n\n1. Duck, D. On ponds. 1990.\n2. example.com/geese",
        "*Sources*\n1) Duck, D. On ponds. 1990.\n2) example.com/geese",
        "== Works cited ==\n(1) Duck, D. On ponds. 1990.\n(2) example.com/geese",
        "📚 Sources for this video:\n- Duck, D. On ponds. 1990.\n- example.com/geese",
        "Литература\n1. Duck, D. On ponds. 1990.\n2. example.com/geese",
        "Список литературы:\n[1] Duck, D. On ponds. 1990.\n[2] example.com/geese",
        "Quellen:\nDuck, D. On ponds. 1990.\nexample.com/geese",
        "Bibliografía:\n• Duck, D. On ponds. 1990.\n• example.com/geese",
        "Referenser:\n1. Duck, D. On ponds. 1990.\n2. example.com/geese",
        "参考文献\n[1] Duck, D. On ponds. 1990.\n[2] example.com/geese",
        "Sources and references:\n1. Duck, D. On ponds. 1990.\n2. example.com/geese",
        "Sources:\nDuck, D. On ponds. 1990.\nexample.com/geese\n\nThanks for watching",
    ],
)
def test_ways_to_write_a_list(text: str) -> None:
    assert entries(text) == TWO


@pytest.mark.parametrize(
    "text",
    [
        "1. I like it.\n2. So do you.\n3. Good.",
        "[1] alone in its line\nand nothing cites it",
        "[Chorus]\nla la la\n[Verse]\nla la",
        "Sources:\ntrust me",
        "My source is my uncle.\nHe was there in 1990.",
        "Sources",
        "[1:20] Title\n[2:30] Other",
        "the [1] of [2]",
        "",
    ],
)
def test_what_is_no_list(text: str) -> None:
    assert entries(text) == []


def test_a_lone_entry_counts_when_it_is_cited() -> None:
    assert entries("Ducks swim [1].\n\n[1] Duck, D. On ponds.") == [("1", "Duck, D. On ponds.")]


def test_an_entry_over_several_lines() -> None:
    text = "[1] Duck, D. On ponds and\nother waters,\nPond Press 1990\n[2] Goose, G.\nhttps://example.com/g"
    assert entries(text) == [
        ("1", "Duck, D. On ponds and other waters, Pond Press 1990"),
        ("2", "Goose, G. https://example.com/g"),
    ]


def test_prose_under_the_last_entry_is_no_part_of_it() -> None:
    assert entries("[1] Duck, D. On ponds. 1990.\n[2] example.com/geese\nEnjoy the video") == TWO


def test_a_list_of_many_thousand_links_is_read_in_time() -> None:
    many = 20_000
    lines = (f"[{n % 999 + 1}] Duck, D. example.com/{n}\n" for n in range(many))
    begin = time.process_time()
    references = scanned("Sources\n" + "".join(lines)).references
    assert [one.links for one in references] == [(f"https://example.com/{n}",) for n in range(many)]
    assert time.process_time() - begin < 15


def test_a_second_sentence_on_a_line_of_its_own_does_not_end_a_list() -> None:
    text = "[1] Duck, D.\nOn ponds.\n1990.\n[2] example.com/geese\nmy favourite\n[3] Hen, H."
    assert entries(text) == [
        ("1", "Duck, D. On ponds. 1990."),
        ("2", "example.com/geese"),
        ("3", "Hen, H."),
    ]


@pytest.mark.parametrize(
    "between",
    ["\nI like it.\n\nBut this", "\none.\ntwo.\nthree.\nfour.", "\n\nMore:"],
)
def test_what_comes_between_can_end_a_list(between: str) -> None:
    text = f"References\n[1] Duck, D. 1990.\n[2] Goose, G. 1991.{between}\n[3] Hen, H."
    assert [label for label, _ in entries(text)] == ["1", "2"]


def test_prose_behind_a_blank_line_ends_a_list() -> None:
    text = "Sources:\n1. Duck, D. On ponds. 1990.\n2. example.com/geese\n\nMy rules:\n1. Be kind."
    assert entries(text) == TWO


def test_a_reference_in_full() -> None:
    text = (
        "0:00 Ducks [1]\n1:00 Geese [2]\n2:00 Ducks again [1]\n"
        "[1] See https://example.com/a, 1990.\n[2] www.example.com/b."
    )
    first, second = scanned(text).references
    assert (first.label, first.comment, first.kind) == ("1", 0, "citation")
    assert first.text == "See https://example.com/a, 1990."
    assert first.links == ("https://example.com/a",)
    assert first.cited_at == (0, 120)
    assert text[first.start : first.end] == "[1] See https://example.com/a, 1990."
    assert (second.kind, second.links, second.cited_at) == (
        "link",
        ("https://www.example.com/b",),
        (60,),
    )


def test_references_of_one_comment_and_an_entrys_own_label() -> None:
    text = "Ducks [1] and owls [3]\n[1] Duck, D. 1990. See [2].\n[2] Goose, G. 1991."
    analysis = scanned("nothing", text)
    assert [one.label for one in analysis.references_of(1)] == ["1", "2"]
    assert analysis.references_of(0) == ()
    cited = [(one.label, text[one.start : one.end]) for one in analysis.citations(1)]
    assert cited == [("1", "[1]"), ("2", "[2]")]
    reference = analysis.cited(1, "1")
    assert reference is not None
    assert reference.text.startswith("Duck")
    assert analysis.cited(1, "3") is None


def test_a_mark_that_begins_an_entry_with_another_label_cites() -> None:
    analysis = scanned("Sources:\n1. Duck, D. 1990.\n2. [1] again, new edition, 1991.")
    assert [one.label for one in analysis.citations(0)] == ["1"]


SOURCES = "[1] Duck, D. 1990.\n[2] Goose, G. 1991."


def test_a_mark_in_the_same_thread_resolves_and_tells_its_moment() -> None:
    analysis = scanned(("@a", SOURCES), ("@b", "at 3:45 he contradicts [2]", 0))
    assert [one.label for one in analysis.citations(1)] == ["2"]
    assert [one.cited_at for one in analysis.references] == [(), (225,)]


def test_a_mark_in_another_thread_cites_the_only_list_that_has_its_label() -> None:
    said = ("@a", SOURCES), ("@b", "[1][2], at 3:45, see [2] (and [9])"), ("@c", "is [2] any good?")
    analysis = scanned(*said)
    assert [one.label for one in analysis.citations(1)] == ["1", "2", "2"]
    assert [one.label for one in analysis.citations(2)] == ["2"]
    assert [one.cited_at for one in analysis.references] == [(225,), (225,)]


@pytest.mark.parametrize("text", ["Born in 1950.[1] He swam.[2]", "a[1] = b_[2]", "f(x)[1], x][2]"])
def test_a_glued_mark_cites_nothing_in_another_thread(text: str) -> None:
    """Text that was copied from an encyclopedia, or from a program."""
    assert scanned(("@a", SOURCES), ("@b", text)).citations(1) == ()
    assert len(scanned(("@a", SOURCES), ("@b", text, 0)).citations(1)) == 2


def test_a_thread_with_a_list_of_its_own_cites_no_other() -> None:
    analysis = scanned(("@a", SOURCES), ("@b", "Sources:\n[1] Hen, H. 1992."), ("@c", "[2] ok", 1))
    assert analysis.citations(2) == ()


def test_a_label_that_two_threads_have_is_ambiguous_elsewhere() -> None:
    assert scanned(("@a", SOURCES), ("@b", SOURCES), ("@c", "[2] ok")).citations(2) == ()


@pytest.mark.parametrize("parent", [0, None])
@pytest.mark.parametrize(
    "text", ["0:00 Ducks [1]\n1:00 Geese [2]\n2:00 Bye", "Ducks 0:00 [1]\nGeese 1:00 [2]\nBye 2:00"]
)
def test_chapters_cite_a_list_that_comes_later(text: str, parent: int | None) -> None:
    analysis = scanned(("@a", text), ("@a", SOURCES, parent))
    found = analysis.chapter_lists[0].chapters
    assert [(one.title, one.citations) for one in found] == [
        ("Ducks", ("1",)),
        ("Geese", ("2",)),
        ("Bye", ()),
    ]
    assert [one.cited_at for one in analysis.references] == [(0,), (60,)]


def test_chapters_stay_as_written_when_nothing_comes_that_they_cite() -> None:
    analysis = scanned(("@a", "0:00 Ducks [1]\n1:00 Geese [2]\n2:00 Bye"), "later")
    assert [one.title for one in analysis.chapter_lists[0].chapters][:2] == [
        "Ducks [1]",
        "Geese [2]",
    ]
    assert scanned("Ducks 0:00 [1]\nGeese 1:00 [2]\nBye 2:00 [3]", "later").chapter_lists == ()


def test_a_label_that_two_lists_of_the_thread_have_is_ambiguous() -> None:
    analysis = scanned(("@a", SOURCES), ("@b", SOURCES, 0), ("@c", "[1] is it", 0))
    assert analysis.citations(2) == ()
    assert [one.label for one in analysis.citations(1)] == []


def test_titles_before_times_are_chapters_though_they_are_labelled() -> None:
    analysis = scanned("[1] Hello 0:00\n[2] Middle 1:00\n[3] Bye 2:00")
    assert analysis.references == ()
    assert len(analysis.chapter_lists[0].chapters) == 3


def test_references_stay_apart_from_chapters_that_are_numbered() -> None:
    text = "[1] 0:00 Hello\n[2] 1:00 Middle\n[3] 2:00 Bye"
    analysis = scanned(text)
    assert analysis.references == ()
    assert [one.title for one in analysis.chapter_lists[0].chapters] == ["Hello", "Middle", "Bye"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("[1]", ["1"]),
        ("a [1][2] b", ["1", "2"]),
        ("[1, 2]", ["1", "2"]),
        ("[1-3]", ["1", "2", "3"]),
        ("[1–3; 7]", ["1", "2", "3", "7"]),
        ("[Duck90]", ["Duck90"]),
        ("【2】", ["2"]),
        ("[a]", ["a"]),
        ("[music] [1:20] [] [1234] [9-1]", ["9", "1"]),
    ],
)
def test_marks(text: str, labels: list[str]) -> None:
    assert [mark.label for mark in find_marks(text)] == labels


@pytest.mark.parametrize(
    "text",
    [
        "[1] a\n" * 60_000,
        "[" * 1_000_000 + "\n",
        "[1,1,1" * 100_000 + "\n",
        "References:\n" * 50_000,
        "Sources:\n" + "a" * 1_000_000,
        "References:\n" + "x 1990\n" * 60_000,
        "[1] " + "a\n" * 200_000,
        "\n" * 500_000,
    ],
    ids=range(8),
)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    begin = time.process_time()
    find_marks(text)
    find_entries(text)
    assert time.process_time() - begin < 20  # quadratic would be hours


def test_where_references_are_cited_is_known_once_all_was_scanned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ten thousand citations are joined in the scan's steps, not when a comment is shown."""
    lists = "References:\n[1] Duck, D. On ponds. 1990.\n[2] Goose, G. On lakes. 1991."
    analysis = scanned(lists, *(f"1:{n % 60:02} [1] again" for n in range(10_000)))
    monkeypatch.setattr(analysis, "citations", None)  # they are not looked for any more
    first, second = analysis.references
    assert (len(first.cited_at), second.cited_at) == (60, ())
    assert analysis.references_of(0) == (first, second)
