"""Feeds changed files and texts to every reader and analyser, and keeps what breaks them.

``python -m tests.hostile.fuzz [TARGET …] [--seconds S | --runs N] [--seed K] [--out FOLDER]``.
The same seed tries the same inputs, as far as the time goes. A find is made as small as may be
and written to the folder, with a line that repeats it; once it is mended it goes to ``corpus``.
"""

import argparse
import contextlib
import json
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Generator, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.hostile.fuzz_mutate import Mutator
from tests.hostile.fuzz_shrink import shrunk
from tests.hostile.fuzz_targets import Case, Target, Watch, all_targets

CORPUS = Path(__file__).parent / "corpus"
"""``<target>/<what it was>[-b<block>].bin``: finds that were mended."""

_FREE_SECONDS = 0.4
_SECONDS_A_BYTE = 8e-6
"""Time that is allowed: about eight times what a usual file takes."""
_SECONDS_A_LOOK = 1e-8
"""The same for each byte of what does not end in a block, and is looked at again with the next."""
_ENOUGH_SECONDS = 20
"""Of the processor's time; what takes longer is taken for a hang."""
_FREE_BYTES = 100 * 1024**2
_BYTES_A_BYTE = 300
"""Memory by which one input may raise the most that was ever held."""
_MOST_KEPT = 600
_FROM_SEEDS = 0.3
"""The share of inputs that are made of the seeds, not of what came later."""


class Hang(BaseException):
    """It does not end; no part of the product may take this for an error of its own."""


class Slow(AssertionError):
    """It takes longer than its length allows."""


class Swollen(AssertionError):
    """It takes more memory than its length allows."""


@dataclass
class Find:
    """What broke: ``key`` is the same for the same trouble."""

    target: str
    key: str
    case: Case
    told: str
    seed: int
    run: int


@dataclass
class Report:
    """What came of a target."""

    target: str
    seed: int
    executions: int = 0
    seconds: float = 0.0
    kept: int = 0
    finds: list[Find] = field(default_factory=list["Find"])


def attempt(target: Target, case: Case) -> Hashable:
    """Runs one input; raises whatever is wrong."""
    before = _memory()
    watch = Watch()
    with _bounded():
        said = target.run(case, watch)
    length = len(case.data)
    allowed = _FREE_SECONDS + _SECONDS_A_BYTE * length
    if case.block:
        allowed += _SECONDS_A_LOOK * length * length / case.block
    if watch.seconds > allowed:
        _check_time(target, case, allowed)
    grown = _memory() - before
    if grown > _FREE_BYTES + _BYTES_A_BYTE * length:
        raise Swollen(f"{grown >> 20} MB for {length} bytes")
    return said


def _check_time(target: Target, case: Case, allowed: float) -> None:
    """Measures again: a machine that is busy elsewhere makes anything slow once."""
    watch = Watch()
    for _ in range(3):
        watch = Watch()
        with _bounded():
            target.run(case, watch)
        if watch.seconds <= allowed:
            return
    raise Slow(f"{watch.seconds:.1f} s for {len(case.data)} bytes")


def _memory() -> int:
    """The most that this process ever held, in bytes; 0 where that cannot be told."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


@contextlib.contextmanager
def _bounded() -> Generator[None]:
    """Ends what does not end, where the system can do that."""
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not timed:
        yield
        return

    def ring(*_: object) -> None:
        raise Hang(f"more than {_ENOUGH_SECONDS} s")

    old = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, _ENOUGH_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, old)


def trouble(target: Target, case: Case) -> tuple[str, str] | None:
    """A key and a description of what is wrong with an input; ``None`` when all is well."""
    try:
        attempt(target, case)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever a target raises is a find
        return _key(error), "".join(traceback.format_exception(error, limit=-12))
    return None


def _key(error: BaseException) -> str:
    """The kind of trouble: its type, its words, and the last place in the product."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if "/parser/" in frame.filename.replace("\\", "/")]
    place = f"{Path(inside[-1].filename).name}:{inside[-1].name}" if inside else "-"
    words = "".join(letter for letter in str(error)[:60] if letter.isalpha() or letter == " ")
    if isinstance(error, (Hang, Slow, Swollen, RecursionError, MemoryError)):
        words = place = ""
    return f"{type(error).__name__} {place} {words.strip()}".strip()


