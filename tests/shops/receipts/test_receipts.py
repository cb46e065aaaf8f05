"""Receipts: what stands on them, which print is the original, and how wide they are."""

import re
import textwrap
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkmp.lib.documents import copy_mark
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Installation
from shops.models import Confirmation, Method, Pack, PriceTier, ReceiptCopy, TillSettings
from shops.receipts import queries
from shops.receipts.documents import message
from shops.receipts.documents.content import Item, Pair, Receipt, Undone
from shops.receipts.documents.text import COLUMNS, plain, rows
from shops.receipts.services import receipts
from shops.settling.services import confirming
from shops.till.services import sales
from tests.conftest import MONDAY
from tests.shops.conftest import MORNING, open_shift, returned


def words(sale, columns=32):
    """The receipt as it is printed for the first time, with single spaces."""
    whole = queries.whole(sale.cooperative).get(id=sale.id)
    return " ".join(plain(queries.shown(whole, None), columns).split())


def test_a_receipt_says_all_that_a_receipt_must(sell, gula, ani, in_melati):
    in_melati.address, in_melati.npwp = "Jl. Contoh 12", "01.234.567.8-503.000"
    in_melati.save(update_fields=["address", "npwp"])
    page = words(sell((gula, "2"), member=ani, paid_idr=50_000))
    for said in (
        in_melati.name.split()[0],
        "Jl. Contoh 12",
        "NPWP 01.234.567.8-503.000",
        "No. nota 1 ",
        "23/11/2026 10.00 WIB",
        "Sari (rekaan)",
        "***01 Ani Lestari (rekaan)",
        "2 bks x 17.300 34.600",
        "harga anggota",
        "TOTAL Rp34.600",
        "Bayar tunai Rp50.000",
        "Kembali Rp15.400",
        "Harga anggota hemat Rp400",
        "Terima kasih",
    ):
        assert said in page
    assert "Pembulatan" not in page


def test_the_number_of_a_member_is_masked(sell, gula, ani):
    ani.number = 1234
    ani.save(update_fields=["number"])
    page = words(sell((gula, "1"), member=ani))
    assert "***34" in page
    assert "1234" not in page


def test_packs_tell_how_many_are_in_them(sell, gula, in_melati):
    pack = Pack.objects.create(
        cooperative=in_melati,
        product=gula,
        name="dus",
        factor=20,
        general_price_idr=340_000,
    )
    line = sales.SoldLine(gula.id, Decimal(2), PriceTier.GENERAL, pack.id)
    page = words(sell(lines=[line]))
    assert "2 dus (40 bks) x 340.000 680.000" in page


def test_discounts_stand_at_their_line_and_are_in_the_total(sell, gula):
    line = sales.SoldLine(gula.id, Decimal(2), PriceTier.WHOLESALE, discount_idr=600)
    page = words(sell(lines=[line], may_discount=True))
    assert "2 bks x 16.800 33.600 harga grosir diskon -600" in page
    assert "TOTAL Rp33.000 Sudah dipotong diskon Rp600" in page


def test_rounding_stands_between_the_total_and_what_has_to_be_paid(sell, telur, in_melati):
    page = words(sell((telur, "0.541"), paid_idr=20_000))
    assert "TOTAL Rp15.689 Pembulatan Rp11 Harus dibayar Rp15.700" in page
    assert "Bayar tunai Rp20.000 Kembali Rp4.300" in page


def test_every_payment_stands_there_and_qris_is_not_seen_yet(sell, gula, in_melati, sari):
    payments = [sales.Tender(Method.QRIS, 10_000), sales.Tender(Method.CASH, 10_000)]
    sale = sell((gula, "1"), payments=payments)
    page = words(sale)
    assert "Bayar QRIS Rp10.000 (belum dicocokkan) Bayar tunai Rp10.000" in page
    assert "Jumlah bayar Rp20.000 Kembali Rp2.500" in page
    seen(sale, sari, has_arrived=True)
    assert "(sudah dicocokkan)" in words(sale)


def seen(sale, by, **found):
    """Somebody looks whether the first payment has arrived."""
    Confirmation.objects.create(
        cooperative=sale.cooperative, payment=sale.paid_by[0], on=MONDAY, by=by, **found
    )


def test_money_that_never_came_is_not_hidden(sell, gula, sari):
    sale = sell((gula, "1"), payments=[sales.Tender(Method.QRIS, 17_500)])
    lost = {"id": sale.paid_by[0].id, "note": "Dicari", "on": MONDAY, "by": sari}
    confirming.record_missing(cooperative=sale.cooperative, **lost)
    assert "Bayar QRIS Rp17.500 (uang tidak masuk)" in words(sale)


