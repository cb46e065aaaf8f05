"""What ``docs/permissions.md`` says, read from the document and not from the code."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

COOPERATIVES = "Pages of a cooperative", "The API of a cooperative"
WITHIN = "Within a page or an operation"


@dataclass(frozen=True)
class Right:
    """Who reaches an address by some of its methods.

    :param roles: names of roles; ``everybody`` or ``signed in`` stand alone
    """

    chapter: str
    name: str
    methods: tuple[str, ...]
    permission: str
    roles: frozenset[str]

    @property
    def is_api(self) -> bool:
        return "API" in self.chapter


def path() -> Path:
    return Path(settings.BASE_DIR, "docs", "permissions.md")


@cache
def chapters() -> dict[str, list[dict[str, str]]]:
    """The rows of the tables of each chapter, by their columns."""
    found: dict[str, list[dict[str, str]]] = {}
    columns: list[str] = []
    title = ""
    for line in path().read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            title, columns = line.lstrip("# "), []
            found[title] = []
        elif not line.startswith("|"):
            columns = []
        elif not columns:
            columns = _cells(line)
        elif not line.startswith("|---"):
            found[title].append(dict(zip(columns, _cells(line), strict=True)))
    return found


@cache
def of_addresses() -> dict[str, list[Right]]:
    """The rights of each address, by its route."""
    found: dict[str, list[Right]] = {}
    for title, rows in chapters().items():
        for row in rows:
            if row.keys() >= {"Address", "Methods", "Roles"}:
                methods = tuple(words(row["Methods"]))
                right = Right(title, row["Name"], methods, row["Permission"], _roles(row))
                found.setdefault(row["Address"].removeprefix("/"), []).append(right)
    return found


@cache
def whole_pages() -> dict[str, frozenset[str]]:
    """Pages for whoever is signed in that ask for a permission all the same: their roles."""
    rows = chapters()[WITHIN]
    return {row["Where"]: _roles(row) for row in rows if row["What"] == "the page"}


def words(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(",") if word.strip()]


def _roles(row: dict[str, str]) -> frozenset[str]:
    return frozenset(words(row["Roles"]))


def _cells(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
