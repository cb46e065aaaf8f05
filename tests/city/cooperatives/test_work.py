"""What waits for whoever opens the home: how many, how much, and the page that settles it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import resolve

from finance.months.services import months
from kkmp.access.permissions import PERMISSIONS, Permission, Role
from kkmp.city.cooperatives.queries import work
from kkmp.city.cooperatives.queries.work import Work
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.joining.services import applications
from members.leaving.services import exits, payouts
from members.leaving.services.exits import Decision
from members.models import ExitReason, Member, Status
from members.register.services.particulars import Particulars
from shops.drawers.services import corrections, shifts
from shops.drawers.services.shifts import Counted
from shops.models import Method
from shops.payments.models import PaidAs
from shops.returns.services import money_back, returns
from shops.settling.services import confirming
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING
from tests.shops.payments.paying import give_credit, payment_of, tenders

HOME = "/k/3374111002/"


@pytest.fixture
def see(in_melati) -> Callable[..., dict[str, Work]]:
    """What waits at Melati for a role, by its icon."""

    def found(role: Role = Role.TREASURER, on: date = MONDAY) -> dict[str, Work]:
        waiting = work.waiting(in_melati, PERMISSIONS[role], on=on)
        return {one.icon: one for one in waiting or []}

    return found


def leads_to(one: Work) -> tuple[str, str]:
    path, _mark, query = one.url.partition("?")
    return resolve(path).view_name, query


def test_payments_that_nobody_has_matched_wait_with_their_sum(shop, see, sari, tono):
    for many, method in ((1, Method.QRIS), (2, Method.TRANSFER)):
        sale = shop.sell(sari, (shop.gula, str(many)), payments=tenders(method, 17_500 * many))
    one = see()["qrcode"]
    assert (one.count, one.amount) == (2, "Rp52.500")
    assert leads_to(one) == ("shops:payments", "")
    ids = [payment_of(sale).id]
    confirming.confirm(cooperative=shop.cooperative, ids=ids, on=MONDAY, by=tono)
    assert (see()["qrcode"].count, see()["qrcode"].amount) == (1, "Rp17.500")


def test_a_leaving_waits_for_the_decision_and_then_for_its_payment(shop, see, rini, budi, tono):
    exit = exits.request(member=shop.ani, reason=ExitReason.MOVED, key=new_id(), on=MONDAY, by=rini)
    waiting = see(Role.CHAIR)["gavel"]
    assert (waiting.count, waiting.amount) == (1, "")
    assert leads_to(waiting) == ("members:exits", "stage=waiting")
    assert "gavel" not in see(Role.TREASURER)
    decision = Decision("12/BA/2026", MONDAY, MONDAY + timedelta(days=30))
    exit = exits.decide(exit=exit, decision=decision, key=new_id(), on=MONDAY, by=budi)
    due = see()["user-minus"]
    assert (due.count, due.amount) == (1, "Rp100.000")
    assert leads_to(due) == ("members:exits", "stage=due")
    assert "gavel" not in see(Role.CHAIR)
    payouts.pay(exit=exit, key=new_id(), on=MONDAY, by=tono)
    assert "user-minus" not in see()


def test_money_that_came_in_for_somebody_who_left_waits_by_name(shop, see, sari, rini, budi):
    give_credit(shop.ani, budi)
    shift = shop.open_shift(sari, float_idr=100_000)
    paid = tenders(Method.CREDIT, 17_300)
    sale = shop.sell(sari, (shop.gula, "1"), member=shop.ani, payments=paid)
    exit = exits.request(member=shop.ani, reason=ExitReason.MOVED, key=new_id(), on=MONDAY, by=rini)
    decision = Decision("12/BA/2026", MONDAY)
    exits.decide(exit=exit, decision=decision, key=new_id(), on=MONDAY, by=budi)
    assert "coins" not in see()
    returns.take_back(
        sale=sale,
        quantities=None,
        reason="Kemasan rusak",
        key=new_id(),
        at=MORNING,
        approved=returns.Approved(by=sari, approver=budi, shift=shift),
        instead=money_back.RefundWay(paid_as=PaidAs.KEPT),
    )
    one = see()["coins"]
    assert (one.count, one.amount) == (1, "Rp17.300")
    assert leads_to(one) == ("members:kept", "")


def test_differences_wait_until_their_month_is_closed(shop, see, sari, budi, tono):
    for counted in (97_000, 101_000, 100_000):
        shift = shop.open_shift(sari, float_idr=100_000)
        shifts.close(
            shift=shift, counted=Counted({1_000: counted // 1_000}), note="", key=new_id(),
            at=MORNING, by=sari,
        )  # fmt: skip
    one = see()["scale"]
    assert (one.count, one.amount) == (2, "-Rp3.000 / +Rp1.000")
    assert leads_to(one) == ("shops:shifts", "")
    december = date(2026, 12, 2)
    assert "scale" in see(on=december)
    months.close(cooperative=shop.cooperative, month=MONDAY, on=december, by=tono)
    assert "scale" not in see(on=december)


def test_a_difference_whose_count_was_put_right_waits_no_more(shop, see, sari, tono):
    shift = shop.open_shift(sari, float_idr=100_000)
    shift = shifts.close(
        shift=shift, counted=Counted({1_000: 97}), note="", key=new_id(), at=MORNING, by=sari
    )
    given = {"reason": "terselip", "at": MORNING, "by": tono}
    corrections.correct_count(shift=shift, counted_idr=99_000, key=new_id(), **given)
    assert (see()["scale"].count, see()["scale"].amount) == (1, "-Rp1.000")
    corrections.correct_count(shift=shift, counted_idr=100_000, key=new_id(), **given)
    assert "scale" not in see()


def test_members_in_arrears_wait_for_those_who_call_on_them(shop, see):
    joined = date(2026, 8, 10)
    Member.objects.of(shop.cooperative).filter(id=shop.ani.id).update(joined_on=joined)
    one = see()["calendar-exclamation"]
    assert (one.count, one.amount) == (1, "Rp30.000")
    assert leads_to(one) == ("members:arrears", "")
    assert "calendar-exclamation" in see(Role.MEMBERSHIP_CLERK)


def test_applications_wait_for_the_clerk_and_for_whoever_takes_the_principal(see, in_melati):
    applications.submit(
        cooperative=in_melati,
        particulars=Particulars(name="Tuti (rekaan)", phone="+6281200000009"),
        notice_version="2026-11",
        key=new_id(),
        at=MORNING,
    )
    for role in (Role.MEMBERSHIP_CLERK, Role.CHAIR, Role.TREASURER):
        one = see(role)["user-plus"]
        assert (one.count, one.amount) == (1, "")
        assert leads_to(one) == ("members:applications", "")


def test_nobody_is_shown_what_they_may_not_settle(shop, see, in_melati):
    assert work.waiting(in_melati, PERMISSIONS[Role.SUPERVISOR], on=MONDAY) is None
    assert work.waiting(in_melati, PERMISSIONS[Role.CASHIER], on=MONDAY) is None
    assert work.waiting(in_melati, frozenset({Permission.BOOKS_READ}), on=MONDAY) is None


def test_where_nothing_waits_nothing_is_listed(shop, see):
    for role in (Role.TREASURER, Role.CHAIR, Role.MEMBERSHIP_CLERK):
        assert see(role) == {}


def test_the_home_leads_to_each_page_that_settles_it(trading, sari, tono, client_of):
    with scope.cooperative(trading.pk):
        joined = date(2026, 8, 10)
        Member.objects.of(trading).with_status(Status.ACTIVE).update(joined_on=joined)
    page = client_of(tono).get(HOME).content.decode()
    assert "Menunggu Anda" in page
    assert f'href="{HOME}anggota/tunggakan/"' in page
    assert "Rp20.000" in page


def test_the_home_says_so_where_nothing_waits(shop, sari, tono, wati, client_of, monkeypatch):
    monkeypatch.setattr("kkmp.city.cooperatives.queries.home.checklist", lambda *_args: [])
    assert "Tidak ada yang menunggu" in client_of(tono).get(HOME).content.decode()
    for person in (sari, wati):
        page = client_of(person).get(HOME).content.decode()
        assert "Menunggu Anda" not in page


def test_a_new_cooperative_is_shown_its_first_steps_alone(tono, client_of):
    page = client_of(tono).get(HOME)
    assert page.context["tasks"]
    assert "Menunggu Anda" not in page.content.decode()
