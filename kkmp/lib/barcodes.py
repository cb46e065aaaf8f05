"""One form for the barcode that is read as UPC-A, EAN-13 or with its zeros lost.

``089686010954`` on the packet is ``0089686010954`` for a camera and 89686010954 for a spreadsheet.
The till reads codes alike (``js/till/rules/codes.js``).
"""

import re

from stdnum import ean

_LENGTH = 13
#: From this many digits on a code that lost its leading zeros is known by its check digit.
_SHORTEST = 9


def normal_code(text: str) -> str:
    """A code in the form in which codes are compared: thirteen digits, or what it is."""
    code = "".join(text.split()).upper()
    if not re.fullmatch(r"\d+", code, re.ASCII):
        return code
    digits = code.lstrip("0").zfill(_LENGTH)
    if len(digits) > _LENGTH or len(code) < _SHORTEST:
        return code
    is_whole = len(code) in (12, _LENGTH, 14)
    return digits if is_whole or ean.is_valid(digits) else code


def spellings(text: str) -> list[str]:
    """Every way in which the same code may have been kept, as it was typed first."""
    code = "".join(text.split())
    normal = normal_code(code)
    bare = normal.lstrip("0")
    same = {bare.zfill(length) for length in range(max(_SHORTEST, len(bare)), 15)}
    return [code, *sorted(one for one in same - {code} if normal_code(one) == normal)]
