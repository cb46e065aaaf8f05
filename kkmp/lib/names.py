"""Names of people as they are written properly: ``DRS. INDAH, S.I.KOM`` is ``Drs. Indah, S.I.Kom``.

What somebody has written with care stays as it is; only names all in capitals or all in small
letters are set anew, with their titles and degrees.
"""

import re

#: Titles before a name that are not simply a capital and small letters.
_TITLES = {
    "R.M.": "R.M.",
    "R.A.": "R.A.",
    "R.R.": "R.R.",
    "R.NGT.": "R.Ngt.",
    "KH.": "KH.",
    "K.H.": "K.H.",
    "DRG.": "drg.",
    "BIN": "bin",
    "BINTI": "binti",
    "II": "II",
    "III": "III",
    "IV": "IV",
}
#: Parts of degrees that are abbreviations of several words: S.IP, M.TI, S.ST, S.TP, S.KM.
_CAPITALS = {"IP", "TI", "ST", "TP", "KM", "MT", "MBA", "BBA", "SH", "SE", "MM", "MH", "SKM"}


def tidy_name(text: str) -> str:
    """The name without stray spaces, in proper case where it had none.

    After the first comma come degrees. A physician's ``dr.`` written in capitals cannot be told
    from a doctorate and becomes ``Dr.``.
    """
    written = re.sub(r"\s+([,.])", r"\1", " ".join(text.split()).strip("'\"").strip())
    if not (written.isupper() or written.islower()):
        return written
    name, comma, degrees = written.partition(",")
    words = [_word(word) for word in name.split()]
    return " ".join(words) + comma + re.sub(r"[^\s,]+", lambda m: _degree(m[0]), degrees)


def _word(word: str) -> str:
    shouted = word.upper()
    if shouted in _TITLES:
        return _TITLES[shouted]
    # Letters after an apostrophe stay small (Ma'ruf), after a dot or hyphen they do not.
    return re.sub(r"[^\W\d_]+(?:['’`][^\W\d_]+)*", lambda m: m[0].capitalize(), word)


def _degree(degree: str) -> str:
    parts = degree.upper().split(".")
    return ".".join(part if part in _CAPITALS else part.capitalize() for part in parts)
