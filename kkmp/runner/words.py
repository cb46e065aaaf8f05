"""The compiled catalogues that Django reads: made from the written ones, never committed.

``python -m kkmp.runner.words`` brings them up to date; the commands of the runner do so by
themselves. One that is up to date costs a look at two files.
"""

import os
import tempfile
from pathlib import Path

from kkmp.runner.environment import ROOT

LOCALE = ROOT / "kkmp" / "locale"


def refresh(folder: Path = LOCALE) -> list[Path]:
    """Compile each ``.po`` whose ``.mo`` is missing or was made of another; returns those made.

    A ``.mo`` carries the time of the ``.po`` that it was made of, so that going back to an older
    one is noticed too.
    """
    made = []
    for written in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target, moment = written.with_suffix(".mo"), written.stat().st_mtime_ns
        if not (target.exists() and target.stat().st_mtime_ns == moment):
            _compile(written, target, moment)
            made.append(target)
    return made


def _compile(written: Path, target: Path, moment: int) -> None:
    # Only here, since Babel takes longer to load than the look at the files.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with written.open("rb") as source:
        catalogue = read_po(source)
    # A server that reads it meanwhile finds all of the old or all of the new one.
    handle, half = tempfile.mkstemp(dir=target.parent, suffix=".new")
    try:
        with open(handle, "wb") as output:
            write_mo(output, catalogue)
        os.chmod(half, 0o644)
        os.utime(half, ns=(moment, moment))
        os.replace(half, target)
    except BaseException:
        os.unlink(half)
        raise


if __name__ == "__main__":
    refresh()
