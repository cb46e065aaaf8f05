"""Goods that come back, in the browser: chosen, shown, approved on the same screen, printed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kkmp.access.models import RoleHolding, SystemEvent, Tries, User
from kkmp.access.permissions import Role
from kkmp.access.services import pins, roles, tries
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.models import CashMovement, ReturnedLine, Sale, SaleReturn
from shops.till import queries
from shops.till.services.sales import Method, Tender
from shops.units.services import units
from tests.shops.conftest import fill_cash_box, open_shift
from tests.shops.pages import english, text, url

PIN = "284915"


def tried(approver):
    return tries.state(pins.PIN.key(approver.pk), at=timezone.now()).failures


@pytest.fixture
def saris(client_of, sari):
    return english(client_of(sari))


@pytest.fixture
def watis(client_of, wati):
    return english(client_of(wati))


@pytest.fixture
def approver(budi) -> User:
    """The chair, with a PIN."""
    pins.choose(user=budi, digits=PIN, at=timezone.now())
    return budi


@pytest.fixture
def sale(shop, sari) -> Sale:
    """Sari's, from her open shift: 3 packs of sugar and 1,333 kg of eggs, paid in two ways."""
    shop.open_shift(sari)
    return shop.sell(
        sari,
        (shop.gula, "3"),
        (shop.telur, "1.333"),
        paid_idr=0,
        payments=[Tender(Method.QRIS, 20_000), Tender(Method.CASH, 100_000)],
        needs_shift=True,
        at=timezone.now(),
    )


def lines(shop, sale):
    with scope.cooperative(shop.cooperative.pk):
        return queries.lines_of(sale)


def form(**changes):
    return {"key": str(new_id()), "what": "all", "reason": "Barang rusak"} | changes


def paid(step="pay", **changes):
    return form(step=step, approver="budi", pin=PIN) | changes


def returns(shop):
    with scope.cooperative(shop.cooperative.pk):
        return list(SaleReturn.objects.of(shop.cooperative).order_by("number"))


# --- Choosing and looking --------------------------------------------------------------------


def test_the_receipt_and_the_list_of_ones_own_lead_to_it(saris, shop, sale):
    address = url(shop, "sale_return", sale.id)
    assert address in text(saris.get(url(shop, "till_receipts")))
    assert address in text(saris.get(url(shop, "till_receipt", sale.id)))


def test_a_receipt_is_found_by_its_number(saris, shop, sale):
    found = saris.get(url(shop, "return_find", number=sale.number))
    assert found["Location"] == url(shop, "sale_return", sale.id)


@pytest.mark.parametrize("number", ["999", "", "x", "9" * 30])
def test_an_unknown_number_says_so(saris, shop, sale, number):
    answer = saris.get(url(shop, "return_find", number=number), follow=True)
    assert "There is no receipt with this number." in text(answer)


def test_goods_are_chosen_by_line(saris, shop, sale):
    page = text(saris.get(url(shop, "sale_return", sale.id, kunci=new_id())))
    assert "3 sold for Rp 52,500" in page
    assert "1.333 sold for Rp 38,657" in page


def test_what_is_paid_back_how_is_shown_before(saris, shop, sale):
    eggs = lines(shop, sale)[1]
    asked = form(step="check", what="some", **{f"line_{eggs.id}": "1,333"})
    page = text(saris.post(url(shop, "sale_return", sale.id), asked))
    assert "Rp 20,000" in page
    assert "Rp 18,700" in page
    assert "Hand it over from the drawer." in page
    assert returns(shop) == []


def test_going_back_keeps_what_was_chosen(saris, shop, sale):
    answer = saris.post(url(shop, "sale_return", sale.id), paid(step="choose"))
    assert "How much of each comes back?" in text(answer)
    assert 'value="Barang rusak"' in text(answer)


@pytest.mark.parametrize(
    ("many", "said"),
    [
        ("4", "At most 3."),
        ("-1", "At least 0."),
        ("0,5", "comes back in whole pieces"),
        ("", "Write how much of each comes back"),
    ],
)
def test_other_quantities_are_refused_in_words(saris, shop, sale, many, said):
    sugar = lines(shop, sale)[0]
    asked = form(step="check", what="some", **{f"line_{sugar.id}": many})
    answer = saris.post(url(shop, "sale_return", sale.id), asked)
    assert answer.status_code == 422
    assert said in text(answer)


def test_a_reason_is_asked_for(saris, shop, sale):
    answer = saris.post(url(shop, "sale_return", sale.id), form(step="check", reason=""))
    assert answer.status_code == 422


