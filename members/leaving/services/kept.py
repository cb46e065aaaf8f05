"""What comes for somebody who is gone: kept by name on the account of former members, and paid.

A former member's savings and credit are closed; what lands there could be taken out in a dead
person's name, or by nobody at all. So an act that brings money for such a person keeps it here.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from finance.ledger.models import Journal, Party, PartyKind
from finance.ledger.services import ledger
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib import confirmed_amounts, idempotency
from kkmp.lib.errors import DomainError
from kkmp.lib.languages import in_indonesian
from kkmp.registry.models import Cooperative
from members.leaving.models import Exit, ExitReason, ExitState, KeptMoney
from members.register.models import Member


class KeptRefused(DomainError):
    """The money may not be kept or paid like this; the message is fit to show."""


def owed_to(member: Member) -> tuple[str, str]:
    """Who is to be paid in the place of a former member, and the relation or phone."""
    rows = Exit.objects.of(member.cooperative_id).filter(member=member)
    last = rows.filter(state=ExitState.DECIDED).order_by("-number").first()
    if last is not None and last.reason == ExitReason.DIED and last.heir_name:
        contact = ", ".join(text for text in (last.heir_relation, last.heir_phone) if text)
        return last.heir_name, contact
    return member.name, member.phone


def party_for(cooperative: Cooperative, member: Member | None, name: str) -> Party:
    """The party that owns kept money in the books: the member's, or a new one by name.

    :raises KeptRefused: neither a member nor a name is given
    """
    if member is not None:
        return member.party
    name = " ".join(name.split())
    if not name:
        raise KeptRefused(_("Write for whom it is kept."), field="receiver")
    return Party.objects.create(cooperative=cooperative, kind=PartyKind.PERSON, name=name[:120])


def keep(
    *,
    party: Party,
    member: Member | None,
    name: str,
    amount_idr: int,
    reason: str,
    journal: Journal,
    on: date,
    by: User,
) -> KeptMoney:
    """Note for whom the money is that ``journal`` put on the account of former members.

    :param name: who is to be paid; empty for whoever stands for the former member
    """
    name, contact = " ".join(name.split()), ""
    if member is not None and not name:
        name, contact = owed_to(member)
    kept = KeptMoney.objects.create(
        cooperative=journal.cooperative,
        party=party,
        member=member,
        owed_to=name[:120],
        contact=contact[:120],
        reason=reason[:200],
        amount_idr=amount_idr,
        kept_on=on,
        kept_by=by,
        journal=journal,
    )
    audit.note("kept.keep", kept, by, amount_idr=amount_idr)
    return kept


@transaction.atomic
def keep_credit(
    *, member: Member, amount_idr: int, reason: str, key: UUID, on: date, by: User
) -> KeptMoney:
    """Take what the shop owes a former member off the credit, which is closed, and keep it."""
    journal = ledger.post(
        cooperative=member.cooperative,
        kind="kept",
        memo=reason[:200],
        entries=[
            ledger.debit(Code.MEMBER_CREDIT, amount_idr, party=member.party),
            ledger.credit(Code.FORMER_MEMBERS, amount_idr, party=member.party),
        ],
        key=key,
        on=on,
        by=by,
    )
    return keep(
        party=member.party,
        member=member,
        name="",
        amount_idr=amount_idr,
        reason=reason,
        journal=journal,
        on=on,
        by=by,
    )


@transaction.atomic
def pay(
    *,
    kept: KeptMoney,
    paid_to: str,
    key: UUID,
    on: date,
    by: User,
    shown_idr: int | None = None,
) -> KeptMoney:
    """Pay it out in cash, from the main cash box, to whoever signs for it.

    :param key: made by the page; the same key with the same content returns the first payment
    :param shown_idr: the amount that whoever pays saw
    :raises KeptRefused: it has been paid, or nobody is named
    :raises confirmed_amounts.AmountChanged: it is another amount
    :raises ledger.KeyReused: the key was used for something else
    """
    kept = _held(kept)
    paid_to = " ".join(paid_to.split())[:120]
    content = ledger.content_of("kept.paid", kept, paid_to)
    first = ledger.posted_before(kept.cooperative, key, content)
    if first is not None:
        return idempotency.repeated(kept, same=kept.payment_id == first.id)
    if kept.payment is not None:
        raise KeptRefused(_("This has been paid out already."))
    if not paid_to:
        raise KeptRefused(_("Write who gets the money."), field="paid_to")
    confirmed_amounts.refuse_changed(shown_idr, kept.amount_idr)
    with in_indonesian():
        memo = _("Kept money paid out to %(name)s: %(reason)s")
    kept.payment = ledger.post(
        cooperative=kept.cooperative,
        kind="kept.paid",
        memo=(memo % {"name": paid_to, "reason": kept.reason})[:200],
        entries=[
            ledger.debit(Code.FORMER_MEMBERS, kept.amount_idr, party=kept.party),
            ledger.credit(Code.CASH, kept.amount_idr),
        ],
        key=key,
        on=on,
        by=by,
        content=content,
    )
    kept.paid_on, kept.paid_by, kept.paid_to = on, by, paid_to
    kept.save(update_fields=["payment", "paid_on", "paid_by", "paid_to"])
    audit.note("kept.pay", kept, by, amount_idr=kept.amount_idr)
    return kept


@transaction.atomic
def unpay(*, kept: KeptMoney, reason: str, key: UUID, on: date, by: User) -> KeptMoney:
    """Undo a payment that was recorded and not made: it is kept again.

    :param reason: why, in words; it stands in the journal and the audit trail
    :param key: as in :func:`pay`
    :raises KeptRefused: it is not paid, or no reason is given
    :raises ledger.KeyReused: the key was used for something else
    """
    kept = _held(kept)
    reason = " ".join(reason.split())
    content = ledger.content_of("kept.paid.reversal", kept, reason)
    if ledger.posted_before(kept.cooperative, key, content) is not None:
        return idempotency.repeated(kept, same=True)
    if kept.payment is None:
        raise KeptRefused(_("This has not been paid out."))
    if not reason:
        raise KeptRefused(_("Write why it is corrected."), field="reason")
    with in_indonesian():
        memo = _("Payment to %(name)s undone: %(reason)s")
    ledger.reverse(
        journal=kept.payment,
        memo=(memo % {"name": kept.paid_to, "reason": reason})[:200],
        key=key,
        on=on,
        by=by,
        content=content,
    )
    kept.payment = kept.paid_on = kept.paid_by = None
    kept.paid_to = ""
    kept.save(update_fields=["payment", "paid_on", "paid_by", "paid_to"])
    audit.note("kept.unpay", kept, by, reason=reason)
    return kept


def _held(kept: KeptMoney) -> KeptMoney:
    """The row as it is now, locked until the transaction ends."""
    rows = KeptMoney.objects.of(kept.cooperative_id).select_for_update(of=("self",))
    return rows.select_related("cooperative", "party", "payment").get(id=kept.id)
