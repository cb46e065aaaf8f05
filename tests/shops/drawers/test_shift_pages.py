"""A cashier's shift in the browser: open, feed, count blind, close; and who may look."""

import pypdfium2
import pytest
from django.urls import reverse

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.models import Journal
from kkmp.access.models import AuditEvent, RoleHolding
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from shops.models import CashMovement, CountedCash, Shift
from tests.shops.pages import english, text, url


@pytest.fixture
def saris(client_of, sari):
    return english(client_of(sari))


@pytest.fixture
def budis(client_of, budi):
    return english(client_of(budi))


@pytest.fixture
def watis(client_of, wati):
    return english(client_of(wati))


def opened(shop, **changes):
    return {
        "key": str(new_id()),
        "unit": str(shop.unit.id),
        "drawer": "Laci 1",
        "float_idr": "100.000",
    } | changes


def count(**pieces):
    return {"key": str(new_id()), "step": "close", "note": "", **pieces}


def shifts(shop):
    with scope.cooperative(shop.cooperative.pk):
        rows = Shift.objects.of(shop.cooperative).select_related("cashier", "closed_by")
        return list(rows.order_by("number"))


# --- Opening ---------------------------------------------------------------------------------


def test_a_newly_opened_form_has_its_key_in_the_address(saris, shop):
    assert "kunci=" in saris.get(url(shop, "shift_open"))["Location"]


def test_the_first_free_drawer_is_suggested(saris, budi, shop):
    shop.open_shift(budi, drawer="Drawer 1")
    page = text(saris.get(url(shop, "shift_open", kunci=new_id())))
    assert 'value="Drawer 2"' in page


def test_the_drawer_and_float_of_last_time_are_suggested(saris, shop):
    saris.post(url(shop, "shift_open"), opened(shop, drawer="Laci Depan"))
    saris.post(url(shop, "shift_close"), count(pieces_100000="1"))
    page = text(saris.get(url(shop, "shift_open", kunci=new_id())))
    assert 'value="Laci Depan"' in page
    assert 'value="100.000"' in page


def test_whoever_opened_goes_on_to_the_till(saris, shop):
    answer = saris.post(url(shop, "shift_open"), opened(shop))
    assert answer["Location"] == url(shop, "till", unit="gerai")
    assert [shift.float_idr for shift in shifts(shop)] == [100_000]


def test_the_till_says_once_that_the_shift_is_open(saris, shop):
    saris.post(url(shop, "shift_open"), opened(shop))
    said = [{"text": "Your shift is open. You can sell now.", "level": "success"}]
    assert saris.get(url(shop, "till_data")).json()["notes"] == said
    assert saris.get(url(shop, "till_data")).json()["notes"] == []


def test_the_same_form_sent_twice_opens_once(saris, shop):
    form = opened(shop)
    for _time in range(2):
        assert saris.post(url(shop, "shift_open"), form).status_code == 302
    assert len(shifts(shop)) == 1


def test_another_float_under_the_same_key_offers_a_new_form(saris, shop):
    form = opened(shop)
    saris.post(url(shop, "shift_open"), form)
    answer = saris.post(url(shop, "shift_open"), form | {"float_idr": "1"})
    assert answer.status_code == 422
    assert "Open a new form" in text(answer)


def test_a_drawer_that_is_taken_names_who_has_it(saris, budi, shop):
    shop.open_shift(budi, drawer="Laci 1")
    answer = saris.post(url(shop, "shift_open"), opened(shop))
    assert answer.status_code == 422
    assert "Laci 1 is open for Budi (rekaan)" in text(answer)


def test_whoever_has_a_shift_is_taken_to_it(saris, sari, shop):
    shop.open_shift(sari)
    answer = saris.get(url(shop, "shift_open", kunci=new_id()))
    assert answer["Location"] == url(shop, "shift")


def test_no_unit_means_no_shift(saris, melati):
    page = saris.get(reverse("shops:shift_open", args=[melati.code]) + f"?kunci={new_id()}")
    assert "unit" in text(page)


