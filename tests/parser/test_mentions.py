"""Whom a text addresses, and how far a name reaches."""

import time

import pytest

from parser.analysis import Analysis
from parser.text.marks import Mention
from tests.parser.helpers import Said, discussion


def mentions(*said: Said, of: int = -1) -> tuple[Mention, ...]:
    """The mentions of one comment (the last) after everything was read."""
    made = discussion(*said)
    analysis = Analysis(made)
    for _ in analysis.scan():
        pass
    index = of % len(made)
    found = analysis.mentions(index)
    for mention in found:
        assert made.texts[index][mention.start] == "@"
        assert 0 <= mention.start < mention.end <= len(made.texts[index])
    return found


def authors(*said: Said) -> list[str]:
    return [mention.author for mention in mentions(*said)]


def spelt(text: str) -> list[str]:
    """What the mentions of a text on its own spell."""
    return [text[one.start : one.end] for one in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@somebody1 thanks", ["@somebody1"]),
        ("as @some_body-2 said", ["@some_body-2"]),
        ("@first.last, yes", ["@first.last"]),
        ("@somebody.", ["@somebody"]),
        ("@somebody's idea", ["@somebody"]),
        ("(@somebody)", ["@somebody"]),
        ("@anna and @boris", ["@anna", "@boris"]),
        ("@Nora @Lars thank you", ["@Nora", "@Lars"]),
        ("@anna @boris, @anna @boris", ["@anna", "@boris", "@anna", "@boris"]),
        ("@Nora\tLindqvist", ["@Nora"]),
        ("\u200b@somebody hi", ["@somebody"]),
        ("@ユーザー ありがとう", ["@ユーザー"]),
        ("@иван привет", ["@иван"]),
    ],
)
def test_handles(text: str, expected: list[str]) -> None:
    assert spelt(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "me@example.com",
        "first.last@example.com wrote",
        "meet @ the park",
        "@",
        "@52:27?",
        "at @ 3.49",
        "@3.49",
        "50 @ 12",
        "https://example.com/@somebody/1",
        "youtube.com/@somebody",
        "@!",
    ],
)
def test_what_addresses_nobody(text: str) -> None:
    assert spelt(text) == []


def test_a_known_author_is_spelt_as_in_the_discussion() -> None:
    assert authors(("@SomeBody", "first"), (None, "I agree with @somebody here")) == ["@SomeBody"]


def test_a_display_name_that_is_known_is_taken_whole() -> None:
    assert authors(("Anna Lee Jones", "first"), (None, "@anna lee jones you are right")) == [
        "Anna Lee Jones"
    ]


def test_the_longest_known_name_wins() -> None:
    said = ("@Anna", "one"), ("@Anna Lee", "two"), (None, "@Anna Lee yes")
    assert authors(*said) == ["@Anna Lee"]
    said = ("@Anna", "one"), ("@Anna Lee", "two"), (None, "@Anna leads this")
    assert authors(*said) == ["@Anna"]


def test_a_name_known_by_its_display_name_gives_the_author() -> None:
    made = discussion(
        ("@bob1", "hello"), ("@cat1", "@Bob Of Oslo hello", 0), author_name={0: "Bob of Oslo"}
    )
    (found,) = Analysis(made).mentions(1)
    assert (found.author, found.comment, found.end) == ("@bob1", 0, 12)


def test_a_name_in_a_script_without_spaces_may_run_into_the_text() -> None:
    assert authors(("@山田", "最初"), (None, "@山田さんありがとう")) == ["@山田"]


def test_an_unknown_name_is_what_several_mentions_begin_with_alike() -> None:
    said: tuple[Said, ...] = (
        ("@host", "first"),
        ("@cat1", "@mister blue sky rains here", 0),
        ("@dog1", "@mister blue sky shines there", 0),
    )
    assert authors(*said) == ["mister blue sky"]


def test_alike_beginnings_stop_where_the_sentence_begins() -> None:
    said: tuple[Said, ...] = (
        ("@host", "first"),
        ("@cat1", "@Nora Lindqvist I think so", 0),
        ("@dog1", "@Nora Lindqvist I think not", 0),
    )
    assert authors(*said) == ["Nora Lindqvist"]


