"""The table for people: what was measured, beside what was to be reached."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.results import KEY_SERIES, Results, Spread, median, percentile, ratio

SMALLEST = 120
MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: how a size's cell is told, and the most it may be by size."""

    title: str
    cell: Callable[[int], Spread | float | None]
    style: str = "{:.2f}"
    most: tuple[tuple[int, float], ...] = ()

    def target(self) -> str:
        """``1.3, 1.5 at 1,000,000``."""
        parts: list[str] = []
        for size, most in self.most:
            text = f"≤ {most:g}"
            parts.append(text if not parts else f"{text} at {size:,}")
        return ", ".join(parts)


class Table:
    """The rows for results of some sizes; ``bytes_of`` tells how large the files are."""

    def __init__(self, results: Results, sizes: list[int], bytes_of: dict[int, int]) -> None:
        self._results = results
        self._sizes = sizes
        self._bytes = bytes_of

    def markdown(self) -> str:
        """The table in Markdown, ratios first, then what they are made of."""
        head = [f"{size:,}" for size in self._sizes]
        lines = [
            "| comments | " + " | ".join([*head, "to reach"]) + " |",
            "|---" * (len(head) + 2) + "|",
        ]
        for row in [*self._ratios(), *self._absolute()]:
            cells = [self._cell(row, size) for size in self._sizes]
            if any(cells):
                lines.append(f"| {row.title} | " + " | ".join([*cells, row.target()]) + " |")
        return "\n".join(lines)

    def missed(self) -> list[str]:
        """What falls short, a line each."""
        found: list[str] = []
        for row in self._ratios():
            for size in self._sizes:
                most = next((m for s, m in reversed(row.most) if size >= s), None)
                value = _middle(row.cell(size))
                if most is not None and value is not None and value > most:
                    found.append(f"{row.title} at {size:,}: {value:.2f}, to reach {most:g}")
        return found

    def _cell(self, row: Row, size: int) -> str:
        value = row.cell(size)
        if value is None:
            return ""
        if not isinstance(value, Spread):
            return row.style.format(value)
        text = row.style.format(value.median)
        least, greatest = row.style.format(value.least), row.style.format(value.greatest)
        return text if least == greatest else f"{text} ({least}–{greatest})"

    def _ratios(self) -> list[Row]:
        return [
            Row("first frame ÷ bare Textual app", self._first_frame, most=((0, 1.25),)),
            Row(
                "complete ÷ raw msgspec",
                lambda n: self._beside(n, "opened", "complete", "msgspec"),
                most=((100_000, 3.5),),
            ),
            Row("the same, less a bare app's first frame", self._reading),
            Row("key p99 ÷ at 120", self._key_tail, most=((121, 1.2),)),
            Row("key p99 while loading, ms", self._loading_tail, "{:.0f}", ((100_000, 25),)),
            Row(
                "fold all ÷ at 120",
                lambda n: self._fold(n, "fold_all"),
                most=((121, 1.3), (MANY, 1.5)),
            ),
            Row(
                "unfold all ÷ at 120",
                lambda n: self._fold(n, "unfold_all"),
                most=((121, 1.3), (MANY, 1.5)),
            ),
            Row(
                "peak memory ÷ file",
                lambda n: self._memory(n, "opened"),
                most=((100_000, 1.5), (MANY, 1.0)),
            ),
            Row(
                "`export --format jsonl` ÷ raw msgspec",
                lambda n: self._beside(n, "export", "seconds", "msgspec"),
                "{:.1f}",
                ((100_000, 12),),
            ),
            Row(
                "its peak memory ÷ file",
                lambda n: self._memory(n, "export"),
                most=((100_000, 1.5), (MANY, 1.0)),
            ),
        ]

    def _absolute(self) -> list[Row]:
        singles = (
            ("bare Textual app, first frame, ms", "bare", "frame", 1000, "{:.0f}"),
            ("first frame, ms", "first", "frame", 1000, "{:.0f}"),
            ("complete, s", "opened", "complete", 1, "{:.2f}"),
            ("all looked through, s", "opened", "idle", 1, "{:.2f}"),
            ("peak memory of its own, MB", "opened", "anon", 1e-6, "{:.0f}"),
            ("mapped from files, MB", "opened", "file", 1e-6, "{:.0f}"),
            ("`export --format jsonl`, s", "export", "seconds", 1, "{:.2f}"),
            ("raw msgspec, s", "msgspec", "seconds", 1, "{:.3f}"),
            ("raw orjson, s", "orjson", "seconds", 1, "{:.3f}"),
            ("first frame of Textual's own tree, s", "tree", "frame", 1, "{:.2f}"),
            ("of mutt, s", "mutt", "frame", 1, "{:.2f}"),
            ("of visidata, s", "vd", "frame", 1, "{:.2f}"),
            ("of less, s", "less", "frame", 1, "{:.2f}"),
        )
        rows = [
            Row(title, self._scaled(case, name, scale), style)
            for title, case, name, scale, style in singles
        ]
        rows.insert(4, Row("key, median, ms", self._keys(50), "{:.1f}"))
        rows.insert(5, Row("key, p99, ms", self._keys(99), "{:.1f}"))
        rows.insert(6, Row("fold all, ms", self._folds("fold_all"), "{:.1f}"))
        rows.insert(7, Row("unfold all, ms", self._folds("unfold_all"), "{:.1f}"))
        return rows

    # Cells

    def _first_frame(self, size: int) -> Spread | None:
        results = self._results
        return results.over_rounds(
            lambda n: ratio(
                results.single(n, size, "first", "frame"), results.single(n, size, "bare", "frame")
            )
        )

    def _reading(self, size: int) -> Spread | None:
        """What is left of the time to complete without Python's and Textual's own start."""
        results = self._results
        if size < 100_000:
            return None

        def beside(n: int) -> float | None:
            complete = results.single(n, size, "opened", "complete")
            start = results.single(n, size, "bare", "frame")
            raw = results.single(n, size, "msgspec", "seconds")
            return None if complete is None or start is None else ratio(complete - start, raw)

        return results.over_rounds(beside)

    def _beside(self, size: int, case: str, name: str, raw: str) -> Spread | None:
        """A case's seconds over raw decoding; small files tell nothing but the start."""
        results = self._results
        if size < 100_000:
            return None
        return results.over_rounds(
            lambda n: ratio(
                results.single(n, size, case, name), results.single(n, size, raw, "seconds")
            )
        )

    def _key_tail(self, size: int) -> float | None:
        """A round has too few keys for its own tail, so all rounds' are taken together."""
        own = self._results.pooled(size, "opened", KEY_SERIES)
        small = self._results.pooled(SMALLEST, "opened", KEY_SERIES)
        return ratio(percentile(own, 99), percentile(small, 99))

    def _loading_tail(self, size: int) -> float | None:
        tail = percentile(self._results.pooled(size, "loading", ["keys"]), 99)
        return None if tail is None else tail * 1000

    def _fold(self, size: int, name: str) -> Spread | None:
        results = self._results
        return results.over_rounds(
            lambda n: ratio(
                median(results.series(n, size, "opened", [name])),
                median(results.series(n, SMALLEST, "opened", [name])),
            )
        )

    def _memory(self, size: int, case: str) -> Spread | None:
        """The program's own memory less what it takes to start, over the file's size.

        Of the screen that is a bare app's; of the export, what it holds for the smallest file.
        """
        results = self._results
        if size < 10_000:
            return None

        def one(n: int) -> float | None:
            own = results.single(n, size, case, "anon")
            start = (SMALLEST, "export") if case == "export" else (size, "bare")
            least = results.single(n, *start, "anon")
            return None if own is None or least is None else (own - least) / self._bytes[size]

        return results.over_rounds(one)

    def _scaled(self, case: str, name: str, scale: float) -> Callable[[int], Spread | float | None]:
        def cell(size: int) -> Spread | None:
            def one(n: int) -> float | None:
                value = self._results.single(n, size, case, name)
                return None if value is None else value * scale

            return self._results.over_rounds(one)

        return cell

    def _keys(self, percent: float) -> Callable[[int], Spread | float | None]:
        def cell(size: int) -> float | None:
            value = percentile(self._results.pooled(size, "opened", KEY_SERIES), percent)
            return None if value is None else value * 1000

        return cell

    def _folds(self, name: str) -> Callable[[int], Spread | float | None]:
        def cell(size: int) -> float | None:
            value = median(self._results.pooled(size, "opened", [name]))
            return None if value is None else value * 1000

        return cell


def _middle(value: Spread | float | None) -> float | None:
    return value.median if isinstance(value, Spread) else value
