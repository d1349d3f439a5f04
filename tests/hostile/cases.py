"""Hostile cases that are no texts, in their groups: name and what makes the trial."""

from collections.abc import Callable, Mapping
from functools import partial

from tests.hostile.devices import DEVICES
from tests.hostile.files import FileCase, try_file
from tests.hostile.names import ARGUMENT_CASES, NAME_CASES
from tests.hostile.packings import ENCODINGS, PACKINGS
from tests.hostile.structures import STRUCTURES
from tests.hostile.trials import Verdict

Case = Callable[[Verdict], None]
"""Makes a trial, and adds what it found to the verdict."""


def _files(cases: Mapping[str, FileCase]) -> dict[str, Case]:
    return {name: partial(_try, case) for name, case in cases.items()}


def _try(case: FileCase, verdict: Verdict) -> None:
    try_file(verdict, case)


GROUPS: Mapping[str, Mapping[str, Case]] = {
    "structures": _files(STRUCTURES),
    "encodings": _files(ENCODINGS),
    "packings": _files(PACKINGS),
    "names": NAME_CASES,
    "arguments": ARGUMENT_CASES,
    "devices": DEVICES,
}


def try_case(group: str, name: str) -> Verdict:
    """Make one trial."""
    verdict = Verdict(group, name)
    GROUPS[group][name](verdict)
    return verdict
