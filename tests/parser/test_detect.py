"""A format is known by a file's content."""

import gzip
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from parser import ParseError, load
from parser.detect import detect
from parser.readers import all_readers
from parser.source import open_input
from tests.parser.pages import NBSP, Said, page

FIXTURES = Path(__file__).parent / "fixtures"
INPUTS = sorted(path.relative_to(FIXTURES).as_posix() for path in FIXTURES.glob("*/*/input.*"))


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


@pytest.mark.parametrize("path", INPUTS)
def test_every_fixture_is_known_by_its_reader_alone_whatever_it_is_called(
    path: str, tmp_path: Path
) -> None:
    nameless = shutil.copy(FIXTURES / path, tmp_path / "download.bin")
    source = open_input(str(nameless))
    expected = path.partition("/")[0].replace("_", "-")
    assert [one.name for one in all_readers() if one.recognises(source.head)] == [expected]
    assert detect(source).name == expected
    source.close()


def png() -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("talk.info.json", '{"id": "x", "comments": []}')
    return out.getvalue()


PLACES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "id": 1, "geometry": {"type": "Point", "coordinates": [1.5, 2]}}
    ],
}
PACKAGE = {
    "name": "comments",
    "version": "1.0.0",
    "author": "somebody",
    "comments": [{"id": 1, "text": "a note of the packager"}],
}
FORUM = [{"id": 1, "postId": 2, "name": "a", "email": "a@example.org", "body": "not a video's"}]
OTHERS: dict[str, bytes] = {
    "a package.json": json.dumps(PACKAGE, indent=2).encode(),
    "geojson": json.dumps(PLACES).encode(),
    "JSON of a forum": json.dumps(FORUM).encode(),
    "log lines": b'{"level": "info", "time": 1684300000, "text": "started"}\n' * 50,
    "a front end's error": b'{"error": "This video is not available"}',
    "a web page": b"<!DOCTYPE html><html><head><title>Tide</title></head><body>x</body></html>",
    "a table": b"id,author,text\n1,somebody,hello\n2,nobody,bye\n",
    "a text": "Dear diary,\n\n\u2022 today @somebody wrote to me\n  2 days ago\n".encode(),
    "XML": b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>',
    "a picture": png(),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + bytes(99),
    "an archive": packed(),
    "a packed table": gzip.compress(b"id,author,text\n1,somebody,hello\n"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_discussion_is_refused_in_a_line_that_says_what_would_be_read(
    kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "talk.info.json"  # the name of a discussion changes nothing
    path.write_bytes(OTHERS[kind])
    with pytest.raises(ParseError) as raised:
        load(str(path))
    said = str(raised.value)
    assert said.startswith(f"{path}: ")
    assert "\n" not in said
    assert "yt-dlp" in said
    assert "page" in said


def test_every_reader_has_its_own_name_and_says_what_it_reads() -> None:
    readers = list(all_readers())
    assert len({reader.name for reader in readers}) == len(readers) > 1
    assert all(reader.describe for reader in readers)


@pytest.mark.parametrize("letters", [70_000, 300_000, 1_500_000])
@pytest.mark.parametrize("first", ["automatic_captions", "thumbnails", "description"])
def test_it_is_looked_further_where_the_beginning_does_not_tell(
    tmp_path: Path, first: str, letters: int
) -> None:
    members: dict[str, object] = {first: ["x" * 1000] * (letters // 1000)}
    if first == "description":
        members[first] = "x" * letters
    comment = {"id": "a", "parent": "root", "text": "words"}
    members |= {"comments": [comment], "extractor": "youtube", "id": "jNQXAC9IVRw"}
    path = tmp_path / "sorted.json"
    path.write_text(json.dumps(members), encoding="utf-8")
    discussion = load(str(path))
    assert discussion.source.format == "yt-dlp"
    assert (list(discussion.texts), discussion.video.id) == (["words"], "jNQXAC9IVRw")
    assert discussion.source.complete


def test_large_json_that_is_no_discussion_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps([{"type": "Feature", "id": n} for n in range(300_000)]))
    with pytest.raises(ParseError, match="holds no discussion that can be read"):
        load(str(path))
