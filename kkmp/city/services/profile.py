"""What a cooperative says of itself: legal numbers, address, and what its members decided."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.periods import format_date
from kkmp.registry.models import Cooperative, CooperativeSettings


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
def edit(*, cooperative: Cooperative, particulars: Particulars, by: User) -> Cooperative:
    """Change a cooperative's details; nothing is written when nothing changed."""
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


@transaction.atomic
def decide(
    *,
    cooperative: Cooperative,
    valid_from: date,
    principal_idr: int,
    mandatory_idr: int,
    member_target: int,
    by: User,
) -> CooperativeSettings:
    """Add the settings that are in force from a day on; earlier ones stay as they were.

    :param principal_idr: principal savings of a member, whole rupiah
    :param mandatory_idr: mandatory savings a month, whole rupiah
    :raises SettingsRefused: an amount is not positive, or the day is not after the newest
        settings: what was in force is not rewritten
    """
    if principal_idr <= 0:
        raise SettingsRefused(_("The amount must be more than zero."), field="principal_idr")
    if mandatory_idr < 0:
        raise SettingsRefused(_("The amount cannot be negative."), field="mandatory_idr")
    Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative.pk)
    newest = CooperativeSettings.objects.of(cooperative).order_by("-valid_from", "id").first()
    if newest is not None and valid_from <= newest.valid_from:
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
    )
    return settings
