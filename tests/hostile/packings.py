"""Files whose bytes are hostile: encodings and archives. One line a case."""

# ruff: noqa: E501 - a case is a line

import gzip
import random
from pathlib import Path

from tests.hostile.files import SIGN, FileCase, data, made
from tests.hostile.structures import info

GOOD = info(
    (f'{{"id":"a","parent":"root","text":"{SIGN} \u0431\u044d \u0434 1:12","author":"@gull"}}',)
)
_PAGE = f"{SIGN}\n\n  \u2022 @gull\n    @gull\u00a02 days ago\n\n    \u0421\u043a\u0430\u0437\u0430\u043d\u043e 1:12\n"
_LINE = f'{{"cid":"a","text":"{SIGN}","time":"1 day ago","author":"@gull","votes":"0"}}\n'.encode()
_BROKEN = b"\xff\xfe\x80\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xe2\x80"
"""No UTF-8: lone bytes, an overlong slash, a surrogate, too high a code, a cut character."""


_BROKEN_TEXT = GOOD.encode().replace(" \u0431".encode(), _BROKEN)


ENCODINGS: dict[str, FileCase] = {
    "no UTF-8, in a text": FileCase(data(_BROKEN_TEXT), True),
    "no UTF-8, in a page": FileCase(data(_PAGE.encode() * 9 + _BROKEN, ".txt"), True),
    "no UTF-8, between": FileCase(data(GOOD.encode() + _BROKEN * 1000), None),
    "no UTF-8 at all": FileCase(data(_BROKEN * 10_000), False),
    "noise": FileCase(data(random.Random(7).randbytes(200_000)), False),
    "noise without NUL": FileCase(data(random.Random(7).randbytes(200_000).replace(b"\0", b"x")), False),
    "UTF-16, no mark": FileCase(data(GOOD.encode("utf-16-le")), None),
    "UTF-16, big": FileCase(data(b"\xfe\xff" + GOOD.encode("utf-16-be")), True),
    "UTF-16, odd length": FileCase(data(b"\xff\xfe" + GOOD.encode("utf-16-le") + b"x"), True),
    "UTF-16, lone surrogates": FileCase(data(b"\xff\xfe" + GOOD.replace("\u0431", "\ud800").encode("utf-16-le", "surrogatepass")), True),
    "UTF-32": FileCase(data(b"\xff\xfe\0\0" + GOOD.encode("utf-32-le")), None),
    "a lone mark, UTF-8": FileCase(data(b"\xef\xbb\xbf"), False),
    "a lone mark, UTF-16": FileCase(data(b"\xff\xfe"), False),
    "a lone mark, UTF-32": FileCase(data(b"\xff\xfe\0\0"), False),
    "marks, many": FileCase(data(b"\xef\xbb\xbf" * 1000 + GOOD.encode()), None),
    "mixed": FileCase(data(_PAGE.encode() + "\u0421\u043a\u0430\u0437\u0430\u043d\u043e".encode("cp1251") + _PAGE.encode("utf-16-le"), ".txt"), None),
    "cp1251": FileCase(data(_PAGE.replace("\u2022", "\u0095").encode("cp1251", "replace"), ".txt"), None),
    "cut in a character": FileCase(data((_PAGE + "\u0431").encode()[:-1], ".txt"), True),
    "UTF-7": FileCase(data("+AAo-+ABs-]52;c;AAAA+AAc-" * 100, ".txt"), False),
    "CR alone": FileCase(data(_PAGE.replace("\n", "\r"), ".txt"), True),
    "NULs in between": FileCase(data(_PAGE.replace("\u0421", "\0"), ".txt"), None),
}  # fmt: skip


def _gz_bomb() -> bytes:
    """2 GB of one comment's beginning, in 2 MB."""
    block = gzip.compress(b" " * (1 << 24), 9)
    return gzip.compress(_LINE) + block * 128


def _gz_bomb_of_lines() -> bytes:
    return gzip.compress(_LINE * 10 + b'{"cid":"b","text":"' + b"x" * 400_000_000)


def _nested(folder: Path) -> str:
    packed = GOOD.encode()
    for _ in range(20):
        packed = gzip.compress(packed)
    return data(packed, ".json.gz")(folder)


_GZ = gzip.compress(GOOD.encode())
PACKINGS: dict[str, FileCase] = {
    "a bomb": FileCase(made(_gz_bomb, ".json.gz"), True, ("screen", "show")),
    "a bomb in a text": FileCase(made(_gz_bomb_of_lines, ".json.gz"), True, ("screen", "show")),
    "a bomb of nothing": FileCase(made(lambda: gzip.compress(b"\0" * 300_000_000), ".json.gz"), False),
    "a bomb of brackets": FileCase(made(lambda: gzip.compress(b"[" * 300_000_000), ".json.gz"), False),
    "truncated": FileCase(data(_GZ[:-12], ".json.gz"), None),
    "truncated in the header": FileCase(data(_GZ[:7], ".json.gz"), False),
    "a wrong check": FileCase(data(_GZ[:-8] + b"\0" * 8, ".json.gz"), True),
    "damaged in the middle": FileCase(data(_GZ[:40] + b"\xff" * 8 + _GZ[48:], ".json.gz"), None),
    "nested": FileCase(_nested, False),
    "garbage behind": FileCase(data(_GZ + b"garbage\x1b]52;c;AAAA\x07" * 99, ".json.gz"), True),
    "NULs behind": FileCase(data(_GZ + b"\0" * 100_000, ".json.gz"), True),
    "members, many": FileCase(data(gzip.compress(_LINE) * 5000, ".jsonl.gz"), True, ("screen", "show")),
    "empty members": FileCase(data(gzip.compress(b"") * 50_000 + _GZ, ".json.gz"), None),
    "a name in the header": FileCase(data(_GZ[:3] + b"\x08" + _GZ[4:10] + b"\x1b]0;a\x07\0" + _GZ[10:], ".json.gz"), True),
    "only a mark, gzip": FileCase(data(b"\x1f\x8b", ".json.gz"), False),
    "only a mark, zstd": FileCase(data(b"\x28\xb5\x2f\xfd", ".json.zst"), False),
}  # fmt: skip


def _add_zstd() -> None:
    """The same with zstd, where Python has it."""
    try:
        from backports import zstd
    except ImportError:
        return
    good = zstd.compress(GOOD.encode())
    bomb = zstd.compress(_LINE) + zstd.compress(b" " * 500_000_000)
    window = b"\x28\xb5\x2f\xfd\x04\xf8" + b"\0" * 100
    PACKINGS.update(
        {
            "zstd, a bomb": FileCase(data(bomb, ".json.zst"), True, ("screen", "show")),
            "zstd, truncated": FileCase(data(good[:-9], ".json.zst"), None),
            "zstd, damaged": FileCase(data(good[:20] + b"\xff" * 9 + good[29:], ".json.zst"), None),
            "zstd, nested": FileCase(data(zstd.compress(good), ".json.zst"), False),
            "zstd, garbage behind": FileCase(data(good + b"garbage" * 99, ".json.zst"), True),
            "zstd, a huge window": FileCase(data(window, ".json.zst"), False),
        }
    )


_add_zstd()
