"""Pages of payments, credit and vouchers: who sees what, and what they do."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kkmp.lib.clock import business_today
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.models import SavingsEntry, SavingsKind
from members.savings.services import savings
from shops.models import (
    Confirmation,
    CreditPayment,
    CreditTerms,
    Method,
    Settlement,
    Voucher,
    VoucherBatch,
)
from shops.settling.services import confirming
from shops.vouchers.services import vouchers
from shops.vouchers.services.vouchers import Ordered
from tests.conftest import MONDAY
from tests.shops.pages import english, statements, text, url
from tests.shops.payments.paying import give_credit, payment_of, tenders


@pytest.fixture
def budis(client_of, budi):
    """The chair's browser."""
    return english(client_of(budi))


@pytest.fixture
def tonos(client_of, tono):
    """The treasurer's browser."""
    return english(client_of(tono))


@pytest.fixture
def saris(client_of, sari):
    """The cashier's browser."""
    return english(client_of(sari))


@pytest.fixture
def watis(client_of, wati):
    """The supervisor's browser, who only looks on."""
    return english(client_of(wati))


def qris(shop, by, many=1):
    sale = shop.sell(by, (shop.gula, str(many)), payments=tenders(Method.QRIS, 17_500 * many))
    with scope.cooperative(shop.cooperative.pk):
        return payment_of(sale)


def bon(shop, by, many=1):
    with scope.cooperative(shop.cooperative.pk):
        if not CreditTerms.objects.of(shop.cooperative).exists():
            give_credit(shop.ani, by)
    paid = tenders(Method.CREDIT, 17_300 * many)
    return shop.sell(by, (shop.gula, str(many)), member=shop.ani, payments=paid)


def states(shop):
    with scope.cooperative(shop.cooperative.pk):
        rows = Confirmation.objects.of(shop.cooperative).order_by("position", "id")
        return list(rows.values_list("has_arrived", flat=True))


# --- Payments --------------------------------------------------------------------------------


def test_a_cashier_sees_and_confirms_what_the_cashier_took(saris, shop, sari, budi):
    mine, others = qris(shop, sari), qris(shop, budi, 2)
    page = text(saris.get(url(shop, "payments")))
    assert "Rp 17,500" in page
    assert "Rp 35,000" not in page
    assert "tidak-masuk" not in page
    assert saris.post(url(shop, "payments_confirm"), {"only": others.id}).status_code == 403
    saris.post(url(shop, "payments_confirm"), {"only": mine.id})
    assert states(shop) == [True]
    assert "Everything is matched" in text(saris.get(url(shop, "payments")))


def test_a_cashier_cannot_bring_back_what_was_said_to_be_lost(saris, shop, sari, tono):
    mine = qris(shop, sari)
    with scope.cooperative(shop.cooperative.pk):
        confirming.record_missing(
            cooperative=shop.cooperative, id=mine.id, note="x", on=MONDAY, by=tono
        )
    assert saris.post(url(shop, "payments_confirm"), {"only": mine.id}).status_code == 403


def test_the_treasurer_ticks_several(tonos, shop, sari, budi):
    ids = [qris(shop, sari).id, qris(shop, budi, 2).id]
    page = text(tonos.get(url(shop, "payments")))
    assert "2 payments not matched yet: <strong>Rp 52,500</strong>" in page
    back = url(shop, "payments", method="qris")
    answer = tonos.post(
        url(shop, "payments_confirm"), {"ids": [*ids, "nonsense"], "back": back}, follow=True
    )
    assert answer.redirect_chain[-1][0] == back
    assert "Payments that have arrived: 2." in text(answer)
    assert states(shop) == [True, True]


def test_nothing_ticked_says_so_and_leads_nowhere_else(tonos, shop):
    answer = tonos.post(url(shop, "payments_confirm"), {"back": "https://example.com/"})
    assert answer["Location"] == url(shop, "payments")


def test_a_supervisor_looks_on(watis, shop, sari):
    paid = qris(shop, sari)
    page = text(watis.get(url(shop, "payments")))
    assert "Rp 17,500" in page
    assert "Has arrived" not in page
    assert watis.post(url(shop, "payments_confirm"), {"only": paid.id}).status_code == 403


