"""A format is known by a file's content."""

import io

import pytest

from parser import ParseError
from parser.detect import detect
from parser.readers import all_readers
from parser.source import open_input
from tests.parser.pages import NBSP, Said, page


def detected(text: str) -> str:
    return detect(open_input("-", io.BytesIO(text.encode()))).name


@pytest.mark.parametrize(
    "text",
    [
        page(Said()),
        page(Said()).replace("\n", "\r\n"),
        page(Said()).replace("\n", "\r"),
        page(Said(), labels=("x" * 30_000,)),
        page(Said(handle="A Name", uploader=True)),
    ],
    ids=["lf", "crlf", "cr", "long label", "name"],
)
def test_a_page_is_known_by_one_comments_form(text: str) -> None:
    assert detected(text) == "page-text"


@pytest.mark.parametrize(
    "text",
    [
        "a letter\n\n  • @one\n    @two" + NBSP + "2 days ago\n",
        "  • @one\n    @one 2 days ago\n",
        "  • @one\n\n    @one" + NBSP + "2 days ago\n",
        "  • @one\n  @one" + NBSP + "2 days ago\n",
        "  • @one\n    @one" + NBSP + " \n",
        '{"comments": []}',
        "<html></html>",
    ],
)
def test_what_only_looks_like_a_page_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="standard input: holds no discussion"):
        detected(text)


def test_every_reader_has_its_own_name_and_says_what_it_reads() -> None:
    readers = list(all_readers())
    assert len({reader.name for reader in readers}) == len(readers) > 1
    assert all(reader.describe for reader in readers)
