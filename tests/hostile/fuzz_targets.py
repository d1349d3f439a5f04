"""What is fuzzed: each reader, and each function that finds something in a text.

A target takes any bytes and says in a few words what came of it, by which new inputs are known;
what must not happen it raises.
"""

import io
import time
from collections.abc import Callable, Generator, Hashable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from math import log2
from typing import Any
from unittest.mock import patch

from parser import Discussion, ParseError, open_discussion, write_jsonl
from parser.analysis import Analysis
from parser.readers import Reader, all_readers
from parser.tails import MOST
from tests.hostile import fuzz_texts
from tests.hostile.fuzz_bytes import BYTE_LOOKS
from tests.hostile.fuzz_oracles import (
    check_analysis,
    check_discussion,
    check_export,
    check_printed,
    check_refusal,
    check_tree,
    exported,
    hold,
)
from tests.hostile.fuzz_seeds import (
    OF_PACKED,
    OF_TEXT,
    all_seeds,
    beginnings,
    seeds_of,
    text_seeds,
    words_in,
    words_of,
)

BLOCKS = (0, 0, 0, 3, 7, 16, 33, 64, 200, 1000, 4096)
"""Bytes that are read at a time; 0: as many as usual."""
SMALLEST_HEAD = 1024
"""Of so many bytes at least the first block is where the format is to be found out from it."""
_FEW = 40
"""Comments up to which a discussion is looked at after each step."""
_LONG = 150
_PIECE = 100
"""Letters of a comment that is read in pieces, and of a piece."""
_SOME = 300
"""Comments up to which it is exported and read again."""


@dataclass(frozen=True)
class Case:
    """An input, and how many bytes of it are read at a time (0: as many as usual)."""

    data: bytes
    block: int = 0


class Watch:
    """The processor's seconds that the product itself took: ``with watch``."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._since = 0.0

    def __enter__(self) -> None:
        self._since = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.process_time() - self._since


Run = Callable[[Case, Watch], Hashable]


@dataclass(frozen=True)
class Target:
    """``share``: how many of the ten thousand executions of the ordinary suite are for it."""

    name: str
    run: Run
    seeds: Callable[[], Sequence[bytes]]
    words: Callable[[], Sequence[bytes]]
    is_json: bool = False
    blocks: Sequence[int] = (0,)
    share: int = 335


def _text_target(name: str) -> Target:
    look = fuzz_texts.LOOKS[name]

    def run(case: Case, watch: Watch) -> Hashable:
        text = case.data.decode("utf-8", "surrogatepass" if b"\xed" in case.data else "replace")
        with watch:
            found = look.find(text)
        return look.judge(text, found)

    return Target(name, _lenient(run), text_seeds, lambda: OF_TEXT)


def _lenient(run: Run) -> Run:
    """What cannot be decoded even so is taken with replacements."""

    def lenient(case: Case, watch: Watch) -> Hashable:
        try:
            case.data.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            case = Case(case.data.decode("utf-8", "replace").encode(), case.block)
        return run(case, watch)

    return lenient


@contextmanager
def _blocks(first: int, block: int) -> Generator[None]:
    if not block:
        yield
        return
    with patch("parser.source.FIRST_BLOCK", first), patch("parser.source.BLOCK", block):
        yield


def _read_any(case: Case, watch: Watch) -> Hashable:
    """A file of any format, in any encoding, packed or not."""
    with _blocks(max(SMALLEST_HEAD, case.block), case.block):
        return _read(case, None, watch)


def _read_as(reader: Reader, case: Case, watch: Watch) -> Hashable:
    """A file that is taken for one of a reader's, whatever it is."""
    head = case.data[: case.block or 65536].decode("utf-8", "replace")
    with watch:
        try:
            knows = reader.recognises(head)
        except ParseError as error:
            check_refusal(ParseError(f"name: {error}"), "name")
            knows = None
    hold(knows in (True, False, None), "whether a reader knows a file is yes or no")
    with _blocks(max(4, case.block), case.block):
        return (knows, _read(case, reader.name, watch))


def _read(case: Case, form: str | None, watch: Watch) -> Hashable:
    try:
        with watch:
            loading = open_discussion("-", stream=io.BytesIO(case.data), form=form)
        found = loading.discussion
        steps = loading.steps()
        while True:
            with watch:
                step = next(steps, None)
            if step is None:
                break
            if len(found) <= _FEW:
                check_tree(found)
            if len(case.data) % 64 == 63 and not loading.has_ended:
                loading.stop()
                hold(not found.source.complete, "complete, though it was stopped")
                break
    except ParseError as error:
        check_refusal(error, "standard input")
        return "".join(letter for letter in str(error) if letter.isalpha())
    return _judge(found, len(case.data), watch)


