"""Addresses and texts of the books' pages."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from finance.ledger.services import ledger
from finance.models import Journal
from kkmp.lib.clock import business_today
from kkmp.lib.periods import add_months, month_of
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from tests.finance.books import post

TODAY = business_today()
LAST_MONTH = add_months(month_of(TODAY), -1)


def url(cooperative: Cooperative, name: str, *arguments: Any, **query: Any) -> str:
    return reverse(f"finance:{name}", args=[cooperative.code, *arguments], query=query)


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def posted(cooperative: Cooperative, *entries: ledger.Entry, **changes: Any) -> Journal:
    """A journal of today, of a cooperative that is not in scope yet."""
    with scope.cooperative(cooperative.pk):
        return post(cooperative, *entries, **({"on": TODAY} | changes))
