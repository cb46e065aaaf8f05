"""Begins a program of ours with little memory and time; see :mod:`kkmp.lib.apart`.

Run as a script, with megabytes, seconds, the program and its arguments. The clock's limit holds
here as well, so that nothing works on for somebody who has been ended.
"""

import contextlib
import resource
import runpy
import signal
import sys


def main() -> None:
    memory_mb, seconds, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    for what, limit in (
        (resource.RLIMIT_AS, memory_mb * 1024**2),
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        # Some systems do not know all of these limits.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))
    # Where the machine has too little for all, this is the process that it can do without.
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")
    signal.alarm(seconds + 1)
    sys.argv = sys.argv[3:]
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main()
