"""``python -m tests.hostile``: everything hostile through the real program, and a table.

    python -m tests.hostile [--group G] [--only NAME] [--format FORM] [--part N/M] [--jobs J]

``--only`` takes part of a class's or a case's name. Exits with 1 on any failure.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from multiprocessing import get_context
from pathlib import Path

from tests.hostile import sinks
from tests.hostile.cases import GROUPS
from tests.hostile.forms import FIELDS, FORMS
from tests.hostile.jobs import Job, all_jobs, run_task
from tests.hostile.trials import PAINT_FACTOR, PAINT_LIMIT, Verdict, baseline


def main() -> int:
    """Run what the arguments ask for; 1 where anything failed."""
    chosen = _arguments()
    jobs = _chosen(chosen)
    if not jobs:
        print("nothing of that name")
        return 2
    verdicts: list[tuple[Job, Verdict]] = []
    # Young processes: a program's peak is told with what its parent held as it was born.
    with get_context("spawn").Pool(chosen.jobs, maxtasksperchild=40) as pool:
        kinds = sorted({(job.form, job.whole) for job in jobs if job.form})
        bases = dict(zip(kinds, pool.starmap(baseline, kinds, chunksize=1), strict=True))
        tasks = [(job, bases.get((job.form, job.whole))) for job in jobs]
        for number, done in enumerate(pool.imap_unordered(run_task, tasks), 1):
            verdicts.append(done)
            _tell(number, len(tasks), *done)
    failed = _report(verdicts)
    if chosen.json:
        _keep(verdicts, chosen.json)
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--group", choices=("texts", *GROUPS))
    parser.add_argument("--only", default="", help="part of a class's or a case's name")
    parser.add_argument("--format", default="", help="one of: " + "; ".join(FORMS))
    parser.add_argument("--part", default="1/1", help="N/M: every Mth, from the Nth on")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path, help="keep what was found and measured")
    return parser.parse_args()


def _chosen(chosen: argparse.Namespace) -> list[Job]:
    number, _, of = chosen.part.partition("/")
    fitting = [
        job
        for job in all_jobs()
        if chosen.group in (None, job.group)
        and chosen.only in job.name
        and chosen.format in ("", job.form)
    ]
    return fitting[int(number) - 1 :: int(of or 1)]


def _tell(number: int, of: int, job: Job, verdict: Verdict) -> None:
    """A line of what goes on, for whoever waits; failures stay."""
    if verdict.findings:
        print(f"FAILED {job.group}: {job.name} {job.form}", flush=True)
        for finding in verdict.findings[:6]:
            print(f"    {str(finding)[:400]}", flush=True)
    elif sys.stderr.isatty():
        print(f"\r{number} of {of}", end="", file=sys.stderr, flush=True)
    elif number % 100 == 0:
        print(f"{number} of {of}", flush=True)


def is_late(verdict: Verdict) -> bool:
    """Whether the first picture came too late, by the wide measure."""
    return verdict.paint > PAINT_LIMIT * PAINT_FACTOR


def _report(verdicts: Sequence[tuple[Job, Verdict]]) -> int:
    """The table and each failure; how many failed."""
    failures: list[tuple[Job, Verdict]] = []
    print(f"\n{'group':12} {'tried':>30} {'passed':>7} {'failed':>7}")
    for group in dict.fromkeys(job.group for job, _ in verdicts):
        some = [(job, verdict) for job, verdict in verdicts if job.group == group]
        bad = [each for each in some if each[1].findings or is_late(each[1])]
        failures += bad
        tried = _tried([job for job, _ in some])
        print(f"{group:12} {tried:>30} {len(some) - len(bad):7} {len(bad):7}")
    paints = sorted((verdict.paint, job.name, job.form) for job, verdict in verdicts)
    peaks = sorted((verdict.peak, job.name, job.form) for job, verdict in verdicts)
    print(f"\nslowest first picture: {paints[-1][0]:.2f} s ({paints[-1][1]}; {paints[-1][2]})")
    print(f"most memory: {peaks[-1][0] >> 20} MB ({peaks[-1][1]}; {peaks[-1][2]})")
    over = sum(verdict.paint > PAINT_LIMIT for _, verdict in verdicts)
    print(f"first pictures after more than {PAINT_LIMIT:.0f} s: {over}")
    print(f"processor time of the program: {sum(v.cpu for _, v in verdicts):.0f} s")
    for job, verdict in failures:
        print(f"\n{job.group}: {job.name} {job.form}\n  again: {job.again}")
        late_words = [f"first picture after {verdict.paint:.1f} s"] if is_late(verdict) else []
        for words in (*map(str, verdict.findings), *late_words):
            print(f"  {words[:600]}")
    return len(failures)


def _tried(jobs: Sequence[Job]) -> str:
    """How many trials, and of what."""
    if not jobs[0].form:
        return str(len(jobs))
    names, forms = {job.name for job in jobs}, {job.form for job in jobs}
    return f"{len(names)} x {len(forms)} x {len(FIELDS)} = {len(jobs)} files"


def _keep(verdicts: Iterable[tuple[Job, Verdict]], path: Path) -> None:
    rows = [
        {
            "group": job.group, "name": job.name, "form": job.form, "paint": verdict.paint,
            "peak": verdict.peak, "cpu": verdict.cpu, "found": [*map(str, verdict.findings)],
        }
        for job, verdict in verdicts
    ]  # fmt: skip
    path.write_text(json.dumps({"sinks": len(sinks.pressed(True)), "rows": rows}), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
