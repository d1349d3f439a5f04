"""Asked to leave from outside, the program is gone, whatever holds it up."""

import signal
import subprocess
import sys

import pytest

HELD_UP = """
import asyncio, time
from tui import leaving

leaving.PATIENCE = 0.2

async def main():
    leaving.leave_on_signals(lambda code: time.sleep(60))
    print("ready", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the signals are POSIX's")
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_what_holds_up_the_leaving_does_not_hold_the_process(name: str, code: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HELD_UP], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(getattr(signal, name))
        assert process.wait(timeout=30) == code