def test_the_list_filters_by_day_method_and_cashier(tonos, shop, sari, tono):
    paid = qris(shop, sari)
    shown = url(shop, "payments", show="all", day=MONDAY, method="qris", cashier=sari.pk)
    assert "Receipt 1" in text(tonos.get(shown))
    assert "Nothing found" in text(tonos.get(url(shop, "payments", show="all", day="2026-11-20")))
    assert "Nothing found" in text(tonos.get(url(shop, "payments", show="missing")))
    assert str(paid.id) not in text(tonos.get(url(shop, "payments", method="transfer")))
    fragment = tonos.get(shown, HTTP_HX_REQUEST="true")
    assert "<html" not in text(fragment)


def test_a_payment_that_never_came_needs_a_note(tonos, shop, sari):
    address = url(shop, "payment_missing", qris(shop, sari).id)
    assert "among the cash differences" in text(tonos.get(address))
    assert tonos.post(address, {"note": ""}).status_code == 422
    answer = tonos.post(address, {"note": "Tidak ada di aplikasi"}, follow=True)
    assert "this payment never came" in text(answer)
    missing = text(tonos.get(url(shop, "payments", show="missing")))
    assert "It came after all" in missing
    assert tonos.get(url(shop, "payment_missing", new_id())).status_code == 404


def test_what_reached_the_bank_is_recorded_and_undone(tonos, shop, sari):
    one, two = qris(shop, sari), qris(shop, sari, 2)
    form = tonos.get(url(shop, "settle"), follow=True)
    assert text(form).count("checked") == 2
    key = form.context["form"]["key"].value()
    given = {"key": key, "ids": [one.id, two.id], "net_idr": "52.100", "on": business_today()}
    refused = tonos.post(url(shop, "settle"), given | {"net_idr": "10.000"})
    assert refused.status_code == 422
    assert "too much for QRIS" in text(refused)
    page = text(tonos.post(url(shop, "settle"), given, follow=True))
    assert "Rp 52,100" in page
    assert "Rp 400" in page
    with scope.cooperative(shop.cooperative.pk):
        made = Settlement.objects.of(shop.cooperative).get()
    assert "No QRIS payment is waiting" in text(tonos.get(url(shop, "settle"), follow=True))
    assert "Rp 52,500" in text(tonos.get(url(shop, "payments")))
    undo = url(shop, "settlement_undo", made.id)
    assert tonos.post(undo, {"key": new_id(), "reason": ""}).status_code == 422
    undone = tonos.post(undo, {"key": new_id(), "reason": "Salah jumlah"}, follow=True)
    assert "This was undone by journal" in text(undone)


def test_only_what_was_paid_by_then_is_ticked(tonos, shop, sari):
    qris(shop, sari)
    early = url(shop, "settle", until="23/11/2026", clock="09.00", kunci=new_id())
    late = url(shop, "settle", until="23/11/2026", clock="10:00", kunci=new_id())
    assert "No QRIS payment is waiting" in text(tonos.get(early))
    assert "checked" in text(tonos.get(late))
    # Without a time it is the whole day, and the day has the calendar of the house.
    whole = tonos.get(url(shop, "settle", until="23/11/2026", kunci=new_id()))
    assert "checked" in text(whole)
    assert 'name="until"' in whole.content.decode()
    assert "data-calendar" in whole.content.decode()
    before = text(tonos.get(url(shop, "settle", until="22/11/2026", kunci=new_id())))
    assert "No QRIS payment is waiting" in before
    wrong = text(tonos.get(url(shop, "settle", until="23/11/2026", clock="9", kunci=new_id())))
    assert "Write the time like 16.00." in wrong


def test_money_of_tomorrow_is_not_recorded(tonos, shop, sari):
    given = {
        "key": new_id(),
        "ids": [qris(shop, sari).id],
        "net_idr": "17.500",
        "on": business_today() + timedelta(days=1),
    }
    answer = tonos.post(url(shop, "settle"), given)
    assert answer.status_code == 422
    assert "has not come yet" in text(answer)


# --- Credit ----------------------------------------------------------------------------------


def test_who_owes_how_much_and_since_when(tonos, shop, tono):
    bon(shop, tono, 2)
    page = text(tonos.get(url(shop, "credits")))
    assert "Ani Lestari" in page
    assert "Rp 34,600" in page
    assert "by 1 people" in page
    assert "Nobody owes" in text(tonos.get(url(shop, "credits", show="overdue")))


def test_somebody_without_credit_is_found_by_name(tonos, shop):
    page = text(tonos.get(url(shop, "credits", q="ani"), HTTP_HX_REQUEST="true"))
    assert "Members without credit" in page
    assert "Nothing found" in text(tonos.get(url(shop, "credits", q="zzz")))


