"""Vouchers as a file: batches, and never a code."""

from shops.models import Method, Voucher
from tests.exports.conftest import rows_of, table_of, taken, total_of
from tests.shops.payments.paying import tenders
from tests.shops.vouchers.test_vouchers import issue  # noqa: F401  a fixture


def test_batches_come_with_what_is_left_of_them(in_melati, issue, sell, gula):  # noqa: F811
    batch = issue()
    issue(buyer="PKK (rekaan)", purpose="", count=2, value_idr=50_000)
    code = Voucher.objects.of(in_melati).filter(batch=batch).order_by("code")[0].code
    sell((gula, "1"), payments=tenders(Method.VOUCHER, 17_500, code))
    content = taken("vouchers", in_melati)
    head, *rows = table_of(content)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert {(t["Paid by"], t["Vouchers"], t["Value"], t["Remaining"]) for t in told} == {
        ("Dinas Sosial (rekaan)", 3, 60_000, 42_500),
        ("PKK (rekaan)", 2, 100_000, 100_000),
    }
    total = total_of(content)
    assert (total["Vouchers"], total["Value"], total["Remaining"]) == (5, 160_000, 142_500)
    assert code not in str(rows_of(content))
