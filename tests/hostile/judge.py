"""Judges the raw bytes that the program sent to its terminal.

They are split into sequences and text. A sequence has a *shape*: what it does, without where
and in which colour. Only shapes that the program sends for a harmless file may appear; the text
in between holds nothing that a terminal, or who reads it, could take for something else.
"""

import base64
import binascii
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from tests.hostile.terminal import Ended

CONTEXT = 24
"""Characters on both sides of a finding that the report shows."""

_TOKEN = re.compile(
    r"\x1b\[(?P<params>[0-?]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<osc>[^\x00-\x1f\x7f]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<string>[PX^_])(?P<body>[^\x1b]*)\x1b\\"
    r"|(?P<single>\x1b[ -/]*[0-~])"
    r"|(?P<control>[\x00-\x1f\x7f])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
)
_STRINGS = {"P": "DCS", "X": "SOS", "^": "PM", "_": "APC"}
_WITHOUT_NUMBERS = frozenset("ABCDEFGJKXd")
"""Finals of CSI whose numbers are places and lengths."""
_PLACE = re.compile(r"[0-9]{1,3};[0-9]{1,3}")
"""Where the program puts something; a stranger would go home (no numbers) or to the last line."""
_COLOUR = re.compile(r"(?<![0-9])[34]8;(?:2;[0-9]+;[0-9]+;[0-9]+|5;[0-9]+)|[^;]+")
_USUAL = frozenset(("0", "1", "2", "3", "4", "7", "9", "39", "49"))
"""Bold and its like; a colour has three numbers, or one of 256, and never its own code."""
NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff"
"""Those of the first plane; the others are as harmless as what is not assigned yet."""
_INVISIBLE = "\x80-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff" + NONCHARACTERS
HARMFUL = re.compile(f"[{_INVISIBLE}]")
"""What may never stand in the text between sequences."""
_CONTROL = re.compile(f"[\x00-\x1f\x7f{_INVISIBLE}]")
_NOT_COPIED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TITLES = ("0", "1", "2", "l", "L")
_ENDING_CODES = (0, 2)


@dataclass(frozen=True)
class Token:
    """A sequence, a control or a piece of text; ``offset`` in characters."""

    shape: str
    offset: int
    text: str
    payload: str = ""


@dataclass(frozen=True)
class Finding:
    """Something that must not be: what, where in the output, and what stands around it."""

    what: str
    offset: int = 0
    context: str = ""

    def __str__(self) -> str:
        where = f" at {self.offset}: {self.context!r}" if self.context else ""
        return self.what + where


def tokens(text: str) -> Iterator[Token]:
    """The sequences and the text of an output; text has the shape ``""``."""
    for found in _TOKEN.finditer(text):
        yield Token(_shape(found), found.start(), found[0], _payload(found))


def _shape(found: "re.Match[str]") -> str:
    if found["text"] is not None:
        return ""
    if found["final"] is not None:
        params, final = found["params"], found["final"]
        if final in _WITHOUT_NUMBERS:
            params = params.strip("0123456789;:")
        elif final == "H":
            params = "" if _PLACE.fullmatch(params) else params or "home "
        elif final == "m":
            params = _unusual(params)
        return f"CSI {params}{found['between']}{final}"
    if found["osc"] is not None:
        return f"OSC {found['osc'].partition(';')[0]}"
    if found["string"] is not None:
        return _STRINGS[found["string"]]
    if found["single"] is not None:
        return f"ESC {found['single'][1:]}"
    return f"C0 {ord(found['control']):02x}"


def _unusual(params: str) -> str:
    """Codes of a look that the program never gives: a terminal's own colours, concealed."""
    codes = {code for code in _COLOUR.findall(params) if not code.startswith(("38;", "48;"))}
    return ";".join(sorted(codes - _USUAL))


def _payload(found: "re.Match[str]") -> str:
    if found["osc"] is not None:
        return found["osc"].partition(";")[2]
    return found["body"] or ""


def shapes_of(output: bytes) -> frozenset[str]:
    """The shapes that an output has."""
    return frozenset(token.shape for token in tokens(output.decode("utf-8", "replace")))


def text_of(output: bytes) -> str:
    """What an output shows, without the sequences."""
    text = output.decode("utf-8", "replace")
    return "".join(token.text for token in tokens(text) if not token.shape)


PLAIN = frozenset({"", "C0 09", "C0 0a", "C0 0d"})
"""What is printed has text, tabs and line ends (to which a terminal adds the CR)."""


def judge_bytes(output: bytes, shapes: Collection[str], copies: int = 0) -> list[Finding]:
    """What of an output must not be.

    ``shapes`` are those of a harmless file; ``copies``: how often a key was pressed that
    copies, and so how many OSC 52 there may be.
    """
    try:
        text = output.decode()
    except UnicodeDecodeError as error:
        around = output[max(0, error.start - CONTEXT) : error.end + CONTEXT]
        return [Finding("bytes that are no UTF-8", error.start, repr(around))]
    found: dict[str, Finding] = {}
    copied = 0
    for token in tokens(text):
        if not token.shape:
            for bad in HARMFUL.finditer(token.text):
                what = f"U+{ord(bad[0]):04X} in the text"
                found.setdefault(what, _finding(what, text, token.offset + bad.start()))
            continue
        if token.shape not in shapes:
            what = f"{token.shape}, which a harmless file does not bring"
            found.setdefault(what, _finding(what, text, token.offset))
        copied += token.shape == "OSC 52"
        if wrong := _wrong_payload(token):
            found.setdefault(wrong, _finding(wrong, text, token.offset))
    if copied > copies:
        found["copied"] = Finding(f"OSC 52 {copied} times, and {copies} keys that copy")
    return list(found.values())


