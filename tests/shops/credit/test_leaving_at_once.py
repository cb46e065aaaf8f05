"""A debt and the leaving of its member at the same moment, with real commits."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.ledger.services import ledger
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.leaving.services import exits
from members.models import ExitReason
from shops.models import CreditTerms, Method
from shops.till.services.sales import SaleRefused, Tender
from tests.at_once import alone, until_waiting
from tests.conftest import MONDAY
from tests.shops.conftest import sold

pytestmark = pytest.mark.django_db(transaction=True)


def _leaving(shop, rini):
    with scope.cooperative(shop.cooperative.pk):
        _on_credit(shop)
        return _request(shop, rini)


def _on_credit(shop):
    CreditTerms.objects.create(
        cooperative=shop.cooperative, member=shop.ani, limit_idr=90_000, due_days=14
    )


def _request(shop, rini):
    return exits.request(
        member=shop.ani, reason=ExitReason.RESIGNED, key=new_id(), on=MONDAY, by=rini
    )


def _decide(exit, by):
    decision = exits.Decision("12/BA/2026", MONDAY, MONDAY)
    return exits.decide(exit=exit, decision=decision, key=new_id(), on=MONDAY, by=by)


def test_a_debt_posted_while_a_leaving_is_written_down_and_decided_is_settled(
    shop, sari, rini, tono
):
    """Once it is written down, nothing is sold on credit: the debt has to be there before."""
    with scope.cooperative(shop.cooperative.pk):
        _on_credit(shop)
    with ThreadPoolExecutor(1) as pool:
        with scope.cooperative(shop.cooperative.pk):
            paid = [Tender(Method.CREDIT, 34_600)]
            sold(shop.unit, sari, (shop.gula, "2"), member=shop.ani, payments=paid)
            decided = pool.submit(
                alone, shop.cooperative, lambda: _decide(_request(shop, rini), tono)
            )
            until_waiting(1)
        exit = decided.result(timeout=120)
    assert (exit.settled_idr, exit.refund_idr) == (34_600, 65_400)
    _nothing_owed(shop)


def test_a_debt_after_a_leaving_was_decided_is_refused(shop, sari, rini, tono):
    """The sale cannot see the leaving yet, and waits for it."""
    with scope.cooperative(shop.cooperative.pk):
        _on_credit(shop)
    paid = {"member": shop.ani, "payments": [Tender(Method.CREDIT, 34_600)]}
    with ThreadPoolExecutor(1) as pool:
        with scope.cooperative(shop.cooperative.pk):
            exit = _decide(_request(shop, rini), tono)
            sale = pool.submit(
                alone, shop.cooperative, lambda: shop.sell(sari, (shop.gula, "2"), **paid)
            )
            until_waiting(1)
        assert isinstance(sale.result(timeout=120), SaleRefused)
    assert (exit.settled_idr, exit.refund_idr) == (0, 100_000)
    _nothing_owed(shop)


def test_a_debt_that_only_the_books_know_is_settled_too(shop, rini, tono):
    """Whoever posts a debt without holding the member's row holds the books at least."""
    exit = _leaving(shop, rini)
    with ThreadPoolExecutor(1) as pool:
        with scope.cooperative(shop.cooperative.pk):
            ledger.post(
                cooperative=shop.cooperative,
                kind="manual",
                memo="Bon lama (rekaan)",
                entries=[
                    ledger.debit(Code.MEMBER_CREDIT, 40_000, party=shop.ani.party),
                    ledger.credit(Code.OTHER_INCOME, 40_000),
                ],
                key=new_id(),
                on=MONDAY,
                by=tono,
            )
            decided = pool.submit(alone, shop.cooperative, lambda: _decide(exit, tono))
            until_waiting(1)
        exit = decided.result(timeout=120)
    assert (exit.settled_idr, exit.refund_idr) == (40_000, 60_000)
    _nothing_owed(shop)


def _nothing_owed(shop):
    with scope.cooperative(shop.cooperative.pk):
        assert books.purchases_owed_idr(shop.cooperative, shop.ani.party_id) == 0