def test_no_change_is_told_where_no_cash_was_given(sell, gula):
    page = words(sell((gula, "1"), payments=[sales.Tender(Method.TRANSFER, 17_500)]))
    assert "Bayar transfer Rp17.500 (belum dicocokkan)" in page
    assert "Kembali" not in page


def test_the_cooperatives_own_last_line_and_the_mark_of_the_demo(sell, gula, in_melati):
    sale = sell((gula, "1"))
    TillSettings.objects.of(in_melati).delete()
    TillSettings.objects.create(cooperative=in_melati, receipt_footer="Buka 7.00 sampai 20.00")
    Installation.objects.update_or_create(defaults={"is_demo": True})
    page = words(sale)
    assert "Buka 7.00 sampai 20.00" in page
    assert "Terima kasih" not in page
    assert "DATA CONTOH" in page


def test_what_came_back_stands_on_the_receipt(sell, gula, telur, gerai, sari, budi):
    shift = open_shift(gerai, sari, float_idr=500_000)
    sale = sell((gula, "3"), (telur, "1"))
    returned(sale, shift, budi, line_1="2", at=MORNING + timedelta(days=1))
    page = words(sale)
    assert "RETUR 1 24/11/2026 2 bks Gula Pasir 1 kg Kembali tunai -Rp35.000" in page


def test_a_void_sale_says_so(sell, gula, gerai, sari, budi):
    sale = sell((gula, "1"))
    returned(sale, open_shift(gerai, sari, float_idr=500_000), budi)
    assert "DIBATALKAN 23/11/2026 Kembali tunai -Rp17.500" in words(sale)


def test_a_receipt_is_read_in_few_statements(sell, gula, telur, ani, in_melati, gerai, sari, budi):
    sale = sell((gula, "3"), (telur, "1"), member=ani)
    returned(sale, open_shift(gerai, sari, float_idr=500_000), budi, line_1="2")
    with CaptureQueriesContext(connection) as captured:
        queries.shown(queries.whole(in_melati).get(id=sale.id), None)
    assert len(captured) == 9


# --- Copies ----------------------------------------------------------------------------------


def test_the_first_print_is_the_original_and_later_ones_are_counted(sell, gula, sari, in_melati):
    sale = sell((gula, "1"))
    marks = [copy_mark(receipts.issue(sale=sale, by=sari).copy) for _time in range(3)]
    assert marks == ["", "SALINAN", "SALINAN KE-2"]
    assert queries.prints(sale) == 3
    assert {copy.printed_by for copy in ReceiptCopy.objects.of(in_melati)} == {sari}


def test_prints_of_another_sale_do_not_count(sell, gula, sari):
    receipts.issue(sale=sell((gula, "1")), by=sari)
    assert receipts.issue(sale=sell((gula, "1")), by=sari).copy == 0


def test_a_print_of_another_sale_is_none_of_its_own(sell, gula, sari):
    one, other = sell((gula, "1")), sell((gula, "1"))
    printed = receipts.issue(sale=one, by=sari)
    assert queries.printed(one, printed.id) == printed
    assert queries.printed(other, printed.id) is None
    assert queries.printed(one, None) is None


def test_paper_that_nobody_counted_is_a_copy(sell, gula, in_melati):
    sale = queries.whole(in_melati).get(id=sell((gula, "1")).id)
    assert queries.uncounted(sale).copy == "SALINAN"


# --- Width -----------------------------------------------------------------------------------

LETTERS = st.text(alphabet="abc DE-1.é", min_size=0, max_size=120)
PAIRS = st.builds(Pair, LETTERS, LETTERS, LETTERS)
RECEIPTS = st.builds(
    Receipt,
    cooperative=LETTERS,
    address=st.tuples(LETTERS),
    copy=LETTERS,
    facts=st.tuples(PAIRS),
    items=st.tuples(st.builds(Item, LETTERS, LETTERS, LETTERS, st.tuples(PAIRS))),
    total=PAIRS,
    below=st.tuples(PAIRS),
    paid=st.tuples(PAIRS),
    saving=LETTERS,
    undone=st.tuples(st.builds(Undone, LETTERS, st.tuples(LETTERS), st.tuples(PAIRS))),
    footer=LETTERS,
    demo=LETTERS,
)


@given(receipt=RECEIPTS, columns=st.sampled_from(list(COLUMNS.values())))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_row_is_wider_than_the_paper(receipt, columns):
    assert all(len(row.text) <= columns for row in rows(receipt, columns))


@given(receipt=RECEIPTS, columns=st.sampled_from(list(COLUMNS.values())))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_letter_of_names_and_amounts_is_lost(receipt, columns):
    printed = re.sub(r"\s", "", plain(receipt, columns))
    for text in (receipt.cooperative, receipt.footer, receipt.items[0].name, receipt.total.value):
        for word in textwrap.wrap(text, columns):
            assert re.sub(r"\s", "", word) in printed


