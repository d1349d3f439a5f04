"""A shell of one job, in a terminal: it starts it in front, and says when it was stopped.

``python -m tests.hostile.job_shell COMMAND …``; a line that comes then lets the job go on. Its
exit code is the job's.
"""

import os
import signal
import sys
import termios

STOPPED, KEPT, CHANGED = "the job is stopped", "with the settings of before", "with others"


def main() -> int:
    """Runs the job to its end."""
    # A shell may change who is in front from behind.
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    before = termios.tcgetattr(0)
    job = os.fork()
    if not job:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execvp(sys.argv[1], sys.argv[1:])
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status) % 256
        os.tcsetpgrp(0, os.getpgrp())
        kept = KEPT if termios.tcgetattr(0) == before else CHANGED
        sys.stdout.write(f"{STOPPED} {kept}\n")
        sys.stdout.flush()
        termios.tcsetattr(0, termios.TCSANOW, before)
        os.read(0, 100)
        os.tcsetpgrp(0, job)
        os.killpg(job, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(main())