def _judge(found: Discussion, length: int, watch: Watch) -> Hashable:
    check_discussion(found, length)
    analysis = Analysis(found)
    with watch:
        written = exported(analysis, write_jsonl)
    check_analysis(analysis)
    if len(found) <= _SOME and len(written) < 400_000:
        check_export(analysis)
        check_printed(analysis)
    return _signature(found, analysis)


def _signature(found: Discussion, analysis: Analysis) -> Hashable:
    said = {
        "".join(letter for letter in one.message if letter.isalpha()) for one in found.diagnostics
    }
    video = found.video
    return (
        found.source.format,
        found.source.complete,
        frozenset(said),
        int(log2(1 + len(found))),
        max(found.depth, default=0),
        found.reordered > 0,
        len(set(found.flags)),
        *(value is not None for value in (video.id, video.title, video.duration, video.channel)),
        len(video.chapters) > 0,
        *(bool(one) for one in (analysis.chapter_lists, analysis.references, analysis.moments)),
    )


def _reader_target(reader: Reader) -> Target:
    name = reader.name
    return Target(
        name,
        partial(_read_as, reader),
        lambda: seeds_of(name),
        lambda: words_of(name),
        is_json=name not in ("saved-html", "page-text"),
        blocks=BLOCKS,
        share=300,
    )


def _comments(case: Case, watch: Watch) -> Hashable:
    """A discussion that says what the bytes say: answers, chapters and references together."""
    found = fuzz_texts.discussion_of(case.data.decode("utf-8", "replace"))
    analysis = Analysis(found)
    with watch:
        written = exported(analysis, write_jsonl)
    check_tree(found)
    check_analysis(analysis)
    check_printed(analysis)
    if len(written) < 400_000:
        check_export(analysis)
    inferred = [analysis.reply(index).certainty for index in range(min(8, len(found)))]
    return (tuple(inferred), *_rough(analysis))


def _long_comments(case: Case, watch: Watch) -> Hashable:
    """The same where comments are read in pieces, which are short here."""
    found = fuzz_texts.discussion_of(case.data.decode("utf-8", "replace"))
    with (
        patch("parser.analysis.LONG", _LONG),
        patch("parser.tails.LONG", _LONG),
        patch("parser.tails.PIECE", _PIECE),
    ):
        analysis = Analysis(found, in_steps=True)
        with watch:
            for _ in analysis.scan():
                pass
        check_analysis(analysis)
        more = any(analysis.says_more(index) for index in range(len(found)))
        hold(not more or len(case.data) > MOST, "a comment of few marks was not read to its end")
    return _rough(analysis)


def _rough(analysis: Analysis) -> tuple[Any, ...]:
    lists = analysis.chapter_lists
    return (
        tuple((one.origin, int(log2(1 + len(one.chapters)))) for one in lists[:3]),
        int(log2(1 + len(analysis.references))),
        int(log2(1 + len(analysis.moments))),
    )


def _plain(run: Run, name: str) -> Target:
    """A target that works on bytes of JSON or HTML."""
    words = partial(words_in, all_seeds())
    return Target(name, run, beginnings, words, is_json="json" in name)


def _helper(look: fuzz_texts.Look[bytes, Any], case: Case, watch: Watch) -> Hashable:
    with watch:
        found = look.find(case.data)
    return look.judge(case.data, found)


@cache
def all_targets() -> dict[str, Target]:
    """Every target by its name."""
    targets = [_reader_target(reader) for reader in all_readers()]
    targets.append(
        Target(
            "any-file",
            _read_any,
            all_seeds,
            lambda: words_in(all_seeds()) + OF_PACKED,
            is_json=True,
            blocks=BLOCKS,
            share=300,
        )
    )
    targets.append(Target("comments", _comments, text_seeds, lambda: OF_TEXT, share=300))
    targets.append(Target("long-comments", _long_comments, text_seeds, lambda: OF_TEXT, share=300))
    targets += [_text_target(name) for name in fuzz_texts.LOOKS]
    targets += [_plain(partial(_helper, look), name) for name, look in BYTE_LOOKS.items()]
    return {target.name: target for target in targets}
