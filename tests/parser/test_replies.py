"""Which comment a comment really answers."""

import sys

import pytest

from parser.analysis import Analysis
from tests.parser.helpers import Said, discussion

THREAD: tuple[Said, ...] = (
    ("@host", "What do you think?"),
    ("@anna", "I like it", 0),
    ("@boris", "@anna so do I", 0),
    ("@anna", "@Boris good", 0),
    ("@carl", "nobody asked @anna", 0),
    ("@dora", "@somebody gone you are right", 0),
    ("@emil", "\u200b @anna last word", 0),
    ("@host", "@host talking to myself", 0),
    ("@finn", "@gina @anna hello", 0),
)


def replies(*said: Said) -> list[tuple[int | None, str | None]]:
    analysis = Analysis(discussion(*said))
    found = [analysis.reply(index) for index in range(len(said))]
    return [(reply.to, reply.certainty) for reply in found]


def test_a_threads_first_answers_nothing() -> None:
    assert replies("alone", ("@a", "@b too"))[:2] == [(None, None), (None, None)]


def test_a_mention_at_the_start_tells_whom_a_reply_answers() -> None:
    found = replies(*THREAD)
    assert found[2] == (1, "inferred")
    assert found[3] == (2, "inferred")
    assert found[6] == (3, "inferred"), "the latest earlier message, behind white space"


def test_the_threads_first_comment_counts_as_its_authors_message() -> None:
    assert replies(*THREAD)[7] == (0, "inferred")


def test_other_replies_answer_what_the_file_states() -> None:
    found = replies(*THREAD)
    assert found[1] == (0, "stated")
    assert found[4] == (0, "stated"), "a mention within the text"
    assert found[5] == (0, "stated"), "somebody whose comments are gone"
    assert found[8] == (0, "stated"), "the first of two is not here"


def test_deeper_nesting_is_kept_where_no_mention_tells_otherwise() -> None:
    assert replies(("@a", "x"), ("@b", "y", 0), ("@c", "z", 1))[2] == (1, "stated")
    assert replies(("@aa", "x"), ("@bb", "y", 0), ("@cc", "@aa z", 1))[2] == (0, "inferred")


def test_only_what_was_said_before_can_be_answered() -> None:
    assert replies(("@aa", "x"), ("@bb", "@cc z", 0), ("@cc", "y", 0))[1] == (0, "stated")


def test_an_inference_is_explained_and_a_stated_reply_is_not() -> None:
    analysis = Analysis(discussion(*THREAD))
    (inference,) = analysis.inferences(2)
    assert "@anna" in inference.what
    assert "@anna" in inference.why
    assert analysis.inferences(1) == ()


def test_a_thread_that_grows_is_read_on() -> None:
    from parser.model import Record
    from parser.threads import Builder

    made = discussion("unrelated")
    builder = Builder(made)
    builder.add([Record(id="t", text="first", author="@host")])
    builder.add([Record(id="u", text="one", author="@anna", parent="t")])
    analysis = Analysis(made)
    assert analysis.reply(2).to == 1
    builder.add([Record(id="v", text="@anna yes", author="@boris", parent="t")])
    builder.finish()
    assert analysis.reply(3).to == 2


def calls(said: list[Said]) -> int:
    """How many functions are called to tell whom every comment addresses and answers."""
    analysis = Analysis(discussion(*said))
    for _ in analysis.scan():
        pass
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    for index in range(len(said)):
        analysis.reply(index)
    sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    ("author", "text"),
    [
        ("@user{}", "@user{} yes"),
        ("Nora {} Berg", "@Nora {} Berg yes"),
        ("@user{}", "@Nora Berg {} is right"),
        ("@user{}", "@nobody{} is right"),
    ],
)
def test_a_thread_twice_as_long_takes_twice_the_work(author: str, text: str) -> None:
    def thread(size: int) -> list[Said]:
        replies = [(author.format(n), text.format(n // 2), 0) for n in range(1, size)]
        return [(author.format(0), "first"), *replies]

    assert calls(thread(2000)) < 2.2 * calls(thread(1000))
