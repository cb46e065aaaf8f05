"""What ``make mutants`` has found, as docs/mutants.md keeps it."""

import subprocess
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from kkmp.runner.environment import ROOT
from kkmp.runner.trials import Verdict
from kkmp.runner.wrong_changes import AREAS

HEAD = """# Wrong changes that the suite must catch

A suite is as good as what it notices. `make mutants` makes each of these small wrong changes in a
copy of the tree, one at a time, and runs the tests of the package; where they see nothing, the
whole suite without a browser. A change is caught where a test fails with it that passes without it.
They stand in `tests/mutants.toml`, word for word as they are made; a guard fails where the code has
moved on and a change no longer fits. `make mutants ARGS=cash-rounded-down` tries one.

This file is written by the command.
"""


def text(verdicts: Sequence[Verdict], *, minutes: float) -> str:
    caught = sum(one.is_caught for one in verdicts)
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    run = f"**{caught} of {len(verdicts)} caught**, {today:%Y-%m-%d}, at commit {_commit()}, in "
    return "\n".join([HEAD, f"{run}{minutes:.0f} minutes.", *_tables(verdicts), ""])


def _tables(verdicts: Sequence[Verdict]) -> Iterator[str]:
    for area in AREAS:
        rows = [one for one in verdicts if one.mutant.area == area]
        if not rows:
            continue
        yield f"\n## {area.capitalize()}\n"
        yield "| | What was changed | What it would have done | Caught by |"
        yield "|---|---|---|---|"
        yield from (f"| {' | '.join(_row(one))} |" for one in rows)


def _row(verdict: Verdict) -> tuple[str, str, str, str]:
    mutant = verdict.mutant
    files = ", ".join(f"`{change.file}`" for change in mutant.changes)
    return f"`{mutant.id}`", f"{mutant.what} ({files})", mutant.harm, _witness(verdict)


def _witness(verdict: Verdict) -> str:
    if verdict.fault:
        return f"**no verdict**: {verdict.fault}"
    if not verdict.test:
        return "**nobody: it survived**"
    beyond = " (not by the package's own tests)" if verdict.whole else ""
    return f"`{verdict.test.removeprefix('tests/').replace('|', chr(92) + '|')}`{beyond}"


def _commit() -> str:
    """Of the checkout; with a word where something in it is not committed."""
    shown = _git("log", "-1", "--format=%h") or "unknown"
    changed = _git("status", "--porcelain", "--untracked-files=no")
    return f"`{shown}`{' with changes' if changed else ''}"


def _git(*arguments: str) -> str:
    try:
        said = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.stdout.strip()