def test_the_limit_is_set_and_who_is_slower_is_told(tonos, shop):
    address = url(shop, "credit_terms", shop.ani.id)
    assert 'value="30"' in text(tonos.get(address))
    given = {"limit_idr": "250.000", "due_days": "14", "version": "0"}
    assert "Rp 250,000" in text(tonos.post(address, given, follow=True))
    slower = tonos.post(address, given)
    assert slower.status_code == 409
    assert "Not saved: changed by Tono" in text(slower)
    assert tonos.post(address, given | {"due_days": "0", "version": "1"}).status_code == 422


def test_a_cashier_takes_a_payment_into_the_drawer(saris, shop, sari, tono):
    bon(shop, tono)
    member = text(saris.get(url(shop, "credit", shop.ani.id)))
    assert "Take a payment" in member
    assert "wa.me" not in member
    form = saris.get(url(shop, "credit_pay", shop.ani.id), follow=True)
    given = {
        "key": form.context["form"]["key"].value(),
        "amount_idr": "10.000",
        "method": "cash",
        "reference": "",
    }
    address = url(shop, "credit_pay", shop.ani.id)
    refused = saris.post(address, given)
    assert refused.status_code == 422
    assert "Open your shift first" in text(refused)
    open_drawer(shop, sari)
    receipt = saris.post(address, given, follow=True)
    assert "Sepuluh ribu rupiah" in text(receipt)
    assert "not recorded twice" in text(saris.post(address, given, follow=True))
    again = saris.get(address, {"kunci": given["key"]})
    assert "recorded already" in text(again)
    with scope.cooperative(shop.cooperative.pk):
        assert CreditPayment.objects.of(shop.cooperative).get().shift is not None


def open_drawer(shop, by):
    from shops.drawers.services import shifts
    from tests.shops.conftest import MORNING

    with scope.cooperative(shop.cooperative.pk):
        return shifts.open_shift(
            cooperative=shop.cooperative,
            unit=shop.unit,
            drawer="Laci 1",
            float_idr=0,
            key=new_id(),
            at=MORNING,
            by=by,
        )


def test_the_treasurer_reminds_and_takes_a_transfer(tonos, shop, tono):
    bon(shop, tono)
    assert "wa.me/62" in text(tonos.get(url(shop, "credit", shop.ani.id)))
    given = {"key": new_id(), "amount_idr": "17.300", "method": "transfer", "reference": "BCA 1"}
    receipt = text(tonos.post(url(shop, "credit_pay", shop.ani.id), given, follow=True))
    assert "Berlaku setelah uangnya masuk" in receipt
    waiting = text(tonos.get(url(shop, "payments")))
    assert "Credit receipt B-000001" in waiting
    assert "Nothing is owed" in text(tonos.get(url(shop, "credit_pay", shop.ani.id), follow=True))


def test_the_members_page_shows_the_credit(tonos, shop, tono, client_of, rini):
    page = reverse("members:detail", args=[shop.cooperative.code, shop.ani.id])
    assert "Give credit" in text(tonos.get(page))
    bon(shop, tono)
    assert "See the credit" in text(tonos.get(page))
    assert "Credit at the shop" not in text(english(client_of(rini)).get(page))


# --- Savings that paid -----------------------------------------------------------------------


def test_savings_spent_at_the_till_are_told_and_not_corrected(tonos, shop, sari, tono):
    with scope.cooperative(shop.cooperative.pk):
        kind = SavingsKind.objects.of(shop.cooperative).get(code="sukarela")
        savings.deposit(
            member=shop.ani, kind=kind, amount_idr=50_000, key=new_id(), on=MONDAY, by=tono
        )
    shop.sell(
        sari,
        (shop.gula, "1"),
        member=shop.ani,
        payments=tenders(Method.SAVINGS, 17_300),
    )
    code = shop.cooperative.code
    history = text(tonos.get(reverse("members:detail", args=[code, shop.ani.id])))
    assert "spent at the till" in history
    with scope.cooperative(shop.cooperative.pk):
        entry = SavingsEntry.objects.of(shop.cooperative).get(amount_idr=-17_300)
    receipt = text(tonos.get(reverse("members:receipt", args=[code, entry.id])))
    assert "BUKTI BELANJA DENGAN SIMPANAN" in receipt
    assert "There is a mistake" not in receipt
    given = {"key": new_id(), "reason": "Salah"}
    refused = tonos.post(reverse("members:correct", args=[code, entry.id]), given)
    assert refused.status_code == 422
    assert "Return the sale there" in text(refused)


