"""ctrl+c while something is fetched: counted, and not an end by itself.

Installs handlers for as long as it is entered, in the main thread (elsewhere signals are not
ours). What asks the process to end (SIGTERM, SIGHUP) is kept, and sent again once all has been
tidied up.
"""

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType

_LEAVE = ("SIGTERM", "SIGHUP")
_Handler = Callable[[int, FrameType | None], object] | int | None


class Interrupts:
    """``count`` says how often ctrl+c was pressed; ``leaving`` whether the process shall end."""

    def __init__(self) -> None:
        self.count = 0
        self._asked_to_leave: int | None = None
        self._before: dict[int, _Handler] = {}
        self._wakeup = -1

    @property
    def leaving(self) -> bool:
        return self._asked_to_leave is not None

    def __enter__(self) -> "Interrupts":
        if threading.current_thread() is threading.main_thread():
            # An event loop would hear of the signals too, and leave.
            self._wakeup = signal.set_wakeup_fd(-1)
            for name in ("SIGINT", *_LEAVE):
                number: int | None = getattr(signal, name, None)
                if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, signal.SIG_DFL if before is None else before)
        if self._wakeup != -1:
            signal.set_wakeup_fd(self._wakeup)
        if self._asked_to_leave is not None:
            signal.raise_signal(self._asked_to_leave)

    def _note(self, number: int, frame: FrameType | None) -> None:
        del frame
        if number == signal.SIGINT:
            self.count += 1
        else:
            self._asked_to_leave = number
