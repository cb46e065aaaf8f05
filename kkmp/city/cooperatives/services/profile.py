"""What a cooperative says of itself: legal numbers, address, and what its members decided."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError, insist
from kkmp.lib.money import group_thousands
from kkmp.lib.periods import format_date, refuse_far
from kkmp.registry.models import Cooperative, CooperativeSettings

#: What the members decide beside the ordinary amounts and the target.
OTHERS = frozenset(
    {
        "extraordinary_principal_idr",
        "extraordinary_mandatory_idr",
        "allows_instalments",
        "return_tax_free_idr",
        "return_tax_percent",
    }
)


#: More members live in no kelurahan.
MOST_MEMBERS = 100_000


class ParticularsRefused(DomainError):
    """The details may not be changed so; the message is fit to show."""


class SettingsRefused(DomainError):
    """The new settings may not be added; the message is fit to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """A cooperative's own details; ``phone`` is E.164 or empty."""

    ahu_number: str = ""
    nib: str = ""
    npwp: str = ""
    nomor_induk_koperasi: str = ""
    address: str = ""
    phone: str = ""
    opened_on: date | None = None


@transaction.atomic
def edit(
    *, cooperative: Cooperative, particulars: Particulars, today: date, by: User
) -> Cooperative:
    """Change a cooperative's details; nothing is written when nothing changed.

    :param today: business is opened within a year of it
    :raises ParticularsRefused: the opening day lies too far off to be meant
    """
    refuse_far(particulars.opened_on, on=today, field="opened_on", refusal=ParticularsRefused)
    locked = Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative.pk)
    changed = [
        name for name, value in asdict(particulars).items() if getattr(locked, name) != value
    ]
    if changed:
        for name in changed:
            setattr(locked, name, getattr(particulars, name))
        locked.save(update_fields=changed)
        audit.record(
            cooperative=locked, action="cooperative.edit", by=by, subject=locked, fields=changed
        )
    return locked


def held(cooperative: Cooperative) -> Cooperative:
    """The cooperative as it stands now; nobody else changes it until the transaction ends."""
    return Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative.pk)


@transaction.atomic
def decide(
    *,
    cooperative: Cooperative,
    valid_from: date,
    principal_idr: int,
    mandatory_idr: int,
    member_target: int,
    today: date,
    by: User,
    **others: Any,
) -> CooperativeSettings:
    """Add the settings that are in force from a day on; earlier ones stay as they were.

    :param principal_idr: principal savings of a member, whole rupiah
    :param mandatory_idr: mandatory savings a month, whole rupiah
    :param others: fields of :data:`OTHERS`; what is not given stays as it was decided last
    :param today: the decision begins within a year of it
    :raises SettingsRefused: an amount is not positive, or the day is not after the newest
        settings: what was in force is not rewritten. Where none has begun yet, they give way
    """
    insist(others.keys() <= OTHERS, f"no such setting: {others.keys() - OTHERS}")
    amounts = {"principal_idr": principal_idr, "mandatory_idr": mandatory_idr}
    refuse_amounts(amounts | others)
    refuse_target(member_target)
    refuse_far(valid_from, on=today, field="valid_from", refusal=SettingsRefused)
    Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative.pk)
    rows = CooperativeSettings.objects.of(cooperative)
    newest = rows.order_by("-valid_from", "id").first()
    if newest is not None and not rows.in_force(today).exists():
        # Founded with a wrong year: nothing has rested on these amounts.
        rows.filter(valid_from__gte=valid_from).delete()
    elif newest is not None and valid_from <= newest.valid_from:
        raise SettingsRefused(
            _("Choose a day after %(day)s, when the present amounts began.")
            % {"day": format_date(newest.valid_from)},
            field="valid_from",
        )
    settings = CooperativeSettings.objects.create(
        cooperative=cooperative,
        valid_from=valid_from,
        principal_idr=principal_idr,
        mandatory_idr=mandatory_idr,
        member_target=member_target,
        **_kept(newest) | others,
    )
    audit.record(
        cooperative=cooperative,
        action="cooperative.decide",
        by=by,
        subject=settings,
        valid_from=valid_from.isoformat(),
        principal_idr=principal_idr,
        mandatory_idr=mandatory_idr,
        member_target=member_target,
        **{name: value if isinstance(value, int) else str(value) for name, value in others.items()},
    )
    return settings


@transaction.atomic
def withdraw(*, settings: CooperativeSettings, today: date, by: User) -> None:
    """Take back amounts that have not begun; those before them stay in force.

    :raises SettingsRefused: they have begun, or are the only ones
    """
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(pk=settings.cooperative_id)
    rows = CooperativeSettings.objects.of(cooperative)
    if settings.valid_from <= today:
        raise SettingsRefused(
            _("These amounts are in force already. Enter new ones from a later day on.")
        )
    if not rows.exclude(id=settings.id).exists():
        raise SettingsRefused(
            _("These are the only amounts. Enter the right ones: they take the place of these.")
        )
    rows.filter(id=settings.id).delete()
    audit.record(
        cooperative=cooperative,
        action="cooperative.decision_withdrawn",
        by=by,
        subject=settings,
        valid_from=settings.valid_from.isoformat(),
        principal_idr=settings.principal_idr,
        mandatory_idr=settings.mandatory_idr,
    )


def refuse_target(member_target: int) -> None:
    """:raises SettingsRefused: nobody could mean so few or so many members"""
    if not 1 <= member_target <= MOST_MEMBERS:
        raise SettingsRefused(
            _("Between 1 and %(most)s members.") % {"most": group_thousands(MOST_MEMBERS)},
            field="member_target",
        )


def refuse_amounts(given: dict[str, Any]) -> None:
    """:raises SettingsRefused: nobody could decide such an amount or tax"""
    for field in ("principal_idr", "extraordinary_principal_idr"):
        if given.get(field) is not None and given[field] <= 0:
            raise SettingsRefused(_("The amount must be more than zero."), field=field)
    for field in ("mandatory_idr", "extraordinary_mandatory_idr", "return_tax_free_idr"):
        if given.get(field) is not None and given[field] < 0:
            raise SettingsRefused(_("The amount cannot be negative."), field=field)
    if not 0 <= given.get("return_tax_percent", 0) < 100:
        raise SettingsRefused(_("The tax is between 0 and 99 percent."), field="return_tax_percent")


def _kept(newest: CooperativeSettings | None) -> dict[str, Any]:
    return {name: getattr(newest, name) for name in OTHERS} if newest else {}