# --- Vouchers --------------------------------------------------------------------------------


def batch_of(shop, tono, **changes):
    ordered = {
        "buyer": "Yayasan (rekaan)",
        "value_idr": 20_000,
        "count": 2,
        "valid_until": business_today() + timedelta(days=30),
        "method": Method.CREDIT,
    }
    with scope.cooperative(shop.cooperative.pk):
        return vouchers.issue(
            cooperative=shop.cooperative,
            ordered=Ordered(**ordered | changes),
            key=new_id(),
            on=MONDAY,
            by=tono,
        )


def test_vouchers_are_issued_printed_and_listed(tonos, shop):
    assert "No vouchers yet" in text(tonos.get(url(shop, "vouchers")))
    form = tonos.get(url(shop, "voucher_issue"), follow=True)
    given = {
        "key": form.context["form"]["key"].value(),
        "buyer": "Dinas Sosial (rekaan)",
        "purpose": "Paket Ramadan",
        "count": "3",
        "value_idr": "20.000",
        "beneficiaries": "",
        "valid_until": business_today() + timedelta(days=30),
        "method": "cash",
    }
    assert tonos.post(url(shop, "voucher_issue"), given | {"count": "0"}).status_code == 422
    page = tonos.post(url(shop, "voucher_issue"), given, follow=True)
    with scope.cooperative(shop.cooperative.pk):
        code = Voucher.objects.of(shop.cooperative).order_by("code").first().code
        batch = VoucherBatch.objects.of(shop.cooperative).get()
    assert f"{code[:5]} {code[5:]}" in text(page)
    assert "Rp 60,000" in text(tonos.get(url(shop, "vouchers")))
    sheet = tonos.get(url(shop, "voucher_sheets", batch.id))
    assert sheet.content.startswith(b"%PDF")
    again = tonos.get(url(shop, "voucher_issue", kunci=given["key"]))
    assert "made already" in text(again)


def test_who_only_looks_on_sees_no_codes(watis, shop, tono):
    batch = batch_of(shop, tono)
    page = text(watis.get(url(shop, "voucher_batch", batch.id)))
    with scope.cooperative(shop.cooperative.pk):
        codes = Voucher.objects.of(shop.cooperative).values_list("code", flat=True)
        assert not any(code[:5] in page for code in codes)
    assert watis.get(url(shop, "voucher_sheets", batch.id)).status_code == 403


def test_an_institution_pays_what_it_owes(tonos, shop, tono):
    batch = batch_of(shop, tono)
    assert "Rp 40,000 still to be paid" in text(tonos.get(url(shop, "voucher_batch", batch.id)))
    address = url(shop, "voucher_receive", batch.id)
    given = {"key": new_id(), "amount_idr": "40.001", "method": "transfer"}
    assert tonos.post(address, given).status_code == 422
    page = tonos.post(address, given | {"amount_idr": "40.000"}, follow=True)
    assert "Paid in full" in text(page)


def test_expired_vouchers_are_ended(tonos, shop, tono):
    batch = batch_of(shop, tono, valid_until=MONDAY)
    assert "End the expired vouchers" in text(tonos.get(url(shop, "voucher_batch", batch.id)))
    address = url(shop, "voucher_end", batch.id)
    assert tonos.get(address, follow=True).status_code == 200
    # What the page showed goes along; without it nothing is ended.
    assert tonos.post(address, {"key": new_id()}).status_code == 422
    seen = {"shown_idr": "40000"}
    page = text(tonos.post(address, {"key": new_id()} | seen, follow=True))
    assert "Ended unspent" in page
    assert tonos.post(address, {"key": new_id()}).status_code == 422
    nothing = tonos.get(url(shop, "voucher_sheets", batch.id), follow=True)
    assert "Nothing is left" in text(nothing)


# --- Statements ------------------------------------------------------------------------------


def test_the_lists_take_few_statements(budis, shop, sari, budi):
    qris(shop, sari)
    bon(shop, budi)
    batch_of(shop, budi)
    assert statements(budis, url(shop, "payments")) <= 4
    assert statements(budis, url(shop, "credits")) <= 6
    assert statements(budis, url(shop, "credit", shop.ani.id)) <= 10
    assert statements(budis, url(shop, "vouchers")) <= 3