def _finding(what: str, text: str, at: int) -> Finding:
    return Finding(what, at, text[max(0, at - CONTEXT) : at + CONTEXT])


def _wrong_payload(token: Token) -> str:
    """What is wrong with what a sequence carries; empty when nothing is."""
    kind, _, number = token.shape.partition(" ")
    if kind != "OSC":
        return ""
    if number in _TITLES and _CONTROL.search(token.payload):
        return "a window title with controls"
    if number == "8":
        return _wrong_link(token.payload)
    return _wrong_copy(token.payload) if number == "52" else ""


def _wrong_link(payload: str) -> str:
    address = payload.partition(";")[2]
    if _CONTROL.search(address) or not address.isascii():
        return "a link with characters that no address has"
    if address and urlsplit(address).scheme not in ("http", "https"):
        return "a link with another scheme than http and https"
    return ""


def _wrong_copy(payload: str) -> str:
    where, _, code = payload.partition(";")
    if where != "c" or code == "?":
        return "an OSC 52 that is no copy"
    try:
        copied = base64.b64decode(code, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return "an OSC 52 whose payload is no text"
    return "a copied text with controls" if _NOT_COPIED.search(copied) else ""


# What a terminal is left in

_MODES = {
    "1049": ("h", "the alternate screen is not left"),
    "1047": ("h", "the alternate screen is not left"),
    "7": ("l", "long lines are left cut off"),
    "25": ("l", "the cursor is left hidden"),
    "1000": ("h", "mouse reports are left on"),
    "1002": ("h", "mouse reports are left on"),
    "1003": ("h", "mouse reports are left on"),
    "1004": ("h", "focus reports are left on"),
    "1006": ("h", "mouse reports are left on"),
    "1015": ("h", "mouse reports are left on"),
    "1016": ("h", "mouse reports are left on"),
    "2004": ("h", "bracketed paste is left on"),
    "2026": ("h", "output is left held back"),
    "2048": ("h", "size reports are left on"),
}
"""Private modes, what a terminal must not be left with, and how that is told."""
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[([<>])[0-9;]*u")


def judge_restored(output: bytes, settings_kept: bool = True) -> list[Finding]:
    """What of the terminal is left otherwise than it was."""
    last: dict[str, str] = {}
    for found in _MODE.finditer(output):
        for mode in found[1].decode().split(";"):
            last[mode] = found[2].decode()
    wrong = {words for mode, (bad, words) in _MODES.items() if last.get(mode) == bad}
    pushed = sum(1 if found[1] == b">" else -1 for found in _KEYBOARD.finditer(output))
    if pushed > 0:
        wrong.add("the keyboard is left in another mode")
    if not settings_kept:
        wrong.add("the terminal's settings are not as before")
    return [Finding(words) for words in sorted(wrong)]


# How it ended, and what it did beside

REFUSAL = b"commentree: "
"""How the one line begins that says why something cannot be read."""
PEAK_LIMIT = 512 * 1024**2
"""Bytes that the program may hold at most."""


def judge_end(ended: Ended, codes: Collection[int]) -> list[Finding]:
    """What is wrong with how the program ended. ``codes``: the exit codes that may be."""
    found: list[Finding] = []
    output = ended.output
    if ended.hung:
        found.append(Finding(f"it hangs: {ended.hung}"))
    elif ended.code not in codes:
        found.append(Finding(f"exit code {ended.code}"))
    if b"Traceback (most recent" in output or b"Traceback" in _plain(output):
        at = output.find(b"Traceback")
        found.append(Finding("a traceback", at, output[at:][-400:].decode("utf-8", "replace")))
    if ended.peak > PEAK_LIMIT:
        found.append(Finding(f"{ended.peak >> 20} MB of memory, of {PEAK_LIMIT >> 20}"))
    return found


def judge_refusal(output: bytes) -> list[Finding]:
    """What cannot be read is told in one line, and no screen is drawn."""
    lines = output.split(b"\r\n")
    if not output.startswith(REFUSAL) or len(lines) != 2 or lines[1]:
        return [Finding("the refusal is not one line", 0, output[:300].decode("utf-8", "replace"))]
    return []


def _plain(output: bytes) -> bytes:
    """Nothing where a screen was drawn: a comment may well say Traceback."""
    return b"" if b"\x1b[" in output else output


def judge_calls(called: Collection[str], opens: int) -> list[Finding]:
    """What is wrong with the programs that were started: a browser, for keys that open it."""
    found = [Finding(f"started {call}") for call in called if not _is_opening(call)]
    if len(called) - len(found) > opens:
        found.append(Finding(f"opened {len(called)} pages with {opens} keys that open one"))
    return found


def _is_opening(call: str) -> bool:
    name, _, address = call.partition(" ")
    is_address = address.startswith(("http://", "https://")) and " " not in address
    return name == "false-browser" and is_address and not _CONTROL.search(address)


def judge_values(value: object) -> list[Finding]:
    """What of an exported document's texts is harmful, and its links of another scheme."""
    found: dict[str, Finding] = {}
    todo: list[tuple[str, object]] = [("", value)]
    while todo:
        key, one = todo.pop()
        if isinstance(one, dict):
            todo += cast("dict[str, object]", one).items()
        elif isinstance(one, list):
            todo += ((key, each) for each in cast("list[object]", one))
        elif isinstance(one, str):
            bad = _NOT_COPIED.search(one) or HARMFUL.search(one)
            what = f"U+{ord(bad[0]):04X} in {key}" if bad else ""
            if key in ("url", "links") and urlsplit(one).scheme not in ("http", "https"):
                what = f"an address of another scheme in {key}"
            if what:
                found.setdefault(what, Finding(what, 0, one[:80]))
    return list(found.values())
