"""Vouchers and donation packages: paid for by somebody, spent at the till by others."""

import secrets
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from finance.ledger import queries as books
from finance.ledger.accounts import Code
from finance.ledger.models import Journal, Party, PartyKind
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import confirmed_amounts, idempotency
from kkmp.lib.errors import DomainError
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import MAX_IDR, format_rupiah
from kkmp.lib.periods import format_date, refuse_far
from kkmp.registry.models import Cooperative
from shops.pricing.methods import Method
from shops.vouchers.models import PostingKind, Voucher, VoucherBatch, VoucherPosting

#: Letters and digits that nobody takes for another one on paper.
LETTERS = "ACDEFHJKMNPRTUVWXY3479"
LENGTH = 10
MOST_AT_ONCE = 500
#: How a batch may be paid for, and the account that takes it; credit is an institution's.
PAID_INTO = {
    Method.CASH: Code.CASH,
    Method.TRANSFER: Code.BANK,
    Method.CREDIT: Code.OTHER_RECEIVABLES,
}


class VoucherRefused(DomainError):
    """The vouchers may not be handed out or ended so; the message is fit to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What somebody orders.

    :param value_idr: of one, whole rupiah
    :param beneficiaries: for how many people; zero where nobody has said
    """

    buyer: str
    value_idr: int
    count: int
    valid_until: date
    method: Method
    purpose: str = ""
    beneficiaries: int = 0


@transaction.atomic
def issue(
    *, cooperative: Cooperative, ordered: Ordered, key: UUID, on: date, by: User
) -> VoucherBatch:
    """Make vouchers with codes of their own; what they are good for is owed from now on.

    :param key: made by the page; the same key with the same content returns the first batch
    :raises VoucherRefused: the numbers, the day or the buyer make no sense
    :raises ledger.KeyReused: the key was used for another batch
    :raises ledger.MonthClosed: the day lies in a closed month
    """
    # The same order, sent twice at once, has been written by then.
    ledger.hold_books(cooperative=cooperative)
    ordered = _tidied(ordered)
    content, buyer = idempotency.content_hash(ordered), ordered.buyer
    rows = VoucherBatch.objects.of(cooperative).filter(key=key)
    first = idempotency.first_result(rows, content)
    if first is not None:
        return first
    _refuse_order(ordered, buyer, on)
    party = None
    if ordered.method == Method.CREDIT:
        party = Party.objects.create(cooperative=cooperative, kind=PartyKind.BODY, name=buyer)
    batch = VoucherBatch(
        cooperative=cooperative,
        buyer=buyer,
        purpose=ordered.purpose,
        beneficiaries=ordered.beneficiaries,
        value_idr=ordered.value_idr,
        count=ordered.count,
        valid_until=ordered.valid_until,
        method=ordered.method,
        party=party,
        date=on,
        key=key,
        content_hash=content,
        by=by,
    )
    total_idr = batch.value_idr * batch.count
    batch.journal = _post(
        batch,
        "voucher.issue",
        ledger.debit(PAID_INTO[ordered.method], total_idr, party=party),
        ledger.credit(Code.VOUCHERS, total_idr),
        key=key,
        on=on,
        by=by,
    )
    batch.save(force_insert=True)
    Voucher.objects.bulk_create(
        Voucher(
            cooperative=cooperative,
            batch=batch,
            code=code,
            value_idr=batch.value_idr,
            left_idr=batch.value_idr,
        )
        for code in _codes(cooperative, batch.count)
    )
    audit.note("voucher.issue", batch, by, count=batch.count, total_idr=total_idr)
    return batch


@transaction.atomic
def end(
    *, batch: VoucherBatch, key: UUID, on: date, by: User, shown_idr: int | None = None
) -> Journal:
    """End vouchers that have expired: what nobody spent becomes other income.

    :param key: made by the page; the same key with the same content returns the first posting
    :param shown_idr: what the page said is left; None where nobody was shown it
    :raises confirmed_amounts.AmountChanged: something else is left by now
    :raises VoucherRefused: they are still valid, or nothing is left
    :raises ledger.KeyReused: the key was used for something else
    :raises ledger.MonthClosed: the day lies in a closed month
    """
    rows = Voucher.objects.of(batch.cooperative_id).filter(batch=batch, left_idr__gt=0)
    # In the order in which tills lock them, so that spending and ending cannot deadlock.
    ids = list(rows.select_for_update(of=("self",)).order_by("code").values_list("id", flat=True))
    content = ledger.content_of("voucher.end", batch)
    first = ledger.posted_before(batch.cooperative, key, content)
    if first is not None:
        return first
    if on <= batch.valid_until:
        raise VoucherRefused(
            _("These vouchers are valid until %(date)s.") % {"date": format_date(batch.valid_until)}
        )
    held = Voucher.objects.of(batch.cooperative_id).filter(id__in=ids)
    left_idr = int(held.aggregate(total=Sum("left_idr"))["total"] or 0)
    confirmed_amounts.refuse_changed(shown_idr, left_idr)
    if not left_idr:
        raise VoucherRefused(_("Nothing is left on these vouchers."))
    journal = _post(
        batch,
        "voucher.end",
        ledger.debit(Code.VOUCHERS, left_idr),
        ledger.credit(Code.OTHER_INCOME, left_idr),
        key=key,
        content=content,
        on=on,
        by=by,
    )
    held.update(left_idr=0)
    _write_posting(batch, PostingKind.ENDED, left_idr, journal, by)
    audit.note("voucher.end", batch, by, left_idr=left_idr)
    return journal


