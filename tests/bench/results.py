"""Figures of all rounds, and the ratios between them: always within one round."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.bench.cases import STEP, Figures

KEY_SERIES = (STEP, "ctrl+d", "ctrl+u", "}", "k", "G", "g")
"""The keys that go about in the tree; unfolding and folding all stand apart."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure's median over the rounds, its least and its greatest."""

    median: float
    least: float
    greatest: float


@dataclass(slots=True)
class Results:
    """``rounds[n][size][case]``: what each case gave, in the order of the rounds."""

    rounds: list[dict[int, dict[str, list[Figures]]]] = field(
        default_factory=list[dict[int, dict[str, list[Figures]]]]
    )

    def add(self, number: int, size: int, case: str, figures: Figures) -> None:
        while len(self.rounds) <= number:
            self.rounds.append({})
        self.rounds[number].setdefault(size, {}).setdefault(case, []).append(figures)

    def single(self, number: int, size: int, case: str, name: str) -> float | None:
        """One figure of one round: the median where the case ran several times."""
        ran = self.rounds[number].get(size, {}).get(case, [])
        values = [each.single[name] for each in ran if name in each.single]
        return statistics.median(values) if values else None

    def series(self, number: int, size: int, case: str, names: Iterable[str]) -> list[float]:
        """The times of these keys in one round, together."""
        ran = self.rounds[number].get(size, {}).get(case, [])
        return [value for each in ran for name in names for value in each.series.get(name, [])]

    def over_rounds(self, figure: Callable[[int], float | None]) -> Spread | None:
        """What a figure comes to over all rounds that have it."""
        values = [v for n in range(len(self.rounds)) if (v := figure(n)) is not None]
        if not values:
            return None
        return Spread(statistics.median(values), min(values), max(values))

    def pooled(self, size: int, case: str, names: Iterable[str]) -> list[float]:
        """The times of these keys in all rounds: a round has too few for its own tail."""
        wanted = tuple(names)
        return [
            v for n in range(len(self.rounds)) for v in self.series(n, size, case, wanted)
        ]  # fmt: skip


def ratio(above: float | None, below: float | None) -> float | None:
    """A quotient, where both are there."""
    return None if above is None or not below else above / below


def percentile(values: list[float], percent: float) -> float | None:
    """The value below which so many of a hundred lie, between neighbours in proportion."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = ordered[min(low + 1, len(ordered) - 1)]
    return ordered[low] + (high - ordered[low]) * (place - low)


def median(values: list[float]) -> float | None:
    return percentile(values, 50)
