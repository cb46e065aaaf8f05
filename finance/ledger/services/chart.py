"""The chart of accounts for a new cooperative."""

import csv
from functools import cache
from pathlib import Path
from typing import TypedDict

from django.db import transaction

from finance.ledger.models import Account
from kkmp.registry.models import Cooperative

_CHART = Path(__file__).resolve().parent.parent / "data" / "chart_of_accounts.csv"


class ChartRow(TypedDict):
    """An account of the chart, as fields of ``Account``."""

    code: str
    kind: str
    is_contra: bool
    name: str
    name_en: str


@transaction.atomic
def lay_down(*, cooperative: Cooperative) -> None:
    """Give a cooperative every account of the chart that it lacks."""
    Account.objects.bulk_create(
        [Account(cooperative=cooperative, **row) for row in rows()],
        ignore_conflicts=True,
    )


@cache
def rows() -> list[ChartRow]:
    """The chart, in the order of the codes."""
    with _CHART.open(newline="", encoding="utf-8") as file:
        return [
            {
                "code": row["code"],
                "kind": row["kind"],
                "is_contra": row["contra"] == "yes",
                "name": row["name"],
                "name_en": row["name_en"],
            }
            for row in csv.DictReader(file)
        ]
