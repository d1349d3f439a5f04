"""What fuzzing starts from: the files and texts that the other tests have, and words of them."""

import gzip
import re
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests.parser.forms import FORMS, SAID

FIXTURES = Path(__file__).parents[1] / "parser" / "fixtures"
LONGEST_SEED = 40_000

_KEY = re.compile(rb'"[A-Za-z_]{2,40}"\s{0,2}:')
_TAG = re.compile(rb"</?[a-z][a-z0-9-]{0,40}")
_ATTRIBUTE = re.compile(rb' [a-z-]{2,30}="[^"<>\n]{0,60}"')
_MOST_WORDS = 400

OF_JSON = (
    *(b"{", b"}", b"[", b"]", b",", b":", b'"', b"},{", b"}]", b'{"', b'":"', b"null", b"true"),
    *(b"false", b"{}", b"[]", b'""', b"//", b"/*", b"'", b"\n{", b"}{", b']"', b'\\"', b"\\u00"),
)
OF_HTML = (
    *(b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<!", b"<![CDATA[", b"]]>", b"<script>", b"&"),
    *(b"</script>", b"<style>", b"<template>", b"<a href='", b'href="', b"<br>", b"<img alt="),
    *(b"<title>", b"<b", b"='", b'="', b"javascript:", b"=3D", b"=\r\n", b"--", b"<plaintext>"),
)
OF_TEXT = tuple(
    word.encode()
    for word in (
        *("0:00", "1:20", "12:05", "1:02:03", "1:20-1:31", "：", "∶", "at 3.49", "@ 2.30", "1m20s"),
        *("99:59", "0:000", "٣:٤٥", ":", ".", "-", "–", "→", " to ", " from ", " at ", "pm", " AM"),
        *("https://", "http://", "www.", "WwW.", "ftp://", "example.com", "/", "?t=90", "#", "://"),
        *("youtu.be/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk&t=1h2m3s", ".pdf"),
        *("https://ruclips.net/video/abcdefghijk/a.html", "user:pass@", ":8080", "[::1]", "xn--"),
        *("@", "@anna", "@@", "@Nora Lindqvist ", "@日本", "@İx", "Nora ", "van ", "O'Brien", "·"),
        *(
            "[1]",
            "[1, 2]",
            "[1-30]",
            "[a]",
            "[*]",
            "［2］",
            "【3】",
            "[",
            "]",
            "(",
            ")",
            "†",
            "[99-1]",
        ),
        *("References:\n", "Sources\n", "Литература:\n", "1. ", "2) ", "• ", "- ", "\n", "\n\n"),
        *("John 3:16", "1 Cor. 3:16, 4:17", "ratio of 16:9", "UTC+5:30", "um 7:30", "score 3:10"),
        *(
            "2 years ago",
            "5 лет назад",
            "vor 2 Tagen",
            "(edited)",
            "（已编辑）",
            "1.2K",
            "1,2 тыс.",
        ),
        *("1 lakh", "3万", "May 5, 2021", "5 мая 2021 г.", "2021-05-05", "00:00", "昨日", "٣"),
        *("<br>", "<a href='https://a.b/c'>", "</a>", "&amp;", "&#39;", "<b>", "\xa0", "\u200b"),
        *(
            "İ",
            "ß",
            "ŉ",
            "ﬃ",
            "é",
            "e\u0301",
            "日本",
            "👩\u200d🏭",
            "\U000e0001",
            " ",
            "\t",
            "*",
            "_",
        ),
    )
)
ADDRESSES = (
    "https://www.youtube.com/watch?v=abcdefghijk&t=1h2m3s#t=5",
    "https://youtu.be/abcdefghijk?si=x&t=90s",
    "youtube.com/shorts/abcdefghijk?start=3",
    "https://music.youtube.com/watch?list=x&v=abcdefghijk",
    "https://piped.video/embed/abcdefghijk",
    "https://ruclips.net/video/abcdefghijk/a.html",
    "http://user:pass@www.youtube.com:443/watch?v=abcdefghijk",
    "https://xn--e1afmkfd.xn--p1ai/%D0%BF?q=(a)[b]{c}",
)
PEOPLE = (
    "@Nora @Lars thank you",
    "@Nora Lindqvist, @anna.b-c: and @Dr. O'Brien agreed",
    "\n\n\n @Nora Lindqvist yes\n\n\n @anna no\n\n\nfirst @nora",
    "@日本 @İx @Nora van der Berg thanks",
)
FRAGMENTS = (
    '<a href="https://a.b/c?x=1&amp;y=2">https://a.b/c…</a><br>x &lt;b&gt;',
    "<p>one<p>two</div><img alt='&#128512;'><script>x</script>y<!-- z -->",
    f"&#{5000 * '9'}; &#x{5000 * 'f'}; &#-1; &#x110000;",
)
OF_PACKED = (b"\x1f\x8b", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"\xff\xfe", b"\xfe\xff", b"\0")
OF_MHTML = (
    *(b"\r\n--", b"Content-Type: text/html\r\n", b"Content-Transfer-Encoding: base64\r\n\r\n"),
    *(b"quoted-printable", b"=3D", b"=E2=80=8B", b"=\r\n", b"boundary=", b"charset=utf-16"),
)


@cache
def seeds_of(form: str) -> tuple[bytes, ...]:
    """The files of a format, unpacked; the format's name is its reader's."""
    folder = FIXTURES / form.replace("-", "_")
    found = [_unpacked(path.read_bytes()) for path in sorted(folder.glob("*/input*"))]
    written = [
        write(SAID).encode() for name, write in FORMS.items() if name.partition(",")[0] == form
    ]
    return tuple(written + [data[:LONGEST_SEED] for data in found])


@cache
def all_seeds() -> tuple[bytes, ...]:
    """One file of each format, plain, in other encodings and packed."""
    forms = dict.fromkeys(name.partition(",")[0] for name in FORMS)
    plain = [data for form in forms for data in seeds_of(form)[:3]]
    other = [data.decode("utf-8", "replace") for data in plain[::3]]
    return (
        *plain,
        *(text.encode("utf-16") for text in other),
        *(text.encode("utf-16-be") for text in other[:3]),
        *(text.encode("utf-8-sig") for text in other[:3]),
        *(text.encode("cp1251", "replace") for text in other[-2:]),
        *(gzip.compress(data, mtime=0) for data in plain[::3]),
    )


@cache
def beginnings() -> tuple[bytes, ...]:
    """The beginnings of files of each format, and of what pages are put into."""
    packed = [path.read_bytes() for path in sorted(FIXTURES.glob("*/*/input.mhtml"))]
    return tuple(data[:4000] for data in (*all_seeds(), *packed))


@cache
def words_of(form: str) -> tuple[bytes, ...]:
    """Words that the files of a format are made of."""
    return words_in(seeds_of(form))


def words_in(files: Iterable[bytes]) -> tuple[bytes, ...]:
    """Keys, tags and attributes of some files, and the signs of their kind."""
    found: dict[bytes, None] = {}
    for data in files:
        for form in (_KEY, _TAG, _ATTRIBUTE):
            found.update(dict.fromkeys(form.findall(data)))
    words = tuple(found)[:_MOST_WORDS]
    return words + OF_JSON + OF_HTML + OF_MHTML + OF_TEXT[::4]


@cache
def text_seeds() -> tuple[bytes, ...]:
    """Texts of comments, and many words one behind the other."""
    texts = [one.text.encode() for one in SAID]
    for parts in (ADDRESSES, PEOPLE, FRAGMENTS):
        texts += [part.encode() for part in parts] + [" ".join(parts).encode()]
    return (
        *texts,
        b"0:00 Intro\n1:20 - Second [1]\n12:05: Third\n\nReferences:\n[1] A book, 2001\n[2] B",
        "@Nora Lindqvist see https://youtu.be/abcdefghijk?t=90, and 3:45–4:10".encode(),
        *(b" ".join(OF_TEXT[start : start + 10]) for start in range(0, len(OF_TEXT), 10)),
        *OF_TEXT[::3],
        b"",
    )


def _unpacked(data: bytes) -> bytes:
    """What is packed with gzip, as far as it goes."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    return zlib.decompressobj(wbits=31).decompress(data, LONGEST_SEED)
