"""The prints of a receipt are counted."""

import pytest

from shops.models import (
    ReceiptCopy,
)
from tests.shops.rules import breaks, insert, is_written_once, sale, shift

__all__ = ["sale", "shift"]


def test_a_copy_is_printed_once(sale, sari):
    printed = ReceiptCopy.objects.create(
        cooperative=sale.cooperative, sale=sale, copy=0, printed_by=sari
    )
    insert(printed, copy=1)
    breaks("shops_receiptcopy_once", printed)


@pytest.mark.raw_statements
@pytest.mark.parametrize("table", ["shops_receiptcopy"])
def test_what_was_written_stays(in_melati, table):
    is_written_once(table)
