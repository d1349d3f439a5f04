"""Textual's driver of a POSIX terminal, made to give it back whatever happens.

Not to be imported on Windows. What is mended, each as found in Textual 8.2:

- it draws on standard output where standard error leads elsewhere;
- a terminal that is gone ends the program (as HUP does), where Textual's input thread spins and
  its output blocks;
- TSTP stops the whole job when the reader asks for it (what started the program, such as ``uv
  run``, would wait without end), and nothing where no shell could continue it;
- CONT without a stop before it does not take raw settings for those to be restored;
- mouse reports in pixels are switched off again;
- bytes that are no UTF-8 are passed over, where Textual ends with an error.
"""

import codecs
import errno
import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn, TextIO

from rich.cells import cell_len
from textual.drivers.linux_driver import LinuxDriver

from tui.leaving import leave_on_signals
from tui.terminal import lead_nowhere

if TYPE_CHECKING:
    from textual.app import App

_RESET = (
    b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1016l\x1b[?1000l\x1b[?1003l\x1b[?1015l"
    b"\x1b[?1006l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l\x1b[0m"
)
"""All that the screen needs is taken back: for when there is no time to do it in order."""
LOOK_EVERY = 1.0
"""Seconds between two looks whether the terminal is still there."""
_UNWRITABLE = "commentree-cells"


class TerminalDriver(LinuxDriver):
    """The screen and the keys of one terminal."""

    def __init__(
        self,
        app: "App[int]",
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)  # pyright: ignore[reportUnknownMemberType]
        self._output = _writable()
        self._file = _Output(self._output)
        self._is_shown = self._is_away = False
        # Before anything is shown: the first picture takes a while, and signals come meanwhile.
        leave_on_signals(app.exit, self.give_back)
        if self.input_tty:
            threading.Thread(target=self._watch, name="terminal", daemon=True).start()

    # Showing and giving back

    def start_application_mode(self) -> None:
        self._is_shown = True
        super().start_application_mode()

    def stop_application_mode(self) -> None:
        # Textual asks for pixels where a terminal tells its size, and forgets about it.
        if self._mouse_pixels:
            self.write("\x1b[?1016l")
        super().stop_application_mode()
        self._is_shown = False

    def give_back(self) -> None:
        """Gives the terminal back in another thread's stead, which is held up; never waits."""
        if not self._is_shown or not self._is_in_front():
            return
        with suppress(termios.error, OSError):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        number = self._output.fileno()
        if select.select([], [number], [], 0)[1]:
            os.write(number, _RESET)

    # Stopping and going on

    def stop_job(self) -> None:
        """Gives the terminal to the shell, and stops all that it started together."""
        self._stop(0)

    def _sigtstp_application(self, *_: object) -> None:
        # Never here, between any two instructions: the queue of what is to be written may be
        # locked by the one that was broken off.
        self._soon(self._stop, os.getpid())

    def _sigcont_application(self, *_: object) -> None:
        if not self._is_away:
            self._soon(self._go_on)

    def _soon(self, do: Callable[..., object], *arguments: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: the terminal has been given back
            self._loop.call_soon_threadsafe(do, *arguments)

    def _stop(self, whom: int) -> None:
        """Stops a process, or this job (0); comes back when it goes on."""
        if self._auto_restart and self._is_shown:
            self._is_away = True
            self.suspend_application_mode()
        # Not SIGSTOP, as Textual does: nobody could continue a job that has no shell. The
        # system leaves TSTP out there.
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(whom, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._sigtstp_application)
        if self._is_away:
            self._come_back()
            self._is_away = False

    def _go_on(self) -> None:
        """Sets up the screen anew after a stop that could not be foreseen."""
        if not (self._auto_restart and self._is_shown):
            return
        # Given back first: else the screen's own settings would be taken for those to restore.
        self.suspend_application_mode()
        self._come_back()

    def _come_back(self) -> None:
        while not self._is_in_front():
            os.kill(os.getpid(), signal.SIGSTOP)  # put into the background: wait there
        self._must_signal_resume = True
        self.resume_application_mode()
        self._app.call_later(self._app.refresh, layout=True)

    def _is_in_front(self) -> bool:
        """Whether the terminal is this job's now; a lost one counts as such."""
        try:
            return os.tcgetpgrp(self.fileno) == os.getpgrp()
        except OSError:
            return True

    # A terminal that is gone

    def _watch(self) -> None:
        while not self._is_lost():
            time.sleep(LOOK_EVERY)
        os.kill(os.getpid(), signal.SIGHUP)

    def _is_lost(self) -> bool:
        try:
            termios.tcgetattr(self.fileno)
        except termios.error as error:
            return error.args[0] != errno.EINTR
        return False

    def _run_input_thread(self) -> None:
        try:
            while not self._reads_to_the_end():
                pass
        except OSError:
            return  # nothing can be read any more: whoever watches sees it too
        except Exception as error:
            self._app.call_later(_raise, error)

    def _reads_to_the_end(self) -> bool:
        """Whether it was asked to end, and not broken off by bytes that are no UTF-8.

        Terminals send such where they have another encoding, or know only the oldest mouse
        reports. What was typed at the same time is lost with them.
        """
        try:
            self.run_input_thread()
        except UnicodeDecodeError:
            return False
        return True


class _Output:
    """A terminal to write to. Once it is gone all goes nowhere, for the queue must be emptied."""

    def __init__(self, file: TextIO) -> None:
        self._written = file

    def write(self, text: str) -> None:
        try:
            self._written.write(text)
        except OSError:
            lead_nowhere(self._written)

    def flush(self) -> None:
        try:
            self._written.flush()
        except OSError:
            lead_nowhere(self._written)

    def fileno(self) -> int:
        return self._written.fileno()

    def isatty(self) -> bool:
        return True


def _raise(error: Exception) -> NoReturn:
    raise error


def _writable() -> TextIO:
    """Standard error, as Textual has it, or standard output where that is no terminal."""
    for file in (sys.__stderr__, sys.__stdout__):
        if file is not None and file.isatty():
            codecs.register_error(_UNWRITABLE, _in_as_many_cells)
            file.reconfigure(errors=_UNWRITABLE)  # pyright: ignore
            return file
    return sys.stderr


def _in_as_many_cells(error: UnicodeError) -> tuple[str, int]:
    """A question mark for each cell of what an encoding does not have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "?" * cell_len(error.object[error.start : error.end]), error.end