@transaction.atomic
def receive(
    *, batch: VoucherBatch, method: Method, amount_idr: int, key: UUID, on: date, by: User
) -> Journal:
    """Take what a buyer who pays later still owes, or part of it.

    :param method: cash, into the main cash box, or transfer
    :param key: made by the page; the same key with the same content returns the first posting
    :raises VoucherRefused: nothing or less is owed, or the vouchers were taken back
    :raises ledger.KeyReused: the key was used for something else
    :raises ledger.MonthClosed: the day lies in a closed month
    """
    # Nobody else can be paid of the same debt meanwhile.
    ledger.hold_books(cooperative=batch.cooperative)
    content = ledger.content_of("voucher.paid", batch, method, amount_idr)
    first = ledger.posted_before(batch.cooperative, key, content)
    if first is not None:
        return first
    owed = owed_idr(batch)
    if method not in (Method.CASH, Method.TRANSFER):
        raise VoucherRefused(_("Choose cash or transfer."), field="method")
    if not 0 < amount_idr <= owed:
        raise VoucherRefused(
            _("%(name)s owes %(owed)s; no more can be taken.")
            % {"name": batch.buyer, "owed": format_rupiah(owed)},
            field="amount_idr",
        )
    journal = _post(
        batch,
        "voucher.paid",
        ledger.debit(PAID_INTO[method], amount_idr),
        ledger.credit(Code.OTHER_RECEIVABLES, amount_idr, party=batch.party),
        key=key,
        content=content,
        on=on,
        by=by,
    )
    _write_posting(batch, PostingKind.PAID, amount_idr, journal, by, method)
    audit.note("voucher.paid", batch, by, method=str(method), amount_idr=amount_idr)
    return journal


def owed_idr(batch: VoucherBatch) -> int:
    """What the buyer of a batch still owes, by the books."""
    if batch.party_id is None:
        return 0
    return books.party_balance(batch.cooperative, Code.OTHER_RECEIVABLES, batch.party_id)


def _tidied(ordered: Ordered) -> Ordered:
    return replace(
        ordered,
        buyer=" ".join(ordered.buyer.split()),
        purpose=" ".join(ordered.purpose.split()),
    )


def _refuse_order(ordered: Ordered, buyer: str, on: date) -> None:
    if not buyer:
        raise VoucherRefused(_("Write who pays for the vouchers."), field="buyer")
    if not 1 <= ordered.count <= MOST_AT_ONCE:
        raise VoucherRefused(
            _("Between 1 and %(most)d vouchers at once.") % {"most": MOST_AT_ONCE}, field="count"
        )
    if not 0 < ordered.value_idr <= MAX_IDR // MOST_AT_ONCE:
        raise VoucherRefused(_("This amount makes no sense."), field="value_idr")
    if ordered.valid_until < on:
        raise VoucherRefused(_("This day is over already."), field="valid_until")
    refuse_far(ordered.valid_until, on=on, field="valid_until", refusal=VoucherRefused)
    if ordered.method not in PAID_INTO:
        raise VoucherRefused(_("Choose how it is paid."), field="method")


def _codes(cooperative: Cooperative, count: int) -> list[str]:
    """New codes; one in billions is taken already, and then another one is drawn."""
    made: set[str] = set()
    while len(made) < count:
        wanted = count - len(made)
        drawn = {"".join(secrets.choice(LETTERS) for _at in range(LENGTH)) for _n in range(wanted)}
        taken = Voucher.objects.of(cooperative).filter(code__in=drawn)
        made |= drawn - set(taken.values_list("code", flat=True))
    return sorted(made)


def _post(
    batch: VoucherBatch,
    kind: str,
    *entries: ledger.Entry,
    key: UUID,
    on: date,
    by: User,
    content: str = "",
) -> Journal:
    with in_indonesian():
        memo = _("%(count)d vouchers, %(buyer)s") % {"count": batch.count, "buyer": batch.buyer}
    return ledger.post(
        cooperative=batch.cooperative,
        kind=kind,
        memo=memo,
        entries=entries,
        key=key,
        on=on,
        by=by,
        content=content,
    )


def _write_posting(
    batch: VoucherBatch,
    kind: PostingKind,
    amount_idr: int,
    journal: Journal,
    by: User,
    method: str = "",
) -> None:
    VoucherPosting.objects.create(
        cooperative=batch.cooperative,
        batch=batch,
        kind=kind,
        method=method,
        amount_idr=amount_idr,
        date=journal.date,
        journal=journal,
        by=by,
    )
