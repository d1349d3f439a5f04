"""``python -m tests.bench``: measures, prints a table, and writes all figures to a JSON file.

Rounds are interleaved, and every ratio is between runs of one round. With ``--keep`` the
files that are read stay in that folder for the next time.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tests.bench import cases, downloads
from tests.bench.cases import Figures
from tests.bench.formats import made
from tests.bench.profile import STAGES, profile
from tests.bench.results import Results
from tests.bench.table import SMALLEST, Table

SIZES, SMALL_SIZES = "120,10000,100000,1000000", "120,10000"
FIRST_FRAMES = 3
"""Starts a round, of the program and of a bare app in turn: the figure varies most."""
MOST_FOR_TREE = 100_000
"""Textual's own tree takes minutes and gigabytes for more."""
CASES = (
    "bare", "first", "msgspec", "opened", "export", "loading", "orjson", "tree",
    "mutt", "vd", "less",
)  # fmt: skip
Case = tuple[str, Callable[[], Figures]]


def main() -> int:
    """Runs the benchmark; the exit code is 1 when a program did not do what was measured."""
    asked = _arguments()
    sizes = sorted({int(size) for size in asked.sizes.split(",")})
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        folder = folder.resolve()
        env = cases.environment(folder)
        try:
            if asked.profile:
                profile(asked.profile, made(folder, sizes[-1]), sizes[-1], env, folder)
                return 0
            if asked.formats:
                return _measure_formats(sizes[-1], folder, env)
            return _measure(asked, sizes, folder, env)
        except cases.WrongResultError as error:
            sys.stderr.write(f"{error}\n")
            return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of comments ({SIZES})")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cases", metavar="NAME,NAME", help=f"only these of {', '.join(CASES)}")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the data here")
    parser.add_argument("--small", action="store_true", help=f"one round of {SMALL_SIZES}")
    parser.add_argument("--formats", action="store_true", help="every other format, at one size")
    parser.add_argument("--profile", choices=list(STAGES), help="of the largest size; no table")
    asked = parser.parse_args()
    if asked.small:
        asked.sizes, asked.rounds = SMALL_SIZES, 1
    return asked


def _measure(asked: argparse.Namespace, sizes: list[int], folder: Path, env: dict[str, str]) -> int:
    if SMALLEST not in sizes:
        sizes = [SMALLEST, *sizes]
    paths = {size: made(folder, size) for size in sizes}
    _warm_up(paths[SMALLEST], env)
    results, failed = _rounds(asked, paths, folder, env)
    sizes_in_bytes = {size: path.stat().st_size for size, path in paths.items()}
    table = Table(results, sizes, sizes_in_bytes)
    machine = _machine()
    sys.stdout.write(f"{table.markdown()}\n\n{', '.join(machine.values())}; ")
    sys.stdout.write(f"{asked.rounds} rounds, medians (least–greatest)\n")
    sys.stdout.writelines(f"falls short: {line}\n" for line in table.missed())
    if asked.json is not None:
        told = {
            "machine": machine,
            "sizes": sizes_in_bytes,
            "missed": table.missed(),
            "failed": failed,
            "table": table.markdown(),
            "rounds": [
                {n: {c: [asdict(f) for f in ran] for c, ran in by.items()} for n, by in one.items()}
                for one in results.rounds
            ],
        }
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    sys.stderr.writelines(f"failed: {line}\n" for line in failed)
    return 1 if failed else 0


def _measure_formats(size: int, folder: Path, env: dict[str, str]) -> int:
    _warm_up(made(folder, SMALLEST), env)
    sys.stdout.write(f"{downloads.HEAD}\n")
    for form in downloads.FORMS:
        _tell(form)
        line = downloads.row(form, size, folder, env)
        _tell("")
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    sys.stdout.write(f"\n{size:,} comments; {', '.join(_machine().values())}\n")
    return 0


def _rounds(
    asked: argparse.Namespace, paths: dict[int, Path], folder: Path, env: dict[str, str]
) -> tuple[Results, list[str]]:
    """Everything that was asked for, and what failed: that does not end the rest."""
    wanted = set(asked.cases.split(",") if asked.cases else CASES)
    results, failed = Results(), list[str]()
    for number in range(asked.rounds):
        for size, path in paths.items():
            for name, run in _cases(size, path, folder, env):
                if name not in wanted:
                    continue
                _tell(f"round {number + 1} of {asked.rounds}, {size:,} comments: {name}")
                try:
                    results.add(number, size, name, run())
                except cases.WrongResultError as error:
                    failed.append(f"{name} of {size:,}: {error}")
    _tell("")
    return results, failed


def _warm_up(path: Path, env: dict[str, str]) -> None:
    """The first start compiles modules and reads them from the disk: not counted."""
    for _ in range(2):
        cases.bare(env)
        cases.opened(path, SMALLEST, env)
    cases.exported(path, env)


def _cases(size: int, path: Path, folder: Path, env: dict[str, str]) -> list[Case]:
    """One round of one size, in the order of running."""
    runs: list[Case] = []
    for _ in range(FIRST_FRAMES):
        runs.append(("bare", lambda: cases.bare(env)))
        runs.append(("first", lambda: cases.opened_only(path, env)))
    runs.append(("msgspec", lambda: cases.decoded(path, "msgspec", env)))
    runs.append(("opened", lambda: cases.opened(path, size, env)))
    runs.append(("msgspec", lambda: cases.decoded(path, "msgspec", env)))
    runs.append(("export", lambda: cases.exported(path, env)))
    runs.append(("loading", lambda: cases.keys_while_loading(path, size, env)))
    if find_spec("orjson") is not None:
        runs.append(("orjson", lambda: cases.decoded(path, "orjson", env)))
    if size <= MOST_FOR_TREE:
        runs.append(("tree", lambda: cases.textual_tree(path, size, env)))
    for name, run in cases.others(folder).items():
        runs.append((name, lambda run=run: run(size, env)))
    return runs


def _machine() -> dict[str, str]:
    """What the figures come from."""
    model, memory = platform.processor() or platform.machine(), ""
    if (cpus := Path("/proc/cpuinfo")).exists():
        names = [x.partition(":")[2] for x in cpus.read_text().splitlines() if "model name" in x]
        model = names[0].strip() if names else model
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        memory = f"{pages / 1e9:.0f} GB of memory"
    return {
        "processor": f"{os.cpu_count()} cores of {model}",
        "memory": memory or "memory unknown",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"Python {platform.python_version()}",
        "textual": f"Textual {version('textual')}",
        "msgspec": f"msgspec {version('msgspec')}",
    }


def _tell(text: str) -> None:
    """Say how far it is, on a terminal only."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
