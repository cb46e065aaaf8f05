"""What ``make mutants`` has found, as docs/mutants.md keeps it: the last verdict on each change."""

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from kkmp.runner.environment import ROOT
from kkmp.runner.trials import Verdict
from kkmp.runner.wrong_changes import AREAS, Mutant

HEAD = """# Wrong changes that the suite must catch

A suite is as good as what it notices. `make mutants` makes each of these small wrong changes in a
copy of the tree, one at a time, and runs the tests of the package; where they notice nothing, the
whole suite without a browser. A change is caught where a test fails with it that passes without.
They stand in `tests/mutants.toml`, word for word as they are made; a guard fails where the code has
moved on and a change no longer fits. `make mutants ARGS=cash-rounded-down` tries that one anew.

This file is written by the command.
"""
NOT_TRIED = "not tried yet"
#: The end of a row: who has caught it, and when that was found at which commit.
_ROW = re.compile(
    r"^\| `(?P<id>[\w-]+)` \| .* \| (?P<caught>.*?) \| (?P<when>.*?) \|$", re.MULTILINE
)
_COLUMNS = ("", "What was changed", "What it would have done", "Caught by", "Tried")

#: Of a change, by its id: who has caught it, and when.
Kept = Mapping[str, tuple[str, str]]


def kept(text: str) -> dict[str, tuple[str, str]]:
    """What an earlier run has written about each mutant, by its id."""
    return {row["id"]: (row["caught"], row["when"]) for row in _ROW.finditer(text)}


def found(verdicts: Sequence[Verdict], when: str) -> dict[str, tuple[str, str]]:
    """What new verdicts say about each mutant, by its id, in the form of :func:`kept`."""
    return {one.mutant.id: (_witness(one), when) for one in verdicts}


def now() -> str:
    """The day and the checkout's commit, with a word where something is not committed."""
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    shown = _git("log", "-1", "--format=%h") or "unknown"
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs")
    return f"{today:%Y-%m-%d}, `{shown}`{' with changes' if changed else ''}"


def text(mutants: Sequence[Mutant], known: Kept) -> str:
    """The file, with a row for each change that is written down."""
    caught = sum(known.get(one.id, ("**",))[0].startswith("`") for one in mutants)
    return "\n".join(
        [HEAD, f"**{caught} of {len(mutants)} caught.**", *_tables(mutants, known), ""]
    )


def _tables(mutants: Sequence[Mutant], known: Kept) -> Iterator[str]:
    for area in AREAS:
        rows = [one for one in mutants if one.area == area]
        if rows:
            yield f"\n## {area.capitalize()}\n"
            yield _line(*_COLUMNS)
            yield "|---" * len(_COLUMNS) + "|"
            yield from (_row(one, *known.get(one.id, (f"**{NOT_TRIED}**", "–"))) for one in rows)


def _row(mutant: Mutant, caught: str, when: str) -> str:
    files = ", ".join(f"`{change.file}`" for change in mutant.changes)
    return _line(f"`{mutant.id}`", f"{mutant.what} ({files})", mutant.harm, caught, when)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _witness(verdict: Verdict) -> str:
    if verdict.fault:
        return f"**no verdict**: {verdict.fault}"
    if not verdict.test:
        return "**nobody: it survived**"
    beyond = ", not by the package's own tests" if verdict.whole else ""
    return f"`{verdict.test.removeprefix('tests/').replace('|', chr(92) + '|')}`{beyond}"


def _git(*arguments: str) -> str:
    try:
        said = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.stdout.strip()