# --- One's own shift -------------------------------------------------------------------------


def test_without_a_shift_the_page_offers_one(saris, shop):
    page = text(saris.get(url(shop, "shift")))
    assert "No shift is open" in page
    assert url(shop, "shift_open") in page


def test_what_should_be_there_is_not_told_before_the_count(saris, sari, shop):
    shop.open_shift(sari, float_idr=100_000)
    shop.sell(sari, (shop.gula, "2"), needs_shift=True)
    for name in ("shift", "shift_close"):
        page = text(saris.get(url(shop, name, kunci=new_id())))
        assert "135,000" not in page
        assert "35,000" not in page


def test_a_refused_deposit_does_not_tell_it_either(saris, sari, shop):
    shop.open_shift(sari, float_idr=123_456)
    form = {"key": str(new_id()), "reason": "deposit", "amount_idr": "200.000"}
    answer = saris.post(url(shop, "shift_move"), form)
    assert answer.status_code == 422
    assert "There cannot be Rp 200,000 in the drawer" in text(answer)
    assert "123,456" not in text(answer)


def test_cash_goes_in_and_out_with_its_reason(saris, sari, shop):
    shop.open_shift(sari, float_idr=50_000)
    form = {"key": str(new_id()), "reason": "expense", "amount_idr": "15.000", "note": "Es batu"}
    for _time in range(2):
        saris.post(url(shop, "shift_move"), form)
    page = text(saris.get(url(shop, "shift")))
    assert "Es batu" in page
    assert page.count("-Rp 15,000") == 1
    form["amount_idr"] = "20.000"
    assert saris.post(url(shop, "shift_move"), form).status_code == 422


def test_a_used_form_of_cash_is_not_opened_again(saris, sari, shop):
    shop.open_shift(sari, float_idr=50_000)
    key = new_id()
    form = {"key": str(key), "reason": "change", "amount_idr": "15.000"}
    saris.post(url(shop, "shift_move"), form)
    assert saris.get(url(shop, "shift_move", kunci=key))["Location"] == url(shop, "shift")


def test_a_cashier_is_not_told_what_the_main_cash_box_holds(saris, sari, shop):
    shop.open_shift(sari, float_idr=50_000)
    with scope.cooperative(shop.cooperative.pk):
        held = f"{books.balance_of_all_time(shop.cooperative, Code.CASH):,}"
    form = {"key": str(new_id()), "reason": "change", "amount_idr": "90.000.000"}
    answer = saris.post(url(shop, "shift_move"), form)
    page = text(answer)
    assert answer.status_code == 422
    assert "Main cash cannot give Rp 90,000,000" in page
    assert held not in page


def test_an_expense_without_a_note_is_asked_what_it_was(saris, sari, shop):
    shop.open_shift(sari, float_idr=50_000)
    form = {"key": str(new_id()), "reason": "expense", "amount_idr": "15.000"}
    assert "Write what it was for." in text(saris.post(url(shop, "shift_move"), form))
    with scope.cooperative(shop.cooperative.pk):
        assert not CashMovement.objects.of(shop.cooperative).exists()


# --- Closing ---------------------------------------------------------------------------------


def test_an_uncounted_shift_is_not_closed(saris, sari, shop):
    shop.open_shift(sari, float_idr=100_000)
    for step in ("check", "close"):
        answer = saris.post(url(shop, "shift_close"), count() | {"step": step})
        assert answer.status_code == 422
        assert "Count the money" in text(answer)
    assert shifts(shop)[0].is_open


def test_the_sum_is_shown_before_anything_is_closed(saris, sari, shop):
    shop.open_shift(sari, float_idr=100_000)
    form = count(pieces_50000="2", pieces_500="3") | {"step": "check"}
    answer = saris.post(url(shop, "shift_close"), form)
    assert answer.status_code == 200
    assert "Rp 101,500" in text(answer)
    assert 'name="pieces_500" value="3"' in text(answer)
    assert shifts(shop)[0].is_open


