"""Reading ahead in a thread, so that whoever takes what was read never waits for a slow pipe."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")

MOST_AHEAD = 8
"""Items that are kept ready; with so many the thread waits until one is taken.

Few, so that it soon lies still when whoever takes them has something more urgent to do.
"""


class Ahead(Generic[Item]):
    """Goes through ``items`` in a thread of its own and calls ``done`` there at the end.

    The thread does not keep the process alive: one that waits for a pipe may wait forever.
    """

    def __init__(self, items: Iterator[Item], done: Callable[[], None]) -> None:
        self._items = items
        self._done = done
        self._ready: deque[Item] = deque()
        self._changed = threading.Condition()
        self._is_over = self._is_stopped = False
        self._error: Exception | None = None
        threading.Thread(target=self._run, name="read ahead", daemon=True).start()

    @property
    def is_waiting(self) -> bool:
        """Whether there is nothing to take now, though something may come."""
        return not self._ready and not self._is_over

    def __iter__(self) -> Iterator[Item | None]:
        """The items, and ``None`` whenever there is none to take now.

        What went wrong in the thread is raised here, behind the items before it.
        """
        while True:
            was_over = self._is_over  # before looking: what comes meanwhile is met next time
            item = self._take()
            if item is None and was_over:
                break
            yield item
        if self._error is not None:
            raise self._error

    def _take(self) -> Item | None:
        with self._changed:
            self._changed.notify()
            return self._ready.popleft() if self._ready else None

    def stop(self) -> None:
        """Takes no more: what still comes goes nowhere."""
        with self._changed:
            self._is_stopped = True
            self._ready.clear()
            self._changed.notify()

    def _run(self) -> None:
        try:
            for item in self._items:
                if not self._offer(item):
                    break
        except Exception as error:  # whatever it is, it is raised where the items are taken
            self._error = error
        finally:
            self._is_over = True
            self._done()

    def _offer(self, item: Item) -> bool:
        """Makes an item ready, once there is room; ``False`` when none is wanted any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or len(self._ready) < MOST_AHEAD)
            if not self._is_stopped:
                self._ready.append(item)
            return not self._is_stopped
