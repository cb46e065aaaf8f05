"""Find a Python that is new enough and start the installation with it.

Whatever Python the machine has may start this file, so it must parse on an old one.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main() -> int:
    if sys.version_info >= OLDEST:
        sys.path[0] = ROOT
        from kkmp.runner import installation

        return installation.main(sys.argv[1:])
    for minor in range(20, OLDEST[1] - 1, -1):
        path = shutil.which(f"python3.{minor}")
        # A name on the PATH may be a version manager's stand-in that starts nothing.
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(path, [path, os.path.abspath(__file__)] + sys.argv[1:])  # noqa: RUF005
    this = ".".join(map(str, sys.version_info[:2]))
    print(
        f"kkmp: Python 3.11 or newer is needed and this is {this}: install one, or name one "
        "with PYTHON=/path/to/python make run",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
