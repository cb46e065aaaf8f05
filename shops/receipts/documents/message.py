"""A receipt as a short WhatsApp text, and the link that sends it."""

from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import JAKARTA
from kkmp.lib.phone import wa_link_of
from kkmp.lib.templatetags.formats import time_wib
from shops.receipts.documents.content import Receipt
from shops.till.models import Sale

#: At most this many goods are named; the paper receipt has all of them.
MOST_GOODS = 12


def text(sale: Sale, receipt: Receipt) -> str:
    """What is sent: goods with their totals, what was paid and given back, and the saving.

    :param sale: of :func:`shops.receipts.queries.whole`
    """
    day = f"{sale.sold_at.astimezone(JAKARTA):%d/%m/%Y} {time_wib(sale.sold_at)}"
    lines = [f"*{sale.cooperative.name}*", f"Nota {sale.number}, {day}", ""]
    lines += [f"{item.name}: {item.counted} = {item.value}" for item in receipt.items[:MOST_GOODS]]
    if len(receipt.items) > MOST_GOODS:
        lines.append(f"... dan {len(receipt.items) - MOST_GOODS} barang lain")
    due_idr = sale.total_idr + sale.rounding_idr
    with in_indonesian():
        lines += ["", f"*Total {format_rupiah(due_idr)}*"]
    lines += [
        f"{pair.label} {pair.value}{f' ({pair.note})' if pair.note else ''}"
        for pair in receipt.paid
    ]
    lines += [
        f"{undone.title}: {money.value}" for undone in receipt.undone for money in undone.money
    ]
    lines += [receipt.saving, "", receipt.footer, receipt.demo]
    return "\n".join(_without_gaps(lines))


def link(sale: Sale, message: str) -> str:
    """Opens WhatsApp at the member's number; empty where there is none to send to."""
    phone = (sale.member.phone if sale.member else "") or ""
    return wa_link_of(phone, message)


def _without_gaps(lines: list[str]) -> list[str]:
    """The lines with no empty ones at the beginning or end, and never two of them in a row."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept[:-1] if kept and not kept[-1] else kept
