"""Makes an input that breaks something as small as may be."""

import time
from collections.abc import Callable

from tests.hostile.fuzz_targets import Case

_MOST_SECONDS = 20.0
"""Of the processor's time for one find."""

Breaks = Callable[[Case], bool]


def shrunk(case: Case, breaks: Breaks) -> Case:
    """A smaller input of which ``breaks`` still holds; the same one where that is none."""
    until = time.process_time() + _MOST_SECONDS
    if case.block and breaks(Case(case.data)):
        case = Case(case.data)
    data = case.data
    size = max(1, len(data) // 2)
    while size and time.process_time() < until:
        data, went = _without_parts(data, size, case.block, breaks, until)
        if not went:
            size //= 2
    return Case(data, case.block)


def _without_parts(
    data: bytes, size: int, block: int, breaks: Breaks, until: float
) -> tuple[bytes, bool]:
    """Leaves out parts of a size, one after the other, that are not needed."""
    went = False
    at = 0
    while at < len(data) and time.process_time() < until:
        less = data[:at] + data[at + size :]
        if breaks(Case(less, block)):
            data, went = less, True
        else:
            at += size
    return data, went
