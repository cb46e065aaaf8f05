"""Opening stock that was written down wrongly is put right, also after goods of it were sold."""

from decimal import Decimal

import pytest

from finance.ledger import checks
from kkmp.lib.ids import new_id
from shops.models import Stock
from shops.stock import queries
from shops.stock.services import corrections
from shops.stock.services.stock import StockRefused
from tests.conftest import MONDAY
from tests.shops.payments.paying import balance, posted


@pytest.fixture
def correct(tono):
    def do(product, quantity, cost_idr, reason="salah hitung", key=None):
        return corrections.correct_opening(
            product=product,
            quantity=Decimal(quantity),
            cost_idr=cost_idr,
            reason=reason,
            key=key or new_id(),
            on=MONDAY,
            by=tono,
        )

    return do


def held(product):
    row = Stock.objects.of(product.cooperative_id).get(product=product)
    return row.quantity, row.value_idr


def test_what_there_was_takes_the_place_of_what_was_written(correct, gula, in_melati):
    # 48 packs at 16.200 were written down.
    clearing_idr = balance(in_melati, "3-9101")
    journal = correct(gula, "40", 16_000)
    assert posted(journal) == [
        ("3-9101", 777_600, 0),
        ("1-1131", 0, 777_600),
        ("1-1131", 640_000, 0),
        ("3-9101", 0, 640_000),
    ]
    assert held(gula) == (40, 640_000)
    assert balance(in_melati, "3-9101") == clearing_idr - 137_600
    assert checks.differences(in_melati) == []
    # And again, from nothing to something.
    correct(gula, "0", 16_000)
    assert held(gula) == (0, 0)
    correct(gula, "12", 16_000)
    assert queries.opened(gula) == queries.Opened(Decimal(12), 192_000)
    assert checks.differences(in_melati) == []


def test_what_was_sold_keeps_its_cost(correct, gula, sell, in_melati):
    sell((gula, "8"))
    correct(gula, "50", 16_200)
    assert held(gula) == (42, 42 * 16_200)
    assert balance(in_melati, "5-1102") == 8 * 16_200
    assert checks.differences(in_melati) == []


def test_what_does_not_fit_what_was_sold_is_refused(correct, gula, sell):
    sell((gula, "8"))
    with pytest.raises(StockRefused, match="8 of it went since"):
        correct(gula, "7", 16_200)
    with pytest.raises(StockRefused, match="leave the cost"):
        correct(gula, "8", 16_300)
    with pytest.raises(StockRefused, match="sold per whole"):
        correct(gula, "9.5", 16_200)
    with pytest.raises(StockRefused, match="say already"):
        correct(gula, "48", 16_200)
    with pytest.raises(StockRefused, match="Write why"):
        correct(gula, "47", 16_200, reason=" ")


def test_the_page_shows_what_was_written_and_corrects_it(gula, tono, sari, in_melati, client_of):
    browser, where = client_of(tono), f"/k/{in_melati.code}/gerai/barang/{gula.id}/stok-awal/"
    assert client_of(sari).get(where).status_code == 403
    page = browser.get(where, follow=True)
    assert page.context["form"]["quantity"].value() == "48"
    assert page.context["form"]["cost_idr"].value() == "16.200"
    body = {"key": new_id(), "quantity": "40", "cost_idr": "16.200", "reason": "salah hitung"}
    assert browser.post(where, body).status_code == 302
    assert held(gula) == (40, 648_000)


def test_a_program_corrects_it_once(gula, budi, in_melati, api_of):
    there = f"/api/v1/products/{gula.id}/opening-stock/"
    body = {"key": str(new_id()), "quantity": "40", "cost_idr": 16_200, "reason": "salah hitung"}
    answers = [api_of(budi).post(there, body, format="json") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["stock_quantity"] == "40.000"
    assert checks.differences(in_melati) == []
