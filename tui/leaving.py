"""Leaving in order when asked to from outside, so that the terminal is given back."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

PATIENCE = 3.0
"""Seconds that leaving in order may take."""
SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


def leave_on_signals(leave: Callable[[int], object]) -> None:
    """Call ``leave`` with the exit code that a shell expects, 128 and the signal's number.

    Called in the running event loop; where signals cannot be had (Windows) nothing changes.
    """
    loop = asyncio.get_running_loop()

    def asked(code: int) -> None:
        # Where the terminal is gone too, its last words may wait for ever to be written.
        last = threading.Timer(PATIENCE, os._exit, (code,))
        last.daemon = True
        last.start()
        leave(code)

    for name in SIGNALS:
        number: int | None = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, asked, 128 + number)
