"""Undoing what was recorded of vouchers: handing them out, their money, and their ending."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.models import Journal
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import insist
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from shops.vouchers import queries
from shops.vouchers.models import PostingKind, Voucher, VoucherBatch, VoucherPosting
from shops.vouchers.services.vouchers import VoucherRefused, owed_idr


@transaction.atomic
def take_back(*, batch: VoucherBatch, reason: str, key: UUID, on: date, by: User) -> Journal:
    """Undo the issue of vouchers of which none was spent: nobody can spend them from now on.

    Their money goes back the way it came, so it has to be there.

    :param reason: why, in words; it stands in the journal and the audit trail
    :param key: made by the page; the same key with the same content returns the first reversal
    :raises VoucherRefused: no reason, something was spent or ended, or the buyer has paid
    :raises ledger.PostingRefused: it was undone before, or the cash is not there
    :raises ledger.KeyReused: the key was used for something else
    """
    held = _held(batch)
    reason = " ".join(reason.split())
    content = ledger.content_of("voucher.issue.reversal", batch, reason)
    first = ledger.posted_before(batch.cooperative, key, content)
    if first is not None:
        return first
    # Nobody pays for them meanwhile.
    ledger.hold_books(cooperative=batch.cooperative)
    _refuse_taking_back(batch, held, reason)
    with in_indonesian():
        memo = _("Vouchers taken back, %(buyer)s: %(reason)s")
    journal = ledger.reverse(
        journal=batch.journal,
        memo=(memo % {"buyer": batch.buyer, "reason": reason})[:200],
        key=key,
        on=on,
        by=by,
        content=content,
    )
    Voucher.objects.of(batch.cooperative_id).filter(batch=batch).update(left_idr=0)
    audit.record(
        cooperative=batch.cooperative,
        action="voucher.take_back",
        by=by,
        subject=batch,
        total_idr=batch.total_idr,
        reason=reason,
    )
    return journal


@transaction.atomic
def undo(*, posting: VoucherPosting, reason: str, key: UUID, on: date, by: User) -> Journal:
    """Undo a payment that was not made so: it is owed again. Undo an ending: they are good again.

    :param reason: as in :func:`take_back`
    :param key: as in :func:`take_back`
    :raises VoucherRefused: no reason is given
    :raises ledger.PostingRefused: it was undone before, or the cash is not there
    :raises ledger.KeyReused: the key was used for something else
    """
    batch = posting.batch
    held = _held(batch)
    reason = " ".join(reason.split())
    content = ledger.content_of("voucher.undo", posting, reason)
    first = ledger.posted_before(batch.cooperative, key, content)
    if first is not None:
        return first
    if not reason:
        raise VoucherRefused(_("Write why it is undone."), field="reason")
    with in_indonesian():
        memo = _("%(what)s undone, %(buyer)s: %(reason)s")
        what = PostingKind(posting.kind).label
    journal = ledger.reverse(
        journal=posting.journal,
        memo=(memo % {"what": what, "buyer": batch.buyer, "reason": reason})[:200],
        key=key,
        on=on,
        by=by,
        content=content,
    )
    if posting.kind == PostingKind.ENDED:
        _revive(batch, held, posting.amount_idr)
    audit.record(
        cooperative=batch.cooperative,
        action="voucher.undo",
        by=by,
        subject=posting,
        amount_idr=posting.amount_idr,
        reason=reason,
    )
    return journal


def _held(batch: VoucherBatch) -> list[Voucher]:
    """The batch's vouchers, locked in the order of tills: undoing and spending never deadlock."""
    rows = Voucher.objects.of(batch.cooperative_id).filter(batch=batch)
    return list(rows.select_for_update(of=("self",)).order_by("code"))


def _refuse_taking_back(batch: VoucherBatch, held: list[Voucher], reason: str) -> None:
    if not reason:
        raise VoucherRefused(_("Write why they are taken back."), field="reason")
    if queries.is_taken_back(batch):
        raise VoucherRefused(_("These vouchers were taken back already."))
    if queries.postings(batch).filter(kind=PostingKind.ENDED, undone=None).exists():
        raise VoucherRefused(_("These vouchers were ended. Undo that first."))
    spent_idr = sum(voucher.value_idr - voucher.left_idr for voucher in held)
    if spent_idr:
        raise VoucherRefused(
            _(
                "%(spent)s of these vouchers has been spent, so they cannot be taken back. Let "
                "them expire, or return what was bought with them first."
            )
            % {"spent": format_rupiah(spent_idr)}
        )
    if batch.party_id and owed_idr(batch) < batch.total_idr:
        raise VoucherRefused(
            _("%(name)s has paid for them. Undo that payment first.") % {"name": batch.buyer}
        )


def _revive(batch: VoucherBatch, held: list[Voucher], ended_idr: int) -> None:
    """What was not spent is good again; a voucher that has been ended takes nothing back."""
    spent = queries.spent_by_voucher(batch)
    for voucher in held:
        voucher.left_idr = voucher.value_idr - spent.get(voucher.id, 0)
    insist(sum(voucher.left_idr for voucher in held) == ended_idr, "all that was ended comes back")
    Voucher.objects.of(batch.cooperative_id).bulk_update(held, ["left_idr"])
