"""QRIS and transfers as a file."""

from shops.models import Method
from shops.settling.services import confirming
from tests.conftest import MONDAY
from tests.exports.conftest import rows_of, table_of, taken, total_of
from tests.shops.payments.paying import payment_of, tenders


def paid(sell, gula, method, many):
    return payment_of(sell((gula, str(many)), payments=tenders(method, 17_500 * many, "=REF+1")))


def test_what_nobody_has_seen_arrive_is_what_is_taken_out(in_melati, sell, gula, tono):
    first = paid(sell, gula, Method.QRIS, 1)
    second = paid(sell, gula, Method.TRANSFER, 2)
    confirming.confirm(cooperative=in_melati, ids=[first.id], on=MONDAY, by=tono)
    content = taken("payments", in_melati)
    head, row = table_of(content)
    told = dict(zip(head, row, strict=True))
    assert told["Paid"] == f"Receipt {second.sale.number}"
    assert (told["Amount"], told["Reference"], told["Date"]) == (35_000, "=REF+1", MONDAY)
    assert total_of(content)["Amount"] == 35_000
    assert rows_of(content)[2][0] == "Show: Not matched yet"


def test_all_of_a_day_come_to_what_was_paid_and_what_is_left(
    in_melati, sell, gula, shift, sari, tono
):
    sale = sell((gula, "2"), payments=tenders(Method.QRIS, 35_000), needs_shift=True)
    payment = payment_of(sale)
    confirming.confirm(cooperative=in_melati, ids=[payment.id], on=MONDAY, by=tono)
    paid(sell, gula, Method.QRIS, 1)
    content = taken("payments", in_melati, f"show=all&day={MONDAY:%Y-%m-%d}")
    assert len(table_of(content)) == 3
    total = total_of(content)
    assert (total["Paid by buyers"], total["Amount"]) == (52_500, 52_500)
    assert {row[-1] for row in table_of(content)[1:]} == {"Has arrived", "Not matched yet"}
    assert "Day: 23 November 2026" in rows_of(content)[2][0]


def test_a_cashier_takes_out_neither_payments_nor_credit_nor_vouchers(shop, sari, tono, client_of):
    for slug in ("pembayaran", "bon", "voucher", "shift"):
        url = f"/k/{shop.cooperative.code}/ekspor/{slug}/"
        assert client_of(sari).post(url).status_code == 403
        assert client_of(tono).post(url).status_code == 200


def test_the_button_stands_for_those_who_may(shop, sari, tono, client_of):
    shop.open_shift(sari)
    for view in ("pembayaran", "bon"):
        page = f"/k/{shop.cooperative.code}/{view}/"
        shop.sell(sari, (shop.gula, "1"), payments=tenders(Method.QRIS, 17_500), paid_idr=0)
        assert "take-out" not in client_of(sari).get(page).content.decode()