def test_counting_again_keeps_what_was_written(saris, sari, shop):
    shop.open_shift(sari)
    answer = saris.post(url(shop, "shift_close"), count(pieces_500="3") | {"step": "count"})
    assert 'name="pieces_500" value="3"' in text(answer)
    assert "How many of each" in text(answer)


def test_a_count_of_float_and_sales_comes_out(saris, sari, shop):
    shop.open_shift(sari, float_idr=100_000)
    shop.sell(sari, (shop.gula, "1"), needs_shift=True, paid_idr=20_000)
    answer = saris.post(
        url(shop, "shift_close"), count(pieces_100000="1", pieces_10000="1", pieces_500="15")
    )
    page = text(saris.get(answer["Location"]))
    assert "The count is right" in page
    assert "Rp 117,500 counted, Rp 117,500 should be there" in page


def test_the_difference_is_shown_with_what_it_consists_of(saris, sari, shop):
    shop.open_shift(sari, float_idr=100_000)
    shop.sell(sari, (shop.gula, "2"), needs_shift=True)
    answer = saris.post(url(shop, "shift_close"), count(pieces_100000="1", pieces_20000="1"))
    page = text(saris.get(answer["Location"]))
    assert "Less than there should be" in page
    for amount in (
        "-Rp 15,000",
        "Rp 100,000",
        "Rp 35,000",
        "Rp 135,000",
        "Rp 120,000",
    ):
        assert amount in page


def test_the_same_count_sent_twice_closes_once(saris, sari, shop):
    shop.open_shift(sari)
    form = count(pieces_500="1")
    first, again = (saris.post(url(shop, "shift_close"), form) for _time in range(2))
    assert first["Location"] == again["Location"]
    assert saris.post(url(shop, "shift_close"), form | {"pieces_500": "2"}).status_code == 422
    with scope.cooperative(shop.cooperative.pk):
        assert CountedCash.objects.of(shop.cooperative).count() == 1


def test_an_empty_drawer_is_counted_as_nothing_once(saris, sari, shop):
    shop.open_shift(sari)
    form = count(pieces_100="0")
    for _time in range(2):
        assert saris.post(url(shop, "shift_close"), form).status_code == 302
    assert shifts(shop)[0].counted_idr == 0


def test_a_used_form_of_counting_shows_the_sheet(saris, sari, shop):
    shop.open_shift(sari)
    form = count(pieces_100="0")
    saris.post(url(shop, "shift_close"), form)
    again = saris.get(url(shop, "shift_close", kunci=form["key"]))
    assert again["Location"] == url(shop, "shift_summary", shifts(shop)[0].id)


@pytest.mark.parametrize("written", ["-1", "1,5", "x", "100000"])
def test_pieces_are_whole_and_not_below_zero(saris, sari, shop, written):
    shop.open_shift(sari)
    answer = saris.post(url(shop, "shift_close"), count(pieces_500=written))
    assert answer.status_code == 422
    assert shifts(shop)[0].is_open


def test_closing_without_a_shift_leads_to_the_shift_page(saris, shop):
    answer = saris.post(url(shop, "shift_close"), count(pieces_500="1"))
    assert answer["Location"] == url(shop, "shift")


def test_a_unit_that_was_closed_does_not_stand_in_the_way(saris, sari, shop):
    shop.open_shift(sari)
    with scope.cooperative(shop.cooperative.pk):
        shop.unit.is_active = False
        shop.unit.save()
    assert saris.post(url(shop, "shift_close"), count(pieces_500="1")).status_code == 302


# --- Somebody else's -------------------------------------------------------------------------


def test_the_chair_closes_what_was_left_open_and_the_books_say_so(budis, budi, sari, shop):
    shift = shop.open_shift(sari, float_idr=10_000)
    address = url(shop, "shift_close_other", shift.id)
    assert "The books and the closing sheet will say" in text(
        budis.get(address + f"?kunci={new_id()}")
    )
    answer = budis.post(address, count(pieces_10000="1"))
    page = text(budis.get(answer["Location"]))
    assert "Closed by" in page
    with scope.cooperative(shop.cooperative.pk):
        closed = Shift.objects.of(shop.cooperative).get(id=shift.id)
        assert (closed.cashier, closed.closed_by) == (sari, budi)
        assert Journal.objects.of(shop.cooperative).get(id=closed.closing_id).posted_by == budi


