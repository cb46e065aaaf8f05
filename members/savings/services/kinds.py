"""The kinds of savings: those that every cooperative starts with, and those it defines itself."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from finance.ledger.accounts import Code
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import Conflict, DomainError
from kkmp.lib.periods import refuse_far
from kkmp.registry.models import Cooperative
from members.savings.models import SavingsKind, SavingsRole

#: More percent a year is a typing mistake.
MOST_PERCENT = Decimal(24)
MOST_A_MONTH = 31
#: Savings are locked so many years at most.
MOST_YEARS = 10
_HUNDREDTH = Decimal("0.01")

_KINDS = (
    ("pokok", SavingsRole.PRINCIPAL, "Simpanan pokok", "Principal savings", Code.PRINCIPAL_SAVINGS),
    ("wajib", SavingsRole.MANDATORY, "Simpanan wajib", "Mandatory savings", Code.MANDATORY_SAVINGS),
    (
        "sukarela",
        SavingsRole.VOLUNTARY,
        "Simpanan sukarela",
        "Voluntary savings",
        Code.VOLUNTARY_SAVINGS,
    ),
)


class KindRefused(DomainError):
    """The kind may not be defined or changed so; the message is fit to show."""


class KindConflict(Conflict):
    """Somebody else changed the kind in the meantime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The rules of a kind that members may withdraw from.

    :param min_deposit_idr: the least that is taken in at once, whole rupiah
    :param min_balance_idr: what has to stay while somebody is a member
    :param most_withdrawal_idr: the most that is paid out at once; None for no limit
    :param withdrawals_a_month: how often a calendar month; None for no limit
    :param locked_until: nothing may be withdrawn before this day
    :param return_percent: return in percent a year, on the lowest balance of each month
    """

    name: str
    name_en: str = ""
    min_deposit_idr: int = 0
    min_balance_idr: int = 0
    most_withdrawal_idr: int | None = None
    withdrawals_a_month: int | None = None
    locked_until: date | None = None
    return_percent: Decimal = Decimal(0)
    is_active: bool = True


@transaction.atomic
def lay_down(*, cooperative: Cooperative) -> None:
    """Give a cooperative the kinds of savings that it lacks."""
    SavingsKind.objects.bulk_create(
        [
            SavingsKind(
                cooperative=cooperative,
                code=code,
                role=role,
                name=name,
                name_en=name_en,
                account_code=account,
                position=position,
            )
            for position, (code, role, name, name_en, account) in enumerate(_KINDS, start=1)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def define(*, cooperative: Cooperative, terms: Terms, on: date, by: User) -> SavingsKind:
    """Add a kind of the cooperative's own, as for a holiday or for education.

    Members hold it as a liability of the cooperative, on the account of special savings.

    :param on: today
    :raises KindRefused: the name is taken, or a limit or the day makes no sense
    """
    existing = _locked(cooperative)
    terms = _tidy(terms)
    _refuse(terms, existing, on)
    kind = SavingsKind.objects.create(
        cooperative=cooperative,
        code=_code(terms.name, {kind.code for kind in existing}),
        role=SavingsRole.VOLUNTARY,
        account_code=Code.SPECIAL_SAVINGS,
        position=max(kind.position for kind in existing) + 1,
        **asdict(terms),
    )
    audit.record(
        cooperative=cooperative, action="savings.define_kind", by=by, subject=kind, code=kind.code
    )
    return kind


@transaction.atomic
def change(*, kind: SavingsKind, terms: Terms, version: int, on: date, by: User) -> SavingsKind:
    """Change the rules of a kind from now on; what members hold stays as it is.

    :param version: of the kind when the form was opened
    :raises KindConflict: somebody else saved in the meantime
    :raises KindRefused: the name is taken, a limit makes no sense, or the kind is principal or
        mandatory: those follow the members' decisions
    """
    existing = _locked(kind.cooperative)
    kind = next(row for row in existing if row.id == kind.id)
    if kind.role != SavingsRole.VOLUNTARY:
        raise KindRefused(
            _("Principal and mandatory savings follow what the members decided; change them there.")
        )
    if kind.version != version:
        raise KindConflict(
            _("Somebody else changed this kind just now. Look at the new rules and try again.")
        )
    terms = _tidy(terms)
    _refuse(terms, [row for row in existing if row.id != kind.id], on)
    changed = [name for name, value in asdict(terms).items() if getattr(kind, name) != value]
    if not changed:
        return kind
    for name in changed:
        setattr(kind, name, getattr(terms, name))
    kind.version += 1
    kind.save(update_fields=[*changed, "version"])
    audit.record(
        cooperative=kind.cooperative,
        action="savings.change_kind",
        by=by,
        subject=kind,
        fields=changed,
    )
    return kind


def held(kind: SavingsKind) -> SavingsKind:
    """The kind as it is now; no kind of the cooperative changes until the transaction ends."""
    return next(row for row in _locked(kind.cooperative) if row.id == kind.id)


def _locked(cooperative: Cooperative) -> list[SavingsKind]:
    """Every kind, locked until the transaction ends, so that no name or code is used twice."""
    rows = SavingsKind.objects.of(cooperative).select_for_update(of=("self",))
    kinds = list(rows.order_by("id"))
    for kind in kinds:
        kind.cooperative = cooperative
    return kinds


def _tidy(terms: Terms) -> Terms:
    name = " ".join(terms.name.split())
    return Terms(
        **asdict(terms) | {"name": name, "name_en": " ".join(terms.name_en.split()) or name}
    )


def _refuse(terms: Terms, others: list[SavingsKind], on: date) -> None:
    if not terms.name:
        raise KindRefused(_("Write what this kind of savings is called."), field="name")
    if terms.name.casefold() in {kind.name.casefold() for kind in others}:
        raise KindRefused(_("There is a kind of savings with this name already."), field="name")
    for field in ("name", "name_en"):
        longest = getattr(SavingsKind._meta.get_field(field), "max_length", 0)
        if len(getattr(terms, field)) > longest:
            raise KindRefused(_("At most %(count)s letters.") % {"count": longest}, field=field)
    _refuse_limits(terms, on)


def _refuse_limits(terms: Terms, on: date) -> None:
    for field in ("min_deposit_idr", "min_balance_idr"):
        if getattr(terms, field) < 0:
            raise KindRefused(_("The amount cannot be below zero."), field=field)
    for field in ("most_withdrawal_idr", "withdrawals_a_month"):
        limit = getattr(terms, field)
        if limit is not None and limit <= 0:
            raise KindRefused(
                _("Write more than zero, or leave it empty for no limit."), field=field
            )
    if (terms.withdrawals_a_month or 0) > MOST_A_MONTH:
        raise KindRefused(
            _("At most %(limit)s.") % {"limit": MOST_A_MONTH}, field="withdrawals_a_month"
        )
    percent = terms.return_percent
    if not 0 <= percent <= MOST_PERCENT or percent % _HUNDREDTH:
        raise KindRefused(
            _("The return is between 0 and %(most)s percent a year.") % {"most": MOST_PERCENT},
            field="return_percent",
        )
    refuse_far(
        terms.locked_until, on=on, field="locked_until", refusal=KindRefused, years=MOST_YEARS
    )


def _code(name: str, taken: set[str]) -> str:
    stem = re.sub("^simpanan-", "", slugify(name))[:16].strip("-") or "khusus"
    numbered = (f"{stem}-{number}" for number in range(2, 100))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)