@pytest.mark.parametrize(
    ("first", "second", "author"),
    [
        ("@Big old Bear rocks", "@Big old Bear and so do I", "Big old Bear"),
        ("@Mad scientist you are right", "@Mad scientist rocks", "Mad scientist"),
        ("@Mad scientist, right", "@Mad scientist rocks", "Mad scientist"),
        ("@Jan van Dijk speelt", "@Jan van Dam speelt", "Jan van Dijk"),
        ("@Nora Berg sings well", "@Nora Berg sings badly", "Nora Berg"),
        ("@Nora sings well", "@Nora sings badly", "@Nora"),
    ],
)
def test_small_words_in_names_that_begin_alike(first: str, second: str, author: str) -> None:
    said: tuple[Said, ...] = ("@host", "first"), ("@cat1", second, 0), ("@dog1", first, 0)
    assert authors(*said) == [author]


def test_beginnings_alike_in_different_threads_prove_nothing() -> None:
    said: tuple[Said, ...] = (
        ("@host", "first"),
        ("@cat1", "@mister blue sky rains", 0),
        ("@host", "second"),
        ("@dog1", "@mister blue sky shines", 2),
    )
    assert authors(*said) == ["@mister"]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("@Nora Lindqvist agreed", "Nora Lindqvist"),
        ("@Nora Lindqvist, agreed", "Nora Lindqvist"),
        ("@Анна Петрова Да, согласна", "Анна Петрова"),
        ("@Ελένη Παππά ναι", "Ελένη Παππά"),
        ("@Jan van Dijk nee", "Jan van Dijk"),
        ("@Conor O'Brien well", "Conor O'Brien"),
        ("@Conor O’Brien well", "Conor O’Brien"),
        ("@Dr. Lindqvist well", "Dr. Lindqvist"),
    ],
)
def test_else_two_words_with_capitals(text: str, author: str) -> None:
    assert authors(text) == [author]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("@Nora Thanks for this", "@Nora"),
        ("@Nora I think so", "@Nora"),
        ("@Nora. Lindqvist wrote it", "@Nora"),
        ("@Nora\nLindqvist wrote it", "@Nora"),
        ("@NoraLind Maths is hard", "@NoraLind"),
        ("@nora77 Maths is hard", "@nora77"),
        ("@Нора Спасибо большое", "@Нора"),
    ],
)
def test_what_begins_the_sentence_is_no_surname(text: str, author: str) -> None:
    assert authors(text) == [author]


def test_the_comment_meant_is_the_authors_latest_before_in_the_thread() -> None:
    said: tuple[Said, ...] = (
        ("@host", "first"),
        ("@anna", "one", 0),
        ("@anna", "two", 0),
        ("@host", "@anna yes", 0),
        ("@anna", "three", 0),
    )
    (found,) = mentions(*said, of=3)
    assert found == Mention(0, 5, "@anna", 2)


def test_a_person_of_another_thread_is_known_but_meant_by_no_comment() -> None:
    (found,) = mentions(("@anna", "one"), ("@host", "two"), ("@cat1", "@anna see", 1))
    assert found == Mention(0, 5, "@anna", None)


def test_many_mentions_of_many_authors_stay_quick() -> None:
    crowd: list[Said] = [(f"@the person {'x' * (number % 90)}", "hi") for number in range(2000)]
    text = "@the person of the hour " * 5000
    begin = time.process_time()
    assert len(mentions(*crowd, ("@last", text))) == 5000
    assert time.process_time() - begin < 20


@pytest.mark.parametrize("text", ["@anna- yes", "@anna-", "@anna-, yes", "(@anna- yes)"])
def test_a_handle_may_end_with_a_sign_where_someone_is_called_so(text: str) -> None:
    assert authors(("@anna", "hi"), ("@anna-", "hi"), ("@boris", text)) == ["@anna-"]
    assert authors(("@anna", "hi"), ("@boris", text)) == ["@anna"]
