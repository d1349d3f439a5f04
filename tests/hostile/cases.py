"""Hostile cases that are no texts, in their groups: name and what makes the trial."""

from collections.abc import Callable, Mapping

from tests.hostile.trials import Verdict

Case = Callable[[Verdict], None]
"""Makes a trial, and adds what it found to the verdict."""

GROUPS: Mapping[str, Mapping[str, Case]] = {}


def try_case(group: str, name: str) -> Verdict:
    """Make one trial."""
    verdict = Verdict(group, name)
    GROUPS[group][name](verdict)
    return verdict
