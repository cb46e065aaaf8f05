"""Paying otherwise than in cash, for tests."""

from datetime import timedelta

from finance.ledger import queries as books
from finance.models import Line
from kkmp.lib.ids import new_id
from shops.credit.services import credits
from shops.models import Method, SaleLine, SalePayment
from shops.returns.services import returns
from shops.settling import queries
from shops.settling.queries import Wanted
from shops.till.services.sales import Tender
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING


def tenders(method: Method, amount_idr: int, reference: str = "") -> list[Tender]:
    return [Tender(method, amount_idr, reference)]


def payment_of(sale) -> SalePayment:
    return SalePayment.objects.of(sale.cooperative_id).get(sale=sale)


def line_of(sale) -> SaleLine:
    return SaleLine.objects.of(sale.cooperative_id).get(sale=sale)


def state_of(cooperative, payment):
    return queries.find(cooperative, Wanted(ids=[payment.id]))[0]


def posted(journal):
    lines = Line.objects.of(journal.cooperative_id).filter(journal=journal)
    return [
        (line.account.code, line.debit_idr, line.credit_idr)
        for line in lines.select_related("account").order_by("position")
    ]


def balance(cooperative, code: str) -> int:
    return books.balances(cooperative, [code], MONDAY + timedelta(days=400))[code]


def give_credit(member, by, limit_idr: int = 500_000, days: int = 30):
    return credits.set_terms(member=member, limit_idr=limit_idr, due_days=days, version=0, by=by)


def take_back(sale, shift, by, approver, quantities=None, at=MORNING):
    return returns.take_back(
        sale=sale,
        quantities=quantities,
        reason="Kemasan rusak",
        key=new_id(),
        at=at,
        approved=returns.Approved(by=by, approver=approver, shift=shift),
    )
