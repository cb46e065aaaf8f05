"""What was recorded of vouchers is undone: their issue, their money, their ending."""

from datetime import date, timedelta

import pytest

from finance.ledger import checks
from finance.ledger.services import ledger
from finance.months.services import months
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from shops.models import Method, Voucher, VoucherPosting
from shops.till.services.sales import SaleRefused
from shops.vouchers import queries
from shops.vouchers.services import vouchers, ways_back
from shops.vouchers.services.vouchers import VoucherRefused
from tests.conftest import MONDAY
from tests.shops.payments.paying import balance, posted, take_back, tenders
from tests.shops.vouchers.test_vouchers import LATER, end, issue, one_of, order

__all__ = ["end", "issue"]  # fixtures
OCTOBER = date(2026, 10, 12)


@pytest.fixture
def call_back(tono):
    def do(batch, reason="salah pesan", key=None, on=MONDAY):
        return ways_back.take_back(batch=batch, reason=reason, key=key or new_id(), on=on, by=tono)

    return do


@pytest.fixture
def undo(tono):
    def do(batch, reason="belum dibayar", key=None, on=LATER):
        posting = queries.postings(batch)[0]
        return ways_back.undo(posting=posting, reason=reason, key=key or new_id(), on=on, by=tono)

    return do


def pay(batch, by, amount_idr=60_000, method=Method.CASH, on=MONDAY):
    given = {"key": new_id(), "on": on, "by": by}
    return vouchers.receive(batch=batch, method=method, amount_idr=amount_idr, **given)


@pytest.mark.parametrize(
    ("method", "code"),
    [(Method.CASH, "1-1101"), (Method.TRANSFER, "1-1111"), (Method.CREDIT, "1-1122")],
)
def test_an_issue_is_undone_and_nobody_spends_them(issue, call_back, in_melati, method, code):
    batch = issue(method=method)
    journal = call_back(batch)
    assert posted(journal) == [(code, 0, 60_000), ("2-1115", 60_000, 0)]
    assert journal.reverses_id == batch.journal_id
    assert queries.left_idr(in_melati) == 0
    assert queries.batches(in_melati).get().is_taken_back
    assert checks.differences(in_melati) == []
    event = AuditEvent.objects.of(in_melati).filter(action="voucher.take_back").get()
    assert event.details["reason"] == "salah pesan"


def test_an_undone_voucher_pays_for_nothing(issue, call_back, sell, gula):
    batch = issue()
    call_back(batch)
    with pytest.raises(SaleRefused):
        sell((gula, "1"), payments=tenders(Method.VOUCHER, 17_500, one_of(batch).code))


def test_an_issue_is_undone_once_and_with_a_reason(issue, call_back):
    batch, key = issue(), new_id()
    with pytest.raises(VoucherRefused, match="Write why"):
        call_back(batch, reason="  ")
    first = call_back(batch, key=key)
    assert call_back(batch, key=key) == first
    with pytest.raises(VoucherRefused, match="taken back already"):
        call_back(batch)


def test_a_voucher_that_was_spent_cannot_be_taken_back(
    issue, call_back, sell, gula, shift, sari, tono, in_melati
):
    batch = issue()
    sale = sell((gula, "1"), payments=tenders(Method.VOUCHER, 17_500, one_of(batch).code))
    with pytest.raises(VoucherRefused, match=r"Rp\xa017,500 of these vouchers has been spent"):
        call_back(batch)
    # What was bought came back, and nothing is spent.
    take_back(sale, shift, sari, tono)
    call_back(batch)
    assert checks.differences(in_melati) == []


def test_cash_that_has_left_the_box_cannot_go_back(issue, call_back, in_melati, tono):
    batch = issue()
    held = balance(in_melati, "1-1101")
    ledger.post(
        cooperative=in_melati,
        kind="manual",
        memo="Beli rak (rekaan)",
        entries=[ledger.debit("6-9102", held), ledger.credit("1-1101", held)],
        key=new_id(),
        on=MONDAY,
        by=tono,
    )
    with pytest.raises(ledger.NotInCash):
        call_back(batch)
    assert queries.left_idr(in_melati) == 60_000


def test_money_of_a_buyer_is_owed_again(issue, undo, call_back, tono, in_melati):
    batch = issue(method=Method.CREDIT)
    pay(batch, tono, 40_000)
    pay(batch, tono, 20_000, Method.TRANSFER)
    with pytest.raises(VoucherRefused, match=r"has paid for them\. Undo that payment first"):
        call_back(batch)
    journal = undo(batch)
    assert posted(journal) == [("1-1111", 0, 20_000), ("1-1122", 20_000, 0)]
    assert vouchers.owed_idr(batch) == 20_000
    assert checks.differences(in_melati) == []
    with pytest.raises(ledger.PostingRefused, match="already been reversed"):
        undo(batch)


def test_money_of_a_closed_month_goes_back_today(issue, undo, tono, in_melati):
    batch = vouchers.issue(
        cooperative=in_melati,
        ordered=order(method=Method.CREDIT),
        key=new_id(),
        on=OCTOBER,
        by=tono,
    )
    pay(batch, tono, on=OCTOBER)
    months.close(cooperative=in_melati, month=OCTOBER, on=MONDAY, by=tono)
    with pytest.raises(ledger.MonthClosed):
        undo(batch, on=OCTOBER + timedelta(days=1))
    assert undo(batch, on=MONDAY).date == MONDAY
    assert checks.differences(in_melati) == []


def test_vouchers_that_were_ended_are_good_again_for_what_nobody_spent(
    issue, end, undo, call_back, sell, gula, in_melati
):
    batch = issue()
    sell((gula, "1"), payments=tenders(Method.VOUCHER, 17_500, one_of(batch).code))
    end(batch)
    with pytest.raises(VoucherRefused, match=r"were ended\. Undo that first"):
        call_back(batch)
    journal = undo(batch, "masih berlaku")
    assert posted(journal) == [("2-1115", 0, 42_500), ("4-9101", 42_500, 0)]
    left = Voucher.objects.of(in_melati).order_by("code").values_list("left_idr", flat=True)
    assert list(left) == [2_500, 20_000, 20_000]
    assert checks.differences(in_melati) == []
    end(batch)
    assert VoucherPosting.objects.of(in_melati).count() == 2
    assert checks.differences(in_melati) == []


def test_programs_undo_as_the_page_does(issue, api_of, budi, sari, in_melati):
    batch, program = issue(method=Method.CREDIT), api_of(budi)
    here = f"/api/v1/vouchers/{batch.id}/"
    key = str(new_id())
    pays = {"key": key, "method": "cash", "amount_idr": 60_000}
    made = program.post(f"{here}payments/", pays, format="json")
    assert (made.status_code, made.json()["amount_idr"]) == (201, 60_000)
    assert program.post(f"{here}payments/", pays, format="json").status_code == 200
    one = program.get(f"{here}postings/").json()[0]
    undone = f"/api/v1/voucher-postings/{one['id']}/undo/"
    why = {"key": str(new_id()), "reason": "belum dibayar"}
    assert api_of(sari).post(undone, why, format="json").status_code == 403
    answer = program.post(undone, why, format="json")
    assert answer.status_code == 201
    assert answer.json()["undone"]
    back = {"key": str(new_id()), "reason": "salah pesan"}
    answer = program.post(f"{here}take-back/", back, format="json")
    assert (answer.status_code, answer.json()["is_taken_back"]) == (201, True)
    assert program.post(f"{here}take-back/", back, format="json").status_code == 200