def test_a_cashier_closes_nobody_elses(saris, budi, shop):
    shift = shop.open_shift(budi)
    assert saris.post(url(shop, "shift_close_other", shift.id), count()).status_code == 403


def test_a_shift_that_is_closed_already_says_so(budis, sari, saris, shop):
    shift = shop.open_shift(sari)
    saris.post(url(shop, "shift_close"), count(pieces_500="1"))
    answer = budis.post(url(shop, "shift_close_other", shift.id), count(pieces_500="1"))
    assert answer.status_code == 422
    assert f"Shift {shift.number} is closed already." in text(answer)


def test_the_sheet_is_for_the_cashier_and_those_who_look_after_shifts(
    saris, watis, budi, sari, client_of, rini, shop
):
    own, other = shop.open_shift(sari), shop.open_shift(budi)
    saris.post(url(shop, "shift_close"), count(pieces_500="1"))
    sheet = url(shop, "shift_summary", own.id)
    assert [c.get(sheet).status_code for c in (saris, watis, client_of(rini))] == [200, 200, 404]
    assert saris.get(url(shop, "shift_summary", other.id)).status_code == 404


def test_an_open_shift_of_another_shows_no_figures(watis, sari, shop):
    shift = shop.open_shift(sari, float_idr=77_000)
    page = text(watis.get(url(shop, "shift_summary", shift.id)))
    assert "This shift is still open" in page
    assert "77,000" not in page


def test_an_open_shift_of_ones_own_is_its_page(budis, budi, shop):
    shift = shop.open_shift(budi)
    assert budis.get(url(shop, "shift_summary", shift.id))["Location"] == url(shop, "shift")


def test_the_list_shows_who_was_short_and_by_how_much(watis, saris, budi, sari, shop):
    shop.open_shift(sari, float_idr=50_000)
    saris.post(url(shop, "shift_close"), count(pieces_20000="2"))
    shop.open_shift(sari, float_idr=50_000)
    saris.post(url(shop, "shift_close"), count(pieces_50000="1", pieces_500="1"))
    shop.open_shift(budi)
    page = text(watis.get(url(shop, "shifts")))
    assert "-Rp 10,000" in page
    assert "+Rp 500" in page
    assert ">Rp 10,000</td>" in page
    assert "Open now" in page
    assert url(shop, "shift_close_other", shifts(shop)[2].id) not in page


def test_an_empty_list_says_what_will_stand_there(watis, shop):
    assert "No shifts yet" in text(watis.get(url(shop, "shifts")))


# --- Access that survives its revocation -----------------------------------------------------


def test_a_revoked_cashier_is_out_in_mid_shift_and_the_chair_closes(saris, budis, sari, budi, shop):
    shift = shop.open_shift(sari, float_idr=10_000)
    assert saris.get(url(shop, "shift")).status_code == 200
    RoleHolding.objects.get(user=sari).delete()
    for name in ("shift", "till", "shift_move", "shift_close"):
        assert saris.get(url(shop, name, kunci=new_id())).status_code == 404
    assert saris.post(url(shop, "shift_close"), count(pieces_10000="1")).status_code == 404
    answer = budis.post(url(shop, "shift_close_other", shift.id), count(pieces_10000="1"))
    assert answer.status_code == 302
    assert shifts(shop)[0].closed_by == budi


def test_a_cashier_who_sells_no_more_cannot_close_either(saris, sari, shop):
    shift = shop.open_shift(sari)
    RoleHolding.objects.filter(user=sari).update(role="membership_clerk")
    assert saris.post(url(shop, "shift_close"), count(pieces_500="1")).status_code == 403
    assert saris.get(url(shop, "shift_summary", shift.id)).status_code == 302


