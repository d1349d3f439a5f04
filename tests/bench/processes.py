"""What a running program uses: memory and processor time, as Linux tells them.

Elsewhere both are unknown, and come out as 0.
"""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.02
"""Seconds between two samples of a program's memory."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes: of its own (``anon``), and of files that it has mapped and touched."""

    anon: int
    file: int


def family(root: int) -> list[int]:
    """A process and all its children's children."""
    found: list[int] = []
    todo = [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        for children in PROC.glob(f"{pid}/task/*/children"):
            try:
                todo += map(int, children.read_text().split())
            except OSError:
                continue
    return found


def memory(root: int) -> Memory:
    """What a process and its children hold now."""
    anon = file = 0
    for pid in family(root):
        try:
            lines = (PROC / str(pid) / "status").read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith("RssAnon:"):
                anon += int(line.split()[1]) * 1024
            elif line.startswith("RssFile:"):
                file += int(line.split()[1]) * 1024
    return Memory(anon, file)


def cpu_seconds(root: int) -> float:
    """Processor time that a process and its living children have used so far."""
    ticks = 0
    for pid in family(root):
        try:
            fields = (PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class MemoryWatch:
    """Samples a program's memory in a thread, between ``with`` and its end.

    ``peak.anon`` and ``peak.file`` are the highest of each, not of one moment.
    """

    def __init__(self, pid: int) -> None:
        self.peak = Memory(0, 0)
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(EVERY):
            now = memory(self._pid)
            self.peak = Memory(max(self.peak.anon, now.anon), max(self.peak.file, now.file))
