"""Leaving in order when asked to from outside, so that the terminal is given back."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


def leave_on_signals(leave: Callable[[int], object]) -> None:
    """Call ``leave`` with the exit code that a shell expects, 128 and the signal's number.

    Called in the running event loop; where signals cannot be had (Windows) nothing changes.
    """
    loop = asyncio.get_running_loop()
    for name in SIGNALS:
        number: int | None = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, leave, 128 + number)