def test_without_a_shift_of_ones_own_nothing_comes_back(saris, budi, shop, approver):
    sale = shop.sell(budi, (shop.gula, "1"))
    answer = saris.post(url(shop, "sale_return", sale.id), paid())
    assert "Open your shift first" in text(answer)
    assert returns(shop) == []


def test_goods_of_another_unit_go_back_there(saris, sari, budi, shop, approver):
    sale = shop.sell(budi, (shop.gula, "1"))
    with scope.cooperative(shop.cooperative.pk):
        other = units.open_unit(cooperative=shop.cooperative, name="Apotek", by=budi)
        open_shift(other, sari)
    assert "This receipt is of Gerai sembako" in text(
        saris.get(url(shop, "sale_return", sale.id, kunci=new_id()))
    )
    answer = saris.post(url(shop, "sale_return", sale.id), paid())
    assert answer.status_code == 422
    assert returns(shop) == []


def test_a_sale_of_another_cooperative_is_not_there(saris, shop):
    assert saris.get(url(shop, "sale_return", new_id(), kunci=new_id())).status_code == 404


# --- Approving -------------------------------------------------------------------------------


def test_all_of_a_sale_is_undone_with_its_rounding(saris, shop, sale, approver):
    answer = saris.post(url(shop, "sale_return", sale.id), paid())
    (made,) = returns(shop)
    assert answer["Location"] == url(shop, "return_slip", made.id)
    assert (made.kind, made.total_idr, made.rounding_idr) == ("void", 91_157, 43)
    assert (made.by.username, made.approved_by) == ("sari", approver)
    page = text(saris.get(answer["Location"]))
    for told in ("Receipt undone", "Rp 20,000", "Rp 71,200", "Approved by", "Budi (rekaan)"):
        assert told in page


def test_a_part_comes_back_at_its_price(saris, shop, sale, approver):
    sugar = lines(shop, sale)[0]
    asked = paid(what="some", **{f"line_{sugar.id}": "2"})
    saris.post(url(shop, "sale_return", sale.id), asked)
    (made,) = returns(shop)
    assert (made.kind, made.total_idr) == ("return", 35_000)
    page = text(saris.get(url(shop, "till_receipt", sale.id)))
    assert "Came back on" in page
    assert "2 bks Gula Pasir 1 kg, Rp 35,000" in page
    again = text(saris.get(url(shop, "sale_return", sale.id, kunci=new_id())))
    assert "2 came back already" in again


def test_the_sales_page_shows_what_came_back(saris, watis, shop, sale, approver):
    saris.post(url(shop, "sale_return", sale.id), paid())
    page = text(watis.get(url(shop, "sale", sale.id)))
    assert "Undone on" in page
    assert url(shop, "return_slip", returns(shop)[0].id) in page
    assert url(shop, "sale_return", sale.id) not in page


def test_nothing_more_comes_back_than_was_sold(saris, shop, sale, approver):
    saris.post(url(shop, "sale_return", sale.id), paid())
    page = saris.get(url(shop, "sale_return", sale.id, kunci=new_id()))
    assert "Everything has come back" in text(page)
    assert saris.post(url(shop, "sale_return", sale.id), paid()).status_code == 422
    assert len(returns(shop)) == 1


def test_the_same_form_sent_twice_takes_back_once(saris, shop, sale, approver):
    asked = paid()
    first, again = (saris.post(url(shop, "sale_return", sale.id), asked) for _time in range(2))
    assert first["Location"] == again["Location"]
    assert len(returns(shop)) == 1
    used = saris.get(url(shop, "sale_return", sale.id, kunci=asked["key"]))
    assert used["Location"] == first["Location"]


def test_nobody_approves_for_themselves(client_of, budi, tono, shop, approver):
    shop.open_shift(budi)
    sale = shop.sell(budi, (shop.gula, "1"), needs_shift=True)
    answer = english(client_of(budi)).post(url(shop, "sale_return", sale.id), paid())
    assert answer.status_code == 422
    assert "Somebody else has to approve it." in text(answer)
    assert "To pay back" in text(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"approver": "sari"}, "sari may not approve this here."),
        ({"approver": "wati"}, "wati may not approve this here."),
        ({"approver": "siapa"}, "siapa may not approve this here."),
        ({"approver": "tono"}, "Tono (rekaan) has no PIN yet"),
        ({"pin": "000000"}, "This is not the PIN of Budi (rekaan)."),
        ({"pin": ""}, "This field is required."),
    ],
)
def test_who_may_not_approve_is_told_on_the_same_screen(
    saris, shop, sale, approver, tono, wati, changes, said
):
    answer = saris.post(url(shop, "sale_return", sale.id), paid(**changes))
    assert answer.status_code == 422
    assert said in text(answer)
    assert "To pay back" in text(answer)
    assert returns(shop) == []


