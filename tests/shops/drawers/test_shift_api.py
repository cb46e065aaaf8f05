"""Shifts, returns and queues of sales for programs: 201 first, 200 again, 409 for other content."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from kkmp.access.models import RoleHolding
from kkmp.access.services import pins, tries
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.models import Sale, SaleReturn, Shift, Stock
from tests.shops.pages import english

PIN = "284915"


@pytest.fixture
def saris(api_of, sari, melati):
    return english(api_of(sari, melati))


@pytest.fixture
def budis(api_of, budi, melati):
    return english(api_of(budi, melati))


@pytest.fixture
def approver(budi):
    pins.choose(user=budi, digits=PIN, at=timezone.now())
    return budi


def post(client, name, body, *arguments):
    return client.post(reverse(name, args=arguments), body, format="json")


def opening(**changes):
    return {
        "key": str(new_id()),
        "unit": "gerai",
        "drawer": "Laci 1",
        "float_idr": 100_000,
    } | changes


def sold(shop, quantity="1", **changes):
    return {
        "key": str(new_id()),
        "unit": "gerai",
        "lines": [{"product": str(shop.gula.id), "quantity": quantity}],
        "payments": [{"method": "cash", "amount_idr": 1_000_000}],
    } | changes


def thrice(client, name, body, changes, *arguments):
    """Send a body twice, and then other content under its key."""
    answers = [post(client, name, each, *arguments) for each in (body, body, body | changes)]
    return answers[0], [answer.status_code for answer in answers]


# --- Shifts ----------------------------------------------------------------------------------


def test_a_shift_is_opened_once_a_key(saris, shop):
    first, statuses = thrice(saris, "api-shifts", opening(), {"float_idr": 1})
    assert statuses == [201, 200, 409]
    told = first.json()
    assert (told["number"], told["cashier"], told["unit"]) == (1, "sari", "gerai")
    assert told["expected_idr"] is None


def test_a_second_shift_is_a_conflict(saris, shop):
    post(saris, "api-shifts", opening())
    answer = post(saris, "api-shifts", opening(drawer="Laci 2"))
    assert (answer.status_code, answer.json()["code"]) == (409, "shift_taken")


def test_an_unknown_unit_is_named(saris, shop):
    answer = post(saris, "api-shifts", opening(unit="apotek"))
    assert answer.status_code == 400
    assert "unit" in answer.json()["fields"]


def test_cash_moves_once_a_key(saris, sari, shop):
    shift = shop.open_shift(sari, float_idr=50_000)
    body = {"key": str(new_id()), "reason": "deposit", "amount_idr": 20_000}
    first, statuses = thrice(saris, "api-shift-movements", body, {"amount_idr": 30_000}, shift.id)
    assert statuses == [201, 200, 409]
    assert first.json()["amount_idr"] == -20_000


def test_nobody_moves_cash_of_another_drawer(budis, sari, shop):
    shift = shop.open_shift(sari, float_idr=50_000)
    body = {"key": str(new_id()), "reason": "deposit", "amount_idr": 20_000}
    assert post(budis, "api-shift-movements", body, shift.id).status_code == 404


def test_a_shift_is_closed_once_a_key(saris, sari, shop):
    shift = shop.open_shift(sari, float_idr=50_000)
    body = {"key": str(new_id()), "counts": {"20000": 2, "500": 3}, "note": "Hujan"}
    first, statuses = thrice(saris, "api-shift-close", body, {"counts": {"20000": 3}}, shift.id)
    assert statuses == [201, 200, 409]
    told = first.json()
    assert (told["expected_idr"], told["counted_idr"], told["difference_idr"]) == (
        50_000,
        41_500,
        -8_500,
    )
    again = post(saris, "api-shift-close", body | {"key": str(new_id())}, shift.id)
    assert again.json()["message"] == f"Shift {shift.number} is closed already."


@pytest.mark.parametrize(
    ("counts", "status"), [({}, 422), ({"75000": 1}, 400), ({"500": -1}, 400), ({"500": 0}, 201)]
)
def test_a_count_is_of_known_money(saris, sari, shop, counts, status):
    shift = shop.open_shift(sari)
    body = {"key": str(new_id()), "counts": counts}
    assert post(saris, "api-shift-close", body, shift.id).status_code == status


def test_shifts_are_read_by_their_cashier_and_the_chairs(saris, budis, api_of, rini, sari, budi,
                                                           melati, shop):  # fmt: skip
    own = shop.open_shift(sari)
    other = shop.open_shift(budi)
    rinis = api_of(rini, melati)
    seen = [
        [row["number"] for row in client.get(reverse("api-shifts")).json()["results"]]
        for client in (saris, budis, rinis)
    ]
    assert seen == [[own.number], [other.number, own.number], []]
    assert saris.get(reverse("api-shift", args=[own.id])).json()["cashier"] == "sari"
    assert saris.get(reverse("api-shift", args=[other.id])).status_code == 404


def test_the_chair_closes_for_a_revoked_cashier(saris, budis, sari, shop):
    shift = shop.open_shift(sari)
    RoleHolding.objects.get(user=sari).delete()
    body = {"key": str(new_id()), "counts": {"500": 1}}
    assert post(saris, "api-shift-close", body, shift.id).status_code == 404
    assert post(saris, "api-sales", sold(shop)).status_code == 404
    closed = post(budis, "api-shift-close", body, shift.id)
    assert (closed.status_code, closed.json()["closed_by"]) == (201, "budi")


def test_whoever_sells_no_more_closes_nothing(saris, sari, shop):
    shift = shop.open_shift(sari)
    RoleHolding.objects.filter(user=sari).update(role="membership_clerk")
    body = {"key": str(new_id()), "counts": {"500": 1}}
    assert post(saris, "api-shift-close", body, shift.id).status_code == 404


# --- Returns ---------------------------------------------------------------------------------


def returning(sale, **changes):
    return {
        "key": str(new_id()),
        "sale": str(sale.id),
        "lines": [{"line": 1, "quantity": "1.000"}],
        "reason": "Barang rusak",
        "approver": "budi",
        "pin": PIN,
    } | changes


@pytest.fixture
def sale(shop, sari):
    shop.open_shift(sari)
    return shop.sell(sari, (shop.gula, "3"), needs_shift=True)


def test_goods_come_back_once_a_key(saris, sale, approver):
    changes = {"lines": [{"line": 1, "quantity": "2"}]}
    first, statuses = thrice(saris, "api-returns", returning(sale), changes)
    assert statuses == [201, 200, 409]
    told = first.json()
    assert (told["kind"], told["total_idr"], told["approved_by"]) == ("return", 17_500, "budi")
    assert told["refunds"] == [{"method": "cash", "amount_idr": 17_500, "paid_as": ""}]
    assert told["lines"][0] | {"name": ""} == {
        "line": 1,
        "name": "",
        "quantity": "1.000",
        "total_idr": 17_500,
    }


def test_no_lines_mean_all_that_is_left(saris, shop, sale, approver):
    told = post(saris, "api-returns", returning(sale, lines=None)).json()
    assert (told["kind"], told["total_idr"]) == ("void", 52_500)
    with scope.cooperative(shop.cooperative.pk):
        assert Stock.objects.of(shop.cooperative).get(product=shop.gula).quantity == 48


def test_a_return_that_was_made_is_told_after_the_shift_was_closed(saris, sari, sale, approver):
    asked = returning(sale)
    post(saris, "api-returns", asked)
    body = {"key": str(new_id()), "counts": {"500": 1}}
    post(saris, "api-shift-close", body, sale.shift_id)
    assert post(saris, "api-returns", asked).status_code == 200
    refused = post(saris, "api-returns", returning(sale))
    assert (refused.status_code, refused.json()["code"]) == (422, "no_shift")


def test_lines_that_the_sale_has_not_are_refused(saris, sale, approver):
    answer = post(saris, "api-returns", returning(sale, lines=[{"line": 2, "quantity": "1"}]))
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["lines"])


def test_a_line_that_is_named_twice_adds_up(saris, sale, approver):
    twice = [{"line": 1, "quantity": "1"}] * 2
    told = post(saris, "api-returns", returning(sale, lines=twice)).json()
    assert told["total_idr"] == 35_000


def test_a_sale_that_is_not_there_is_404(saris, sale, approver):
    assert post(saris, "api-returns", returning(sale) | {"sale": str(new_id())}).status_code == 404


def test_returns_are_read_by_their_cashier_and_who_sees_sales(saris, budis, sale, approver):
    post(saris, "api-returns", returning(sale))
    for client in (saris, budis):
        rows = client.get(reverse("api-returns")).json()["results"]
        assert [row["sale"] for row in rows] == [str(sale.id)]


def tried(approver):
    return tries.state(pins.PIN.key(approver.pk), at=timezone.now()).failures


@pytest.mark.django_db(transaction=True)
def test_a_wrong_pin_stays_counted_though_the_request_is_undone(saris, shop, sale, approver):
    answer = post(saris, "api-returns", returning(sale, pin="000000"))
    assert (answer.status_code, answer.json()["code"]) == (422, "pin_refused")
    assert tried(approver) == 1
    with scope.cooperative(shop.cooperative.pk):
        assert not SaleReturn.objects.of(shop.cooperative).exists()


def test_whoever_may_not_sell_tries_no_pin(api_of, wati, melati, sale, approver):
    answer = post(api_of(wati, melati), "api-returns", returning(sale, pin="000000"))
    assert answer.status_code == 403
    assert tried(approver) == 0


# --- A queue of sales ------------------------------------------------------------------------


def test_a_queue_is_answered_in_order_each_by_itself(saris, sari, shop):
    shop.open_shift(sari)
    first = sold(shop)
    queue = [first, sold(shop, "99"), {"key": "x"}, sold(shop, "2"), first, first | {"unit": "x"}]
    answer = post(saris, "api-sales-batch", queue)
    assert answer.status_code == 200
    told = answer.json()
    assert [one["status"] for one in told] == [201, 422, 400, 201, 200, 409]
    assert told[4]["body"] == told[0]["body"]
    assert told[1]["error"]["code"] == "sale_refused"
    assert "lines" in told[2]["error"]["fields"]
    with scope.cooperative(shop.cooperative.pk):
        assert Sale.objects.of(shop.cooperative).count() == 2
        stock = Stock.objects.of(shop.cooperative).get(product=shop.gula)
        assert stock.quantity == Decimal(45)


def test_a_queue_sent_again_sells_nothing_twice(saris, sari, shop):
    shop.open_shift(sari)
    queue = [sold(shop), sold(shop)]
    first, again = post(saris, "api-sales-batch", queue), post(saris, "api-sales-batch", queue)
    assert [one["status"] for one in again.json()] == [200, 200]
    assert [one["body"] for one in again.json()] == [one["body"] for one in first.json()]


@pytest.mark.parametrize("queue", [[], {}, [{}] * 101])
def test_a_queue_has_one_to_a_hundred_sales(saris, shop, queue):
    answer = post(saris, "api-sales-batch", queue)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert "at most 100" in answer.json()["message"]


@pytest.mark.django_db(transaction=True)
def test_what_was_sold_before_a_refused_one_stays_sold(saris, sari, shop):
    shop.open_shift(sari)
    told = post(saris, "api-sales-batch", [sold(shop), sold(shop, "99")]).json()
    assert [one["status"] for one in told] == [201, 422]
    with scope.cooperative(shop.cooperative.pk):
        assert Sale.objects.of(shop.cooperative).count() == 1
        assert Shift.objects.of(shop.cooperative).get().is_open