def test_a_narrow_receipt_looks_like_this():
    receipt = Receipt(
        cooperative="KKMP Gedawang",
        address=(),
        copy="SALINAN",
        facts=(Pair("No. nota", "12"),),
        items=(
            Item("Beras Premium Cap Bunga Melati 5 kg", "2 sak x 74.500", "149.000", ()),
            Item("Gula", "2 dus (40 bks) x 1.340.000", "2.680.000", (Pair("diskon", "-600"),)),
        ),
        total=Pair("TOTAL", "Rp2.828.400"),
        below=(),
        paid=(Pair("Bayar QRIS", "Rp2.828.400", "belum dicocokkan"),),
        saving="",
        undone=(),
        footer="Terima kasih",
        demo="",
    )
    assert plain(receipt, 32) == (
        "         KKMP Gedawang\n"
        "            SALINAN\n"
        "--------------------------------\n"
        "No. nota                      12\n"
        "--------------------------------\n"
        "Beras Premium Cap Bunga Melati 5\n"
        "kg\n"
        "2 sak x 74.500           149.000\n"
        "Gula\n"
        "2 dus (40 bks) x 1.340.000\n"
        "                       2.680.000\n"
        "  diskon                    -600\n"
        "--------------------------------\n"
        "TOTAL                Rp2.828.400\n"
        "Bayar QRIS           Rp2.828.400\n"
        "              (belum dicocokkan)\n"
        "--------------------------------\n"
        "          Terima kasih\n"
    )


# --- The message -----------------------------------------------------------------------------


def said(sale):
    whole = queries.whole(sale.cooperative).get(id=sale.id)
    text = message.text(whole, queries.shown(whole, None))
    return text, message.link(whole, text)


def test_the_message_is_short_and_says_what_counts(sell, gula, ani, in_melati):
    text, link = said(sell((gula, "2"), member=ani, paid_idr=50_000))
    assert text == (
        f"*{in_melati.name}*\n"
        "Nota 1, 23/11/2026 10.00 WIB\n"
        "\n"
        "Gula Pasir 1 kg: 2 bks x 17.300 = 34.600\n"
        "\n"
        "*Total Rp34.600*\n"
        "Bayar tunai Rp50.000\n"
        "Kembali Rp15.400\n"
        "Harga anggota hemat Rp400\n"
        "\n"
        "Terima kasih"
    )
    assert link.startswith("https://wa.me/6281897825707?text=%2AKoperasi")


def test_the_message_has_what_has_to_be_paid_and_what_came_back(sell, telur, gerai, sari, budi):
    sale = sell((telur, "0.541"), paid_idr=20_000)
    returned(sale, open_shift(gerai, sari, float_idr=500_000), budi)
    text, link = said(sale)
    assert "*Total Rp15.700*" in text
    assert "DIBATALKAN 23/11/2026: -Rp15.700" in text
    assert link == ""


@pytest.mark.parametrize("phone", ["", "+62247471234"])
def test_without_a_mobile_there_is_no_link(sell, gula, ani, phone):
    ani.phone = phone
    ani.save(update_fields=["phone"])
    assert said(sell((gula, "1"), member=ani))[1] == ""


def test_a_long_receipt_names_the_first_goods(sell, gula, in_melati):
    whole = queries.whole(in_melati).get(id=sell((gula, "1")).id)
    receipt = queries.shown(whole, None)
    longer = Receipt(
        **{name: getattr(receipt, name) for name in receipt.__slots__ if name != "items"},
        items=tuple(Item(f"Barang {at}", "1 bks x 1", "1", ()) for at in range(15)),
    )
    text = message.text(whole, longer)
    assert "Barang 11:" in text
    assert "Barang 12:" not in text
    assert "... dan 3 barang lain" in text


# --- Pages -----------------------------------------------------------------------------------


@pytest.fixture
def sale(shop, sari):
    return shop.sell(sari, (shop.gula, "2"), member=shop.ani, paid_idr=50_000)


@pytest.fixture
def visit(client_of, shop, sale, sari, budi):
    """A page of the sale, by its name: the cashier's own ones for Sari, the others for Budi."""
    browsers = {"till": client_of(sari), "sale": client_of(budi)}

    def go(name, verb="get", **sent):
        browser = browsers["till" if name.startswith("till") else "sale"]
        address = f"/k/{shop.cooperative.code}/gerai/{PATHS[name]}".format(sale.id)
        return getattr(browser, verb)(address, sent, headers={"Accept-Language": "en"})

    return go


