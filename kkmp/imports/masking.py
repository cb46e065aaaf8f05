"""Covering identity numbers in texts that are made from rows of a file."""

import re
from collections.abc import Iterable
from dataclasses import replace

from kkmp.imports.rows import Change, Problem, Verdict
from kkmp.lib.identity import COVERED

#: A NIK, even with one or two digits missing or with marks between the digits. Telephone numbers
#: and barcodes are shorter.
_LONG = re.compile(r"['’]?\d(?:[\s.,'’`/_\-‐‑–—]{0,2}\d){13,}")
#: A NIK that a spreadsheet has turned into a number with an exponent.
_ROUNDED = re.compile(r"\b\d[.,]\d{4,}E\+?1[3-6]\b", re.IGNORECASE)


def covered(text: str) -> str:
    """The text with ``[NIK]`` in place of each identity number."""
    return _ROUNDED.sub(COVERED, _LONG.sub(COVERED, text))


def covered_verdict(verdict: Verdict) -> Verdict:
    """The verdict with the identity numbers in its words covered."""
    return replace(
        verdict,
        title=covered(verdict.title),
        detail=covered(verdict.detail),
        problems=_covered_problems(verdict.problems),
        warnings=_covered_problems(verdict.warnings),
        known_as=covered(verdict.known_as),
        changes=tuple(
            Change(one.label, covered(one.old), covered(one.new)) for one in verdict.changes
        ),
        notes=tuple(covered(note) for note in verdict.notes),
    )


def _covered_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(replace(one, message=covered(one.message)) for one in problems)
