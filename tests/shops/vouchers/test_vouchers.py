"""Vouchers: issued, spent, ended, and in step with their account."""

from datetime import timedelta

import pytest
from django.urls import reverse

from finance.ledger import checks as ledger_checks
from finance.ledger.services.ledger import KeyReused
from kkmp.lib.confirmed_amounts import AmountChanged
from kkmp.lib.ids import new_id
from shops.models import Method, Voucher, VoucherBatch
from shops.till.services.sales import SaleRefused
from shops.vouchers import checks as vouchers_checks
from shops.vouchers import documents, queries
from shops.vouchers.services import vouchers
from shops.vouchers.services.vouchers import Ordered, VoucherRefused
from tests.conftest import MONDAY
from tests.shops.conftest import KEY
from tests.shops.payments.paying import balance, posted, take_back, tenders

LATER = MONDAY + timedelta(days=31)


def order(**changes) -> Ordered:
    return Ordered(
        **{
            "buyer": "Dinas Sosial (rekaan)",
            "purpose": "Paket Ramadan RW 03",
            "value_idr": 20_000,
            "count": 3,
            "valid_until": MONDAY + timedelta(days=30),
            "method": Method.CASH,
            "beneficiaries": 3,
        }
        | changes
    )


@pytest.fixture
def issue(in_melati, tono):
    def do(key=None, **changes):
        return vouchers.issue(
            cooperative=in_melati, ordered=order(**changes), key=key or new_id(), on=MONDAY, by=tono
        )

    return do


@pytest.fixture
def end(tono):
    def do(batch, key=None, on=LATER):
        return vouchers.end(batch=batch, key=key or new_id(), on=on, by=tono)

    return do


def one_of(batch) -> Voucher:
    return Voucher.objects.of(batch.cooperative_id).filter(batch=batch).order_by("code").first()


@pytest.mark.parametrize(
    ("method", "code"),
    [(Method.CASH, "1-1101"), (Method.TRANSFER, "1-1111"), (Method.CREDIT, "1-1122")],
)
def test_vouchers_are_owed_until_they_are_spent(issue, in_melati, method, code):
    batch = issue(method=method)
    assert posted(batch.journal) == [(code, 60_000, 0), ("2-1115", 0, 60_000)]
    rows = Voucher.objects.of(in_melati)
    assert [(row.value_idr, row.left_idr) for row in rows] == [(20_000, 20_000)] * 3
    assert list(vouchers_checks.voucher_difference(in_melati)) == []


def test_codes_are_long_different_and_easy_to_read(issue, in_melati):
    issue(count=50)
    codes = list(Voucher.objects.of(in_melati).values_list("code", flat=True))
    assert len(set(codes)) == 50
    assert {len(code) for code in codes} == {vouchers.LENGTH}
    assert set("".join(codes)) <= set(vouchers.LETTERS)
    assert not set(vouchers.LETTERS) & set("01258OISZBGQL")
    assert documents.spoken("ACDEFHJKMN") == "ACDEF HJKMN"


