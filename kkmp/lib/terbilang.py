"""Amounts in words, as receipts carry them. Always Indonesian: the document is."""

import re

from num2words import num2words

#: num2words writes "satu ribu" inside a larger number, and misspells 10^18.
_ONE_THOUSAND = re.compile(r"\b(juta|miliar|triliun|kuadriliun|kuintiliun) satu ribu\b")


def terbilang(amount_idr: int) -> str:
    """``satu juta dua ratus lima puluh ribu rupiah``; below zero it starts with ``minus``."""
    words = str(num2words(abs(amount_idr), lang="id")).replace("kuantiliun", "kuintiliun")
    words = _ONE_THOUSAND.sub(r"\1 seribu", words)
    return f"{'minus ' if amount_idr < 0 else ''}{words} rupiah"
