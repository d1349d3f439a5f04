"""Things that are no files, and files that change while they are read."""

import os
import socket
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import sleep

from tests.hostile.files import (
    SIGN,
    FileCase,
    around_findings,
    data,
    try_file,
)
from tests.hostile.judge import PLAIN, Finding, judge_refusal
from tests.hostile.packings import GOOD
from tests.hostile.structures import MANY, info
from tests.hostile.surroundings import COMMAND, surroundings
from tests.hostile.terminal import run
from tests.hostile.trials import Verdict, judge_run


def _fifo(folder: Path) -> str:
    os.mkfifo(folder / "talk.json")
    return str(folder / "talk.json")


def _socket(folder: Path) -> str:
    path = folder / "s"
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))  # the whole path may be too long for a socket
    return str(path)


def _loop(folder: Path) -> str:
    (folder / "a.json").symlink_to(folder / "b.json")
    (folder / "b.json").symlink_to(folder / "a.json")
    return str(folder / "a.json")


def _link_to(target: str) -> Callable[[Path], str]:
    def make(folder: Path) -> str:
        (folder / "talk.json").symlink_to(target)
        return str(folder / "talk.json")

    return make


def _unreadable(folder: Path) -> str:
    path = data(GOOD)(folder)
    Path(path).chmod(0)
    return path


def _folder(folder: Path) -> str:
    (folder / "inner.json").mkdir()
    return str(folder / "inner.json")


def _path(path: str) -> Callable[[Path], str]:
    return lambda _: path


def _many(folder: Path) -> str:
    comments = (f'{{"id":"c{n}","parent":"root","text":"{SIGN} {n}"}}' for n in range(MANY))
    return data(info(comments))(folder)


def _change(how: str, folder: Path) -> None:
    """Do something to the file that is on the screen."""
    path = folder / "talk.json"
    if how == "vanishes":
        path.unlink()
    elif how == "shrinks":
        os.truncate(path, 100)
    elif how == "turns into a folder":
        path.unlink()
        path.mkdir()
    else:
        with path.open("ab") as file:
            file.write(b"\x1b]52;c;AAAA\x07" * 1_000_000)


def _growing(verdict: Verdict) -> None:
    """A file to which something is written for as long as it is read."""
    with surroundings() as around:
        name = _many(around.work)
        over = threading.Event()

        def grow() -> None:
            with Path(name).open("ab") as file:
                while not over.is_set() and file.tell() < 200_000_000:
                    file.write(b'{"id":"x"},' * 10_000)
                    sleep(0.01)

        thread = threading.Thread(target=grow)
        thread.start()
        ended = run((*COMMAND, "show", name), around.environment(), around.work)
        over.set()
        thread.join()
        verdict.peak, verdict.cpu = ended.peak, ended.cpu
        verdict.add("show", judge_run(ended, PLAIN))
        verdict.add("beside", around_findings(around))


def _piped(content: bytes | None, codes: Sequence[int], verdict: Verdict) -> None:
    """Through standard input; ``None`` is /dev/zero."""
    for words in (("show", "-"), ("export", "-"), ("-",)):
        with surroundings() as around:
            source = around.folder / "piped"
            source.write_bytes(content or b"")
            with Path("/dev/zero" if content is None else source).open("rb") as file:
                command = (*COMMAND, *words)
                ended = run(command, around.environment(), around.work, piped=file.fileno())
            verdict.peak = max(verdict.peak, ended.peak)
            verdict.cpu += ended.cpu
            found = judge_run(ended, PLAIN, codes=codes)
            verdict.add(" ".join(words), found or judge_refusal(ended.output))
            verdict.add("beside", around_findings(around))


def _written_to(out: str, verdict: Verdict) -> None:
    """An export to a place that cannot take it: refused, and nothing is half there."""
    with surroundings() as around:
        name = data(GOOD)(around.work)
        (around.work / "folder").mkdir()
        before = sorted(path.name for path in around.work.iterdir())
        command = (*COMMAND, "export", name, "-o", out)
        ended = run(command, around.environment(), around.work)
        verdict.add(f"-o {out}", judge_run(ended, PLAIN, codes=(2,)) or judge_refusal(ended.output))
        if sorted(path.name for path in around.work.iterdir()) != before:
            verdict.add(f"-o {out}", [Finding("something is left in the folder")])
        if Path(name).read_text(encoding="utf-8") != GOOD:
            verdict.add(f"-o {out}", [Finding("the file that was read is changed")])


def _to_full(verdict: Verdict) -> None:
    """Output to a full disk: one line, exit 2."""
    with surroundings() as around:
        name = data(GOOD)(around.work)
        for way in ("show", "export"):
            script = 'exec "$@" > /dev/full'
            command = ("/bin/sh", "-c", script, "sh", *COMMAND, way, name)
            ended = run(command, around.environment(), around.work)
            verdict.add(way, judge_run(ended, PLAIN, codes=(2,)) or judge_refusal(ended.output))


REFUSED = {
    "/dev/zero": _path("/dev/zero"),
    "/dev/full": _path("/dev/full"),
    "/dev/random": _path("/dev/random"),
    "/dev/null": _path("/dev/null"),
    "/dev/tty": _path("/dev/tty"),
    "/dev/stdin": _path("/dev/stdin"),
    "/proc/self/mem": _path("/proc/self/mem"),
    "a link to a device": _link_to("/dev/zero"),
    "a pipe without a writer": _fifo,
    "a socket": _socket,
    "a loop of links": _loop,
    "a link to nothing": _link_to("nowhere"),
    "nothing": _path("nowhere.json"),
    "an empty name": _path(""),
    "a name too long": _path("x" * 300),
    "a path too long": _path("x/" * 3000),
}

DEVICES: dict[str, Callable[[Verdict], None]] = {
    **{
        name: lambda verdict, make=make: try_file(verdict, FileCase(make, opens=False))
        for name, make in REFUSED.items()
        if name != "an empty name"
    },
    "an empty name": lambda verdict: try_file(
        verdict, FileCase(_path(""), opens=False, ways=("show", "export"))
    ),
    "a folder": lambda verdict: try_file(
        verdict, FileCase(_folder, opens=False, ways=("show", "export"))
    ),
    **{
        f"a file that {how}": lambda verdict, how=how: try_file(
            verdict, FileCase(_many, True, ("screen",), during=partial(_change, how))
        )
        for how in ("vanishes", "shrinks", "turns into a folder", "grows")
    },
    "a file that grows for ever": _growing,
    "a pipe of zeros": partial(_piped, None, (2,)),
    "a pipe of nothing": partial(_piped, b"", (2,)),
    "a pipe of sequences": partial(_piped, b"\x1b]52;c;AAAA\x07" * 1000, (2,)),
    **{
        f"an export to {out}": partial(_written_to, out)
        for out in ("folder", "nowhere/out.json", "talk.json", "x" * 300, "", "/dev/full/x")
    },
    "output to a full disk": _to_full,
}
if os.name == "posix" and os.geteuid() != 0:  # root reads all
    DEVICES["a file that may not be read"] = lambda verdict: try_file(
        verdict, FileCase(_unreadable, opens=False)
    )
