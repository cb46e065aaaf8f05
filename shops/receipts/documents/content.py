"""All that stands on a receipt, as text; the page, the printer and the message lay it out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah, group_thousands
from kkmp.lib.periods import JAKARTA
from kkmp.lib.quantity import format_quantity
from kkmp.lib.templatetags.formats import time_wib
from members.register.numbers import masked_number
from shops.payments.models import PaidAs, Refund, SalePayment
from shops.pricing.methods import TO_CONFIRM, Method
from shops.pricing.terms import PriceTier
from shops.returns.models import SaleReturn
from shops.till.models import Sale, SaleLine

METHODS = {
    Method.CASH: "tunai",
    Method.QRIS: "QRIS",
    Method.TRANSFER: "transfer",
    Method.CREDIT: "bon",
    Method.SAVINGS: "simpanan",
    Method.VOUCHER: "voucher",
}
_TIERS = {
    PriceTier.MEMBER: "harga anggota",
    PriceTier.WHOLESALE: "harga grosir",
    PriceTier.INSTITUTION: "harga lembaga",
}
THANKS = "Terima kasih"
DEMO = "DATA CONTOH: orang dan angkanya rekaan"


@dataclass(frozen=True, slots=True)
class Pair:
    """A word on the left and an amount on the right, with a remark below."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the sale.

    :param counted: ``2 bks x 17.300``
    :param value: before the discount, which stands below
    """

    name: str
    counted: str
    value: str
    notes: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """One return of the sale: what it was, the goods, and how money went back."""

    title: str
    goods: tuple[str, ...]
    money: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """:param copy: ``SALINAN``, ``SALINAN KE-2``; empty on the original and on the screen"""

    cooperative: str
    address: tuple[str, ...]
    copy: str
    facts: tuple[Pair, ...]
    items: tuple[Item, ...]
    total: Pair
    below: tuple[Pair, ...]
    paid: tuple[Pair, ...]
    saving: str
    undone: tuple[Undone, ...]
    footer: str
    demo: str


def receipt(sale: Sale, *, mark: str = "", footer: str = "", is_demo: bool = False) -> Receipt:
    """What stands on it.

    :param sale: of :func:`shops.receipts.queries.whole`
    :param mark: of :func:`kkmp.lib.documents.copy_mark`
    :param footer: the cooperative's own last line
    """
    # Its words are Indonesian, so its numbers are, whoever prints it.
    with in_indonesian():
        place = sale.cooperative
        address = (place.address, f"NPWP {place.npwp}" if place.npwp else "")
        return Receipt(
            cooperative=place.name,
            address=tuple(line for line in address if line),
            copy=mark,
            facts=tuple(_facts(sale)),
            items=tuple(_item(line) for line in sale.lines.all()),
            total=Pair("TOTAL", format_rupiah(sale.total_idr)),
            below=tuple(_below(sale)),
            paid=tuple(_paid(sale)),
            saving=_saving(sale),
            undone=tuple(_undone(one) for one in sale.returns.all()),
            footer=footer or THANKS,
            demo=DEMO if is_demo else "",
        )


def _facts(sale: Sale) -> Iterator[Pair]:
    yield Pair("No. nota", str(sale.number))
    yield Pair("Tanggal", f"{_day(sale.sold_at)} {time_wib(sale.sold_at)}")
    yield Pair("Kasir", str(sale.cashier))
    if sale.member:
        number = f"{masked_number(sale.member.number)} " if sale.member.number else ""
        yield Pair("Anggota", f"{number}{sale.member.name}")


def _item(line: SaleLine) -> Item:
    notes = []
    if tier := _TIERS.get(PriceTier(line.price_tier)):
        notes.append(Pair(tier, ""))
    if line.discount_idr:
        notes.append(Pair("diskon", f"-{group_thousands(line.discount_idr)}"))
    return Item(
        name=line.name,
        counted=f"{_counted(line)} x {group_thousands(line.price_idr)}",
        value=group_thousands(line.total_idr + line.discount_idr),
        notes=tuple(notes),
    )


def _counted(line: SaleLine) -> str:
    measures = f"{format_quantity(line.quantity)} {line.measure}"
    if line.pack_quantity is None:
        return measures
    return f"{format_quantity(line.pack_quantity)} {line.pack_name} ({measures})"


def _below(sale: Sale) -> Iterator[Pair]:
    """What has to be said of the total: discounts are in it, rounding is not."""
    if sale.discount_idr:
        yield Pair("Sudah dipotong diskon", format_rupiah(sale.discount_idr))
    if sale.rounding_idr:
        yield Pair("Pembulatan", format_rupiah(sale.rounding_idr))
        yield Pair("Harus dibayar", format_rupiah(sale.total_idr + sale.rounding_idr))


def _paid(sale: Sale) -> Iterator[Pair]:
    """Each payment as it was handed over: the change was part of the cash."""
    payments = sale.payments.all()
    for payment in payments:
        change_idr = sale.change_idr if payment.method == Method.CASH else 0
        amount = format_rupiah(payment.amount_idr + change_idr)
        yield Pair(f"Bayar {METHODS[Method(payment.method)]}", amount, _remark(payment))
    if len(payments) > 1:
        yield Pair("Jumlah bayar", format_rupiah(sale.paid_idr))
    if any(payment.method == Method.CASH for payment in payments):
        yield Pair("Kembali", format_rupiah(sale.change_idr))


def _remark(payment: SalePayment) -> str:
    if payment.due_on:
        return f"jatuh tempo {payment.due_on:%d/%m/%Y}"
    if payment.voucher_id:
        # Whoever finds the receipt must not spend what is left.
        return f"kode ***{payment.reference.replace(' ', '')[-4:].upper()}"
    if payment.method not in TO_CONFIRM:
        return ""
    seen = list(payment.confirmations.all())
    if not seen:
        return "belum dicocokkan"
    # The last confirmation holds.
    return "sudah dicocokkan" if seen[-1].has_arrived else "uang tidak masuk"


def _saving(sale: Sale) -> str:
    """What a member has saved; strangers have nothing to compare with."""
    saving_idr = sum(line.saving_idr for line in sale.lines.all())
    if not sale.member_id or not saving_idr:
        return ""
    return f"Harga anggota hemat {format_rupiah(saving_idr)}"


def _undone(returned: SaleReturn) -> Undone:
    kind = "DIBATALKAN" if returned.kind == "void" else f"RETUR {returned.number}"
    goods = tuple(
        f"{format_quantity(one.quantity)} {one.line.measure} {one.line.name}"
        for one in returned.lines.all()
    )
    return Undone(
        title=f"{kind} {_day(returned.returned_at)}",
        goods=() if returned.kind == "void" else goods,
        money=tuple(_refunds(list(returned.refunds.all()))),
    )


def _refunds(refunds: Iterable[Refund]) -> Iterator[Pair]:
    for refund in refunds:
        method = "Dititipkan" if refund.went == PaidAs.KEPT else METHODS[Method(refund.went)]
        yield Pair(f"Kembali {method}", format_rupiah(-refund.handed_idr))


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(JAKARTA):%d/%m/%Y}"
