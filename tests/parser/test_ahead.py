"""What a thread reads ahead comes whole and in order, and whoever takes it never waits."""

import io
import os
import threading
from collections.abc import Iterator
from typing import BinaryIO, cast

import pytest

from parser import ParseError, load, open_discussion
from parser.ahead import MOST_AHEAD, Ahead
from parser.loading import Loading
from tests.bench.formats import info_json

SIZE = 2_000
WHOLE = b"".join(info_json(SIZE))


def settled(items: "Ahead[int]") -> list[int]:
    """All items, waiting for the thread as often as it must be waited for."""
    return [item for item in items if item is not None]


def test_all_items_come_in_order_and_the_end_is_told() -> None:
    done = threading.Event()
    assert settled(Ahead(iter(range(10 * MOST_AHEAD)), done.set)) == list(range(10 * MOST_AHEAD))
    assert done.wait(60)


def test_nothing_is_waited_for() -> None:
    gate = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        gate.wait(60)
        yield 2

    ahead = Ahead(items(), lambda: None)
    taking = iter(ahead)
    while (first := next(taking)) is None:
        pass
    assert first == 1
    assert ahead.is_waiting
    assert next(taking) is None
    gate.set()
    assert [item for item in taking if item is not None] == [2]
    assert not ahead.is_waiting


def test_an_error_comes_behind_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ParseError("broken")

    taken: list[int] = []
    with pytest.raises(ParseError, match="broken"):
        taken.extend(item for item in Ahead(items(), lambda: None) if item is not None)
    assert taken == [1]


def test_no_more_is_read_ahead_than_there_is_room_for() -> None:
    read: list[int] = []
    full, done = threading.Event(), threading.Event()

    def items() -> Iterator[int]:
        for number in range(10 * MOST_AHEAD):
            read.append(number)
            if number == MOST_AHEAD:
                full.set()
            yield number

    ahead = Ahead(items(), done.set)
    assert full.wait(60)
    assert not ahead.is_waiting
    ahead.stop()
    assert done.wait(60)
    assert len(read) == MOST_AHEAD + 1
    assert settled(ahead) == []


def through_pipe(*parts: bytes, then: threading.Event | None = None) -> BinaryIO:
    """A pipe into which the parts are written; it stays open until ``then`` is set."""
    out, into = os.pipe()

    def write() -> None:
        with os.fdopen(into, "wb", buffering=0) as file:
            for part in parts:
                file.write(part)
            if then is not None:
                then.wait(60)

    threading.Thread(target=write, daemon=True).start()
    return cast("BinaryIO", os.fdopen(out, "rb", buffering=0))


def read_all(loading: Loading) -> None:
    loading.read_ahead()
    for _ in loading.steps():
        pass


@pytest.mark.parametrize("size", [1, 3000, 70_000])
def test_a_pipe_gives_the_same_discussion_as_a_file(size: int) -> None:
    data = WHOLE[:20_000] if size == 1 else WHOLE
    plain = load("-", stream=io.BytesIO(data))
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    loading = open_discussion("-", stream=through_pipe(*parts))
    read_all(loading)
    piped = loading.discussion
    assert len(plain) == len(piped) > 0
    assert list(piped.ids) == list(plain.ids)
    assert list(piped.texts) == list(plain.texts)
    assert piped.source == plain.source
    assert piped.diagnostics == plain.diagnostics


def test_a_pipe_that_stays_open_can_be_stopped() -> None:
    end = threading.Event()
    loading = open_discussion("-", stream=through_pipe(WHOLE[: len(WHOLE) // 2], then=end))
    loading.read_ahead()
    for _ in loading.steps():
        if loading.is_waiting and len(loading.discussion) > SIZE // 3:
            break
    count = len(loading.discussion)
    assert count < SIZE
    loading.stop()
    assert len(loading.discussion) == count
    assert not loading.discussion.source.complete
    assert "Stopped" in str(loading.discussion.diagnostics[-1])
    end.set()
