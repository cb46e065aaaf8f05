"""Pages of a long list that go on after a row, so that a late page costs what the first one costs.

A page is named by the row that it follows or comes before, not by its number: what lies before it
is neither counted nor skipped. ``order`` are fields of one direction, the last of them unique.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet

from kkmp.lib.existing import of_kind

M = TypeVar("M", bound=Model, covariant=True)
_AFTER, _BEFORE, _BETWEEN = "after", "before", "~"


class KeysetPage(Generic[M]):
    """Some rows of a list, with the words that name the pages beside them.

    ``next`` and ``previous`` are empty where there is none.
    """

    def __init__(self, rows: list[M], *, next: str, previous: str) -> None:
        self.object_list = rows
        self.next, self.previous = next, previous

    def __iter__(self) -> Iterator[M]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

    @property
    def is_keyset(self) -> bool:
        return True


def page(rows: QuerySet[M], order: Sequence[str], *, size: int, given: str | None) -> KeysetPage[M]:
    """The page that an address names; the first one where it names none.

    :param order: such as ``("-date", "-number")``
    :param given: what the address says; nonsense is nothing
    """
    way, values = _read(rows.model, order, given)
    back = way == _BEFORE
    shown = [_turned(name) for name in order] if back else list(order)
    found = rows.order_by(*shown)
    if values:
        found = found.filter(_beyond(shown, values))
    some = list(found[: size + 1])
    has_more, some = len(some) > size, some[:size]
    if back:
        some.reverse()
    has_next = bool(some) and (has_more or back)
    has_previous = bool(some) and ((back and has_more) or (way == _AFTER))
    return KeysetPage(
        some,
        next=_written(_AFTER, some[-1], order) if has_next else "",
        previous=_written(_BEFORE, some[0], order) if has_previous else "",
    )


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """What comes after a row; the first field alone bounds what an index has to read."""
    descending = order[0].startswith("-")
    names = [name.lstrip("-") for name in order]
    strictly, equally = ("lt", "lte") if descending else ("gt", "gte")
    found = Q()
    for at in reversed(range(len(names))):
        here = Q(**{f"{names[at]}__{strictly}": values[at]})
        found = here | (Q(**{names[at]: values[at]}) & found) if found else here
    return Q(**{f"{names[0]}__{equally}": values[0]}) & found


def _written(way: str, row: Model, order: Sequence[str]) -> str:
    values = [_value(row, name.lstrip("-")) for name in order]
    return _BETWEEN.join([way, *values])


def _value(row: object, name: str) -> str:
    for part in name.split("__"):
        row = getattr(row, part)
    return row.isoformat() if isinstance(row, date) else str(row)


def _read(model: type[Model], order: Sequence[str], given: str | None) -> tuple[str, list[Any]]:
    way, *texts = (given or "").split(_BETWEEN)
    if way not in (_AFTER, _BEFORE) or len(texts) != len(order) or "\x00" in "".join(texts):
        return "", []
    try:
        return way, [
            _field(model, name.lstrip("-")).to_python(text)
            for name, text in zip(order, texts, strict=True)
        ]
    except (ValidationError, ValueError, OverflowError):
        return "", []


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    *path, last = name.split("__")
    for part in path:
        model = model._meta.get_field(part).related_model  # type: ignore[assignment]
    return of_kind(Field, model._meta.get_field(last))
