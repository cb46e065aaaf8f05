"""What members owe the shop against the books, for ``manage.py check_books``."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import Party
from kkmp.lib.money import format_rupiah
from kkmp.registry.models import Cooperative
from shops.credit import queries as credit_queries


def credit_differences(cooperative: Cooperative) -> Iterator[str]:
    """What each member bought on credit and paid, against what the shop's journals say."""
    by_rows = credit_queries.balances_by_rows(cooperative)
    by_books = credit_queries.balances_by_books(cooperative)
    differing = {
        party
        for party in by_rows.keys() | by_books.keys()
        if by_rows.get(party, 0) != by_books.get(party, 0)
    }
    for party in Party.objects.of(cooperative).filter(id__in=differing).order_by("name", "id"):
        yield _(
            "%(name)s owes %(rows)s by sales and payments, account %(code)s says %(books)s."
        ) % {
            "name": party.name,
            "rows": format_rupiah(by_rows.get(party.id, 0)),
            "code": Code.MEMBER_CREDIT,
            "books": format_rupiah(by_books.get(party.id, 0)),
        }