PATHS = {
    "till": "kasir/nota/{}/",
    "till_print": "kasir/nota/{}/cetak/",
    "till_escpos": "kasir/nota/{}.escpos",
    "sale": "penjualan/{}/",
    "sale_print": "penjualan/{}/cetak/",
    "sale_escpos": "penjualan/nota/{}.escpos",
}


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("where", ["till", "sale"])
def test_looking_at_a_receipt_prints_nothing(visit, where, shop):
    shown = text(visit(where))
    assert "Harga anggota hemat Rp400" in shown
    assert "only-on-paper" in shown
    assert "data-print-now" not in shown
    with scope.cooperative(shop.cooperative.pk):
        assert not ReceiptCopy.objects.of(shop.cooperative).exists()


@pytest.mark.parametrize("where", ["till", "sale"])
def test_printing_counts_and_shows_which_print_it_is(visit, where):
    first = visit(visit(f"{where}_print", "post") and where)
    assert "Printed 1 times so far" in text(first)
    answer = visit(f"{where}_print", "post")
    asked = answer.headers["Location"].partition("?cetak=")
    assert asked[0].endswith(PATHS[where].split("/", 1)[1].format(asked[0].split("/")[-2]))
    shown = text(visit(where, cetak=asked[2]))
    assert '<p class="receipt-copy" data-copy-mark="SALINAN">SALINAN</p>' in shown
    assert "data-print-now" in shown


def test_the_original_has_no_mark(visit):
    print_id = visit("till_print", "post").headers["Location"].partition("?cetak=")[2]
    assert "only-on-paper is-original" in text(visit("till", cetak=print_id))


@pytest.mark.parametrize("print_id", ["", "x", "019a0000-0000-7000-8000-00000000000a"])
def test_a_print_that_is_none_prints_nothing(visit, print_id):
    assert "data-print-now" not in text(visit("sale", cetak=print_id))


@pytest.mark.parametrize("where", ["till", "sale"])
def test_bytes_are_counted_too(visit, where):
    answer = visit(f"{where}_print", "post", bentuk="escpos", lebar="80")
    query = dict(
        pair.split("=") for pair in answer.headers["Location"].partition("?")[2].split("&")
    )
    assert query["lebar"] == "80"
    first = visit(f"{where}_escpos", **query)
    assert first["Content-Type"] == "application/octet-stream"
    assert b"-" * 48 in first.content
    assert b"SALINAN" not in first.content


def test_bytes_that_nobody_counted_are_a_narrow_copy(visit):
    answer = visit("till_escpos")
    assert b"SALINAN" in answer.content
    assert b"-" * 33 not in answer.content
    assert "nota-1.bin" in answer["Content-Disposition"]
    assert visit("till_escpos", lebar="70").content == answer.content


def test_the_member_gets_it_by_whatsapp_and_others_by_copying(visit, shop, sari, client_of):
    assert "https://wa.me/6281897825707" in text(visit("till"))
    other = shop.sell(sari, (shop.gula, "1"))
    address = f"/k/{shop.cooperative.code}/gerai/kasir/nota/{other.id}/"
    shown = client_of(sari).get(address).content.decode()
    assert "wa.me" not in shown
    assert 'data-copy="*Koperasi' in shown


def test_exact_money_leaves_nothing_to_give_back(shop, sari, client_of):
    exact = shop.sell(sari, (shop.gula, "2"), paid_idr=35_000)
    address = f"/k/{shop.cooperative.code}/gerai/kasir/nota/{exact.id}/"
    shown = text(client_of(sari).get(address, headers={"Accept-Language": "en"}))
    assert "Nothing has to be given back." in shown
    assert "Rp35.000" in shown
    assert "hemat" not in shown


def test_a_cashier_prints_nobody_elses_receipts(shop, budi, sari, client_of):
    other = shop.sell(budi, (shop.gula, "1"))
    address = f"/k/{shop.cooperative.code}/gerai/kasir/nota/{other.id}"
    assert client_of(sari).post(f"{address}/cetak/").status_code == 404
    assert client_of(sari).get(f"{address}.escpos").status_code == 404


def test_the_page_of_a_sale_leads_back_to_its_day(visit):
    assert "penjualan/?since=2026-11-23&amp;until=2026-11-23" in text(visit("sale"))


@pytest.mark.parametrize("where", ["till", "sale"])
def test_a_receipt_page_says_which_letters_the_printer_lacks(visit, where, shop):
    assert "question marks" not in text(visit(where))
    Cooperative.objects.filter(pk=shop.cooperative.pk).update(address="Jl. 王 Café – 5")
    told = "no letters for 王: in “Jl. 王 Café – 5” question marks"
    assert told in text(visit(where))
