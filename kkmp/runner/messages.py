"""Compiled translations. They are built, not kept in git, and without GNU gettext."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kkmp.runner.environment import ROOT


def compile_catalogues(root: Path = ROOT / "kkmp" / "locale") -> int:
    """Compile each catalogue that is newer than its compiled form; returns how many."""
    done = 0
    for source in root.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parts[-3])
        half = target.with_suffix(".mo.new")
        with half.open("wb") as compiled:
            write_mo(compiled, catalogue)
        half.replace(target)
        done += 1
    return done