def test_the_chair_of_another_cooperative_may_not(saris, shop, sale, joko):
    pins.choose(user=joko, digits=PIN, at=timezone.now())
    answer = saris.post(url(shop, "sale_return", sale.id), paid(approver="joko"))
    assert "joko may not approve this here." in text(answer)


def test_a_revoked_cashier_takes_nothing_back(saris, sari, shop, sale, approver):
    RoleHolding.objects.get(user=sari).delete()
    assert saris.post(url(shop, "sale_return", sale.id), paid(pin="000000")).status_code == 404
    assert tried(approver) == 0
    assert returns(shop) == []


def test_a_revoked_approver_approves_nothing(saris, shop, sale, approver):
    RoleHolding.objects.filter(user=approver).delete()
    assert "may not approve" in text(saris.post(url(shop, "sale_return", sale.id), paid()))


def test_slips_are_for_who_made_them_and_who_sees_the_sales(
    saris, watis, client_of, agus, melati, shop, sale, approver
):
    saris.post(url(shop, "sale_return", sale.id), paid())
    other = User.objects.create_user("lia", password="x", name="Lia (rekaan)")
    roles.grant(user=other, role=Role.CASHIER, cooperative=melati, by=agus)
    slip = url(shop, "return_slip", returns(shop)[0].id)
    assert [c.get(slip).status_code for c in (saris, watis, client_of(other))] == [200, 200, 404]


# --- With real commits -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_wrong_pins_stay_counted_though_their_requests_are_undone(saris, shop, sale, approver):
    address = reverse("shops:sale_return", args=[shop.cooperative.code, sale.id])
    for failures in range(1, pins.MOST_FAILURES):
        assert saris.post(address, paid(pin="000000")).status_code == 422
        assert tried(approver) == failures
    saris.post(address, paid(pin="000000"))
    rested = text(saris.post(address, paid()))
    assert "Too many wrong tries. Try again in 10 minutes." in rested
    told = SystemEvent.objects.filter(action="pin.refuse").order_by("id")
    assert [one.details["was_blocked"] for one in told] == [False] * pins.MOST_FAILURES + [True]
    Tries.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert saris.post(address, paid()).status_code == 302
    with scope.cooperative(shop.cooperative.pk):
        assert ReturnedLine.objects.of(shop.cooperative).count() == 2


# --- A drawer that is too empty ---------------------------------------------------------------


@pytest.fixture
def elsewhere(shop, sari) -> Sale:
    """Two packs of sugar, whose money lies in no drawer of today's."""
    shop.open_shift(sari)
    return shop.sell(sari, (shop.gula, "2"), at=timezone.now())


def test_a_short_drawer_is_told_of_before_anybody_is_called(saris, shop, elsewhere):
    page = text(saris.post(url(shop, "sale_return", elsewhere.id), form(step="check")))
    assert "The drawer cannot hold the Rp 35,000 that is paid back in cash." in page
    assert 'name="brought_idr"' in page


def test_a_short_drawer_pays_nothing_back(saris, shop, elsewhere, approver):
    answer = saris.post(url(shop, "sale_return", elsewhere.id), paid())
    assert answer.status_code == 422
    assert "There cannot be Rp 35,000 in the drawer." in text(answer)
    assert returns(shop) == []


def test_whoever_approves_brings_the_cash(saris, shop, elsewhere, approver):
    with scope.cooperative(shop.cooperative.pk):
        fill_cash_box(shop.cooperative, 40_000)
    answer = saris.post(url(shop, "sale_return", elsewhere.id), paid(brought_idr="40.000"))
    assert answer.status_code == 302
    with scope.cooperative(shop.cooperative.pk):
        (moved,) = CashMovement.objects.of(shop.cooperative)
    assert (moved.amount_idr, moved.by) == (40_000, approver)
    assert [one.total_idr for one in returns(shop)] == [35_000]


def test_an_empty_main_cash_box_is_named(saris, shop, elsewhere, approver):
    answer = saris.post(url(shop, "sale_return", elsewhere.id), paid(brought_idr="9.000.000"))
    assert answer.status_code == 422
    assert "Main cash cannot give Rp 9,000,000" in text(answer)
    assert returns(shop) == []
