"""Parses one spreadsheet in a process of its own, which may die of it.

Run as a script: the file comes by standard input, the most rows and columns as arguments, and
JSON goes out: ``{"sheets": [[name, [[row number, [cell, …]], …]], …]}`` or ``{"error": …}``.
A few bytes of a file can claim a table of seventeen billion cells; the limits below then end
this process, and nobody else notices.
"""

import contextlib
import datetime
import io
import json
import resource
import sys

from python_calamine import CalamineWorkbook, PasswordError

MEMORY_BYTES = 1024**3
CPU_SECONDS = 20
MAX_CHARACTERS = 10_000_000
MAX_SHEETS = 20


def main() -> None:
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        # Some systems do not know all of these limits.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))
    json.dump(_read(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2])), sys.stdout)


def _read(content: bytes, max_rows: int, max_columns: int) -> dict[str, object]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names[:MAX_SHEETS]
        budget = [max_rows, MAX_CHARACTERS]
        return {
            "sheets": [
                [name, _rows(book.get_sheet_by_name(name), budget, max_columns)] for name in names
            ]
        }
    except PasswordError:
        return {"error": "locked"}
    except _Refused as refusal:
        return {"error": str(refusal)}


class _Refused(Exception):
    """The word that tells why."""


def _rows(sheet: object, budget: list[int], max_columns: int) -> list[list[object]]:
    """Rows with something in them, numbered as the spreadsheet shows them.

    :param budget: rows and characters that may still be read, over all sheets
    """
    rows = []
    for number, values in enumerate(sheet.iter_rows(), start=1):  # type: ignore[attr-defined]
        cells = [_plain(value) for value in values]
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            continue
        budget[0] -= 1
        budget[1] -= sum(len(cell) for cell in cells if isinstance(cell, str))
        if budget[0] < 0:
            raise _Refused("rows")
        if len(cells) > max_columns:
            raise _Refused("columns")
        if budget[1] < 0:
            raise _Refused("broken")
        rows.append([number, cells])
    return rows


def _plain(value: object) -> str | int | float:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float | int):
        # Infinity and "not a number" are no JSON.
        return value if abs(value) < 1e300 else ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value).strip()


if __name__ == "__main__":
    main()