def fuzz(target: Target, seed: int, *, runs: int | None = None, seconds: float = 0) -> Report:
    """Tries a target: so many ``runs``, or else for ``seconds`` of the clock."""
    rng = Random(f"{target.name} {seed}")
    pool = list(target.seeds())
    first = len(pool)
    mutator = Mutator(rng, pool, target.words(), is_json=target.is_json)
    report = Report(target.name, seed)
    seen: set[Hashable] = set()
    keys: set[str] = set()
    start = time.monotonic()
    while _goes_on(report, runs, start, seconds):
        if report.executions < first:
            data = pool[report.executions]
        else:
            latest = len(pool) if rng.random() > _FROM_SEEDS else first
            data = mutator.mutated(pool[rng.randrange(latest)])
        case = Case(data, rng.choice(target.blocks))
        report.executions += 1
        try:
            said = attempt(target, case)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever a target raises is a find
            key = _key(error)
            if key not in keys:
                keys.add(key)
                told = "".join(traceback.format_exception(error, limit=-12))
                report.finds.append(Find(target.name, key, case, told, seed, report.executions))
            continue
        if said not in seen:
            seen.add(said)
            _keep(pool, data, first, rng)
    report.seconds = time.monotonic() - start
    report.kept = len(pool) - first
    return report


def _goes_on(report: Report, runs: int | None, start: float, seconds: float) -> bool:
    if runs is not None:
        return report.executions < runs
    return time.monotonic() - start < seconds


def _keep(pool: list[bytes], data: bytes, first: int, rng: Random) -> None:
    """Puts what said something new into the pool, which has its bounds."""
    if len(pool) < first + _MOST_KEPT:
        pool.append(data)
    else:
        pool[rng.randrange(first, len(pool))] = data


def corpus_of(target: str) -> list[Path]:
    """The finds of a target that were mended."""
    return sorted((CORPUS / target).glob("*.bin"))


def case_in(path: Path) -> Case:
    """A find as it was kept."""
    _, mark, block = path.stem.rpartition("-b")
    return Case(path.read_bytes(), int(block) if mark and block.isdigit() else 0)


def _write(find: Find, out: Path) -> Path:
    """Keeps a find, made small, with what it says."""
    target = all_targets()[find.target]
    case = shrunk(find.case, lambda one: (trouble(target, one) or ("",))[0] == find.key)
    folder = out / find.target
    folder.mkdir(parents=True, exist_ok=True)
    words = "_".join("".join(c if c.isalnum() else " " for c in find.key).lower().split())[:60]
    path = folder / f"{words}{f'-b{case.block}' if case.block else ''}.bin"
    path.write_bytes(case.data)
    told = (trouble(target, case) or ("", find.told))[1]
    repeat = f"python -m tests.hostile.fuzz {find.target} --runs {find.run} --seed {find.seed}"
    path.with_suffix(".txt").write_text(f"{find.key}\n{repeat}\n\n{told}", encoding="utf-8")
    return path


def _commit() -> str | None:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parent,
        )
        return told.stdout.strip()
    return None


def _tell(report: Report, out: Path | None) -> None:
    said = f"{report.target:14} {report.seconds:7.1f} s {report.executions:8} executions"
    print(f"{said} {report.kept:4} kept {len(report.finds):3} finds", flush=True)
    for find in report.finds:
        path = _write(find, out) if out else None
        print(f"  {find.key}: {path or find.told}", flush=True)
    if out is None:
        return
    line = {
        "target": report.target,
        "seconds": round(report.seconds, 1),
        "executions": report.executions,
        "finds": [find.key for find in report.finds],
        "seed": report.seed,
        "commit": _commit(),
    }
    with (out / "report.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def _again(target: Target, path: Path) -> bool:
    """Runs one file; whether all is well."""
    found = trouble(target, case_in(path))
    print(found[1] if found else "all is well")
    return found is None


def main(arguments: list[str] | None = None) -> int:
    """0 when nothing broke."""
    targets = all_targets()
    options = argparse.ArgumentParser(description="Feeds changed inputs to readers and analysers.")
    options.add_argument(
        "targets", nargs="*", metavar="TARGET", help="all of them if none is named"
    )
    options.add_argument("--seconds", type=float, default=60, help="for each target; 60")
    options.add_argument("--runs", type=int, help="executions of each target instead")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=Path, help="where finds and report.jsonl go")
    options.add_argument("--again", type=Path, help="run one file that was kept")
    chosen = options.parse_args(arguments)
    unknown = set(chosen.targets) - set(targets)
    if unknown:
        options.error(
            f"no such target: {', '.join(sorted(unknown))}; there are: {', '.join(targets)}"
        )
    if chosen.out:
        chosen.out.mkdir(parents=True, exist_ok=True)
    names: list[str] = chosen.targets or list(targets)
    if chosen.again:
        return 0 if _again(targets[names[0]], chosen.again) else 1
    broken = 0
    for name in names:
        report = fuzz(targets[name], chosen.seed, runs=chosen.runs, seconds=chosen.seconds)
        _tell(report, chosen.out)
        broken += len(report.finds)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
