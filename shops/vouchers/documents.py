"""Vouchers to hand out, on paper.

They are Indonesian, whatever language the pages are read in.
"""

from collections.abc import Sequence

from kkmp.lib import documents
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.registry import queries as registry
from shops.vouchers.models import Voucher, VoucherBatch

#: Whole for the scanner, in two groups for whoever reads it out.
_GROUP = 5


def spoken(code: str) -> str:
    """``ACDEF HJKMN``"""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def undrawn(batch: VoucherBatch) -> list[tuple[str, str]]:
    """What stands on its vouchers with empty boxes in it, and for which letters."""
    place = batch.cooperative
    return documents.undrawn_in([place.name, place.address, batch.purpose, batch.buyer])


def voucher_sheets(batch: VoucherBatch, vouchers: Sequence[Voucher]) -> bytes:
    """Vouchers on A4, ten a page with cut marks, as PDF.

    :param batch: with its cooperative
    """
    with in_indonesian():
        valid_until = format_date(batch.valid_until)
    data = {
        "cooperative": batch.cooperative.name,
        "address": batch.cooperative.address,
        "logo": documents.picture("logo.svg"),
        "demo": registry.is_demo(),
        "purpose": batch.purpose or "Belanja di gerai koperasi",
        "buyer": batch.buyer,
        "value": format_rupiah(batch.value_idr),
        "valid_until": valid_until,
        "vouchers": [
            {"code": spoken(each.code), "qr": documents.qr_svg(each.code)} for each in vouchers
        ],
    }
    return documents.render("shops/vouchers/vouchers_a4.typ", data)