def test_the_same_order_sent_twice_is_made_once(issue, in_melati):
    assert issue(KEY) == issue(KEY)
    assert Voucher.objects.of(in_melati).count() == 3
    with pytest.raises(KeyReused):
        issue(KEY, count=4)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"buyer": "  "}, "who pays"),
        ({"count": 0}, "Between 1 and 500"),
        ({"count": 501}, "Between 1 and 500"),
        ({"value_idr": 0}, "makes no sense"),
        ({"valid_until": MONDAY - timedelta(days=1)}, "over already"),
        ({"method": Method.QRIS}, "how it is paid"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(issue, changes, sentence):
    with pytest.raises(VoucherRefused, match=sentence):
        issue(**changes)


def test_a_voucher_pays_in_parts_and_gets_back_what_it_gave(
    issue, sell, gula, shift, sari, tono, in_melati
):
    batch = issue()
    code = one_of(batch).code
    spoken = documents.spoken(code).lower()
    sale = sell((gula, "1"), payments=tenders(Method.VOUCHER, 17_500, spoken))
    assert posted(sale.journal)[0] == ("2-1115", 17_500, 0)
    assert one_of(batch).left_idr == 2_500
    assert queries.spent_idr(batch) == 17_500
    with pytest.raises(SaleRefused, match=r"good for Rp\xa02,500"):
        sell((gula, "1"), payments=tenders(Method.VOUCHER, 17_500, code))
    take_back(sale, shift, sari, tono)
    assert (one_of(batch).left_idr, queries.spent_idr(batch)) == (20_000, 0)
    assert ledger_checks.differences(in_melati) == []


def test_what_is_left_of_expired_vouchers_becomes_income(issue, end, sell, gula, in_melati):
    batch = issue()
    sell((gula, "1"), payments=tenders(Method.VOUCHER, 17_500, one_of(batch).code))
    with pytest.raises(VoucherRefused, match="valid until 23 December 2026"):
        end(batch, on=batch.valid_until)
    first = end(batch, KEY)
    assert posted(first) == [("2-1115", 42_500, 0), ("4-9101", 0, 42_500)]
    assert end(batch, KEY) == first
    with pytest.raises(VoucherRefused, match="Nothing is left"):
        end(batch)
    assert balance(in_melati, "2-1115") == 0
    assert list(vouchers_checks.voucher_difference(in_melati)) == []
    listed = queries.batches(in_melati).get()
    assert (listed.left_idr, listed.usable) == (0, 0)


def test_a_key_of_another_act_ends_nothing(issue, end):
    batch = issue(KEY)
    with pytest.raises(KeyReused):
        end(batch, KEY)


def test_an_institution_pays_later_and_in_parts(issue, tono, in_melati):
    batch = issue(method=Method.CREDIT)

    def receive(amount_idr, method=Method.TRANSFER, key=None):
        return vouchers.receive(
            batch=batch,
            method=method,
            amount_idr=amount_idr,
            key=key or new_id(),
            on=MONDAY,
            by=tono,
        )

    assert vouchers.owed_idr(batch) == 60_000
    first = receive(50_000, key=KEY)
    assert posted(first) == [("1-1111", 50_000, 0), ("1-1122", 0, 50_000)]
    assert receive(50_000, key=KEY) == first
    with pytest.raises(VoucherRefused, match=r"owes Rp\xa010,000"):
        receive(10_001)
    with pytest.raises(VoucherRefused, match="cash or transfer"):
        receive(1, Method.QRIS)
    receive(10_000, Method.CASH)
    assert vouchers.owed_idr(batch) == 0


def test_who_has_paid_owes_nothing(issue):
    assert vouchers.owed_idr(issue()) == 0


@pytest.mark.raw_statements
def test_a_changed_voucher_is_named(issue, in_melati):
    batch = issue()
    Voucher.objects.of(in_melati).filter(id=one_of(batch).id).update(left_idr=19_000)
    (found,) = vouchers_checks.voucher_difference(in_melati)
    assert "Rp\xa059,000" in found
    assert "Rp\xa060,000" in found


def test_the_sheets_are_a_pdf(issue):
    batch = issue(count=11, purpose="", buyer="Donatur dengan nama yang panjangsekalitanpajeda")
    rows = list(Voucher.objects.of(batch.cooperative_id).order_by("code"))
    assert documents.voucher_sheets(batch, rows).startswith(b"%PDF")


def test_a_key_used_for_one_buyer_orders_nothing_for_another(issue, in_melati):
    first = issue(key=KEY)
    changed = [
        {"buyer": "Masjid Al-Huda (rekaan)"},
        {"purpose": "Paket sekolah"},
        {"beneficiaries": 4},
        {"value_idr": 25_000},
        {"count": 2},
        {"valid_until": LATER},
        {"method": Method.TRANSFER},
    ]
    for changes in changed:
        with pytest.raises(KeyReused):
            issue(key=KEY, **changes)
    assert issue(key=KEY).is_repeat
    assert [batch.buyer for batch in VoucherBatch.objects.of(in_melati)] == [first.buyer]


def test_a_used_key_takes_no_money_of_another_batch(issue, tono, in_melati):
    first = issue(method=Method.CREDIT)
    second = issue(method=Method.CREDIT, buyer="Masjid Al-Huda (rekaan)", count=2)

    def receive(batch, amount_idr, method=Method.TRANSFER, on=MONDAY):
        return vouchers.receive(
            batch=batch, method=method, amount_idr=amount_idr, key=KEY, on=on, by=tono
        )

    paid = receive(first, 50_000)
    others = [(second, 40_000), (second, 50_000), (first, 10_000), (first, 50_000, Method.CASH)]
    for other in others:
        with pytest.raises(KeyReused):
            receive(*other)
    assert receive(first, 50_000, on=MONDAY + timedelta(days=1)) == paid
    assert (vouchers.owed_idr(first), vouchers.owed_idr(second)) == (10_000, 40_000)


def test_a_used_key_ends_no_other_batch(issue, end):
    first, second = issue(), issue(buyer="Masjid Al-Huda (rekaan)")
    ended = end(first, key=KEY)
    with pytest.raises(KeyReused):
        end(second, key=KEY)
    assert end(first, key=KEY) == ended
    assert one_of(second).left_idr == 20_000


def test_vouchers_are_ended_at_what_was_shown(issue, tono):
    batch = issue()
    asked = {"batch": batch, "on": LATER, "by": tono}
    with pytest.raises(AmountChanged):
        vouchers.end(key=new_id(), shown_idr=50_000, **asked)
    assert vouchers.end(key=new_id(), shown_idr=60_000, **asked).amount_idr == 60_000


def test_the_page_of_a_batch_says_which_letters_its_paper_lacks(issue, tono, client_of):
    batch = issue(buyer="Toko 王小明")
    address = reverse("shops:voucher_batch", args=[batch.cooperative.code, batch.id])
    page = client_of(tono).get(address).content.decode()
    assert "王小明: pada “Toko 王小明” akan tercetak kotak kosong" in page
    other = issue(key=new_id())
    address = reverse("shops:voucher_batch", args=[other.cooperative.code, other.id])
    assert "kotak kosong" not in client_of(tono).get(address).content.decode()
