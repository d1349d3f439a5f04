"""Leaving in order when asked to from outside, so that the terminal is given back."""

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from types import FrameType

PATIENCE = 3.0
"""Seconds that leaving in order may take."""
SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
_SHELL = 128
"""What a shell adds to a signal's number to make an exit code."""


class AskedToLeaveError(BaseException):
    """A signal came while there was no screen. ``number`` is its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def leave_on_signals(
    leave: Callable[[int], object], give_back: Callable[[], object] | None = None
) -> None:
    """Call ``leave`` with the exit code that a shell expects, 128 and the signal's number.

    Called in the running event loop. Where it does not come to an end in time ``give_back``
    is called in another thread, and the process ends. On Windows nothing changes.
    """
    if sys.platform == "win32":
        return
    import asyncio

    loop = asyncio.get_running_loop()

    # Heard by Python itself and not by the loop, which hears nothing while a step lasts.
    def asked(number: int, _frame: FrameType | None) -> None:
        code = _SHELL + number
        # Where the terminal is gone too, its last words may wait for ever to be written. It
        # is a bare thread, for a signal may come while a lock of ``threading`` is held.
        _thread.start_new_thread(_end_late, (code, give_back))
        with suppress(RuntimeError):  # the loop is closed: all but the process has ended
            loop.call_soon_threadsafe(leave, code)

    for name in SIGNALS:
        signal.signal(getattr(signal, name), asked)


def end_at_once() -> None:
    """From now on a signal ends the process, since there is nothing to be tidied up.

    An error that a signal raises in the midst of an event loop would find its way nowhere.
    """
    if sys.platform != "win32":
        for name in SIGNALS:
            signal.signal(getattr(signal, name), signal.SIG_DFL)


def end_by(number: int) -> int:
    """Ends the process by a signal that was put off, as whoever sent it expects."""
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
    return _SHELL + number


def _end_late(code: int, give_back: Callable[[], object] | None) -> None:
    time.sleep(PATIENCE)
    try:
        if give_back is not None:
            give_back()
    finally:
        os._exit(code)


@contextmanager
def unwinding() -> Generator[None]:
    """While entered, INT, TERM and HUP raise, so that nothing is left behind half done.

    INT raises :class:`KeyboardInterrupt`, the others :class:`AskedToLeaveError`; what the
    process was started to ignore stays ignored. Only the main thread hears of signals; elsewhere
    nothing changes.
    """
    before: dict[int, object] = {}

    def asked(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # a second one must not break off the tidying up
        raise AskedToLeaveError(number)

    with suppress(ValueError):  # not in the main thread
        for name in SIGNALS:
            number: int | None = getattr(signal, name, None)
            if number is None or signal.getsignal(number) is signal.SIG_IGN:
                continue
            before[number] = signal.getsignal(number)
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else asked)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # pyright: ignore[reportArgumentType]