# --- On paper --------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "width"), [("58mm", 58), ("80mm", 80), ("a4", 210)])
def test_the_closing_sheet_is_a_pdf_of_one_page(saris, sari, shop, paper, width):
    shift = shop.open_shift(sari, float_idr=50_000)
    shop.sell(sari, (shop.gula, "2"), needs_shift=True, paid_idr=50_000)
    saris.post(url(shop, "shift_close"), count(pieces_20000="4", pieces_500="1"))
    answer = saris.get(url(shop, "shift_pdf", shift.id, kertas=paper))
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.content)
    assert len(pages) == 1
    assert round(pages[0].get_width() / 72 * 25.4) == width
    text = " ".join(pages[0].get_textpage().get_text_range().split())
    for part in (
        "LAPORAN TUTUP KAS",
        str(shift.number),
        "Rp35.000",
        "Seharusnya Rp85.000",
        "Dihitung Rp80.500",
        "-Rp4.500",
        "Rp20.000 4",
        "Diterima oleh",
        str(sari),
    ):
        assert part in text, (part, text)


def test_only_who_may_see_the_sheet_gets_its_pdf_and_of_an_open_shift_nobody(
    saris, watis, budi, sari, client_of, rini, shop
):
    own, other = shop.open_shift(sari), shop.open_shift(budi)
    assert watis.get(url(shop, "shift_pdf", own.id)).status_code == 404
    saris.post(url(shop, "shift_close"), count(pieces_500="1"))
    sheet = url(shop, "shift_pdf", own.id)
    assert [c.get(sheet).status_code for c in (saris, watis, client_of(rini))] == [200, 200, 404]
    assert saris.get(url(shop, "shift_pdf", other.id)).status_code == 404


# --- Found out by asking ------------------------------------------------------------------------


def asked(browser, shop, amount, reason="deposit"):
    form = {"key": str(new_id()), "reason": reason, "amount_idr": str(amount), "note": "Es"}
    return browser.post(url(shop, "shift_move"), form)


def test_what_should_be_there_cannot_be_found_by_halves(saris, sari, shop):
    shop.open_shift(sari, float_idr=123_456)
    least, most = 0, 1_000_000
    refused = 0
    for _time in range(20):
        middle = (least + most) // 2
        answer = asked(saris, shop, middle)
        if "larger than the drawer holds" in text(answer):
            break
        assert answer.status_code in (302, 422)
        if answer.status_code == 422:
            refused, most = refused + 1, middle
        else:
            least = middle
    assert refused == 3
    # Nor does an amount that is there tell anything any more.
    assert "close the shift and count" in text(asked(saris, shop, 1))
    assert asked(saris, shop, 1).status_code == 422
    with scope.cooperative(shop.cooperative.pk):
        told = AuditEvent.objects.of(shop.cooperative).filter(action="shift.short")
        # Three that were refused, and each that was not compared any more.
        assert told.filter(actor=sari).count() == 3 + 3


def test_cash_that_comes_in_and_the_next_shift_are_not_shut(saris, sari, shop):
    shift = shop.open_shift(sari, float_idr=1_000)
    for _time in range(4):
        asked(saris, shop, 5_000)
    assert asked(saris, shop, 500, "other_in").status_code == 302
    saris.post(url(shop, "shift_close"), count(pieces_1000="1", pieces_500="1"))
    assert [one.is_open for one in shifts(shop) if one.pk == shift.pk] == [False]
    shop.open_shift(sari, float_idr=1_000)
    assert asked(saris, shop, 500, "deposit").status_code == 302


def test_programs_cannot_find_it_either(api_of, sari, shop):
    shift = shop.open_shift(sari, float_idr=123_456)
    program, codes = api_of(sari), []
    for amount in (900_000, 800_000, 700_000, 600_000, 100):
        sent = {"key": str(new_id()), "reason": "deposit", "amount_idr": amount}
        codes.append(program.post(f"/api/v1/shifts/{shift.pk}/movements/", sent, format="json"))
    assert [answer.status_code for answer in codes] == [422, 422, 422, 429, 429]
    assert codes[-1].json()["code"] == "asked_too_often"
