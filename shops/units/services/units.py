"""Units of business: opening one, renaming it, closing it and opening it again."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from finance.ledger.models import BusinessUnit
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.registry.models import Cooperative

_CODE_LENGTH = BusinessUnit._meta.get_field("code").max_length or 0


class UnitRefused(DomainError):
    """The unit of business cannot be as asked; the message is fit to show."""


@transaction.atomic
def open_unit(
    *, cooperative: Cooperative, name: str, code: str = "", by: User | None
) -> BusinessUnit:
    """Open a unit of business.

    :param code: stands in addresses and in the city's counters and never changes; made from
        the name where it is not given
    :raises UnitRefused: the name is missing, or another unit has it or its code
    """
    name = _cleaned(name)
    _refuse_taken_name(cooperative, name)
    unit = BusinessUnit(cooperative=cooperative, name=name, code=code or _code_of(name))
    if BusinessUnit.objects.of(cooperative).filter(code=unit.code).exists():
        raise UnitRefused(_("Another unit of business has this code."), field="name")
    unit.save(force_insert=True)
    audit.record(cooperative=cooperative, action="unit.open", by=by, subject=unit, name=name)
    return unit


@transaction.atomic
def edit(*, unit: BusinessUnit, name: str, is_active: bool, by: User) -> BusinessUnit:
    """Rename a unit of business, close it (nothing more is sold there) or open it again.

    :raises UnitRefused: the name is missing or another unit has it
    """
    name = _cleaned(name)
    locked = held(unit)
    if name.casefold() != locked.name.casefold():
        _refuse_taken_name(unit.cooperative, name)
    locked.name, locked.is_active = name, is_active
    locked.save()
    audit.record(
        cooperative=unit.cooperative,
        action="unit.edit",
        by=by,
        subject=locked,
        name=name,
        is_active=is_active,
    )
    return locked


def held(unit: BusinessUnit) -> BusinessUnit:
    """The unit as it is now; nobody else changes it until the transaction ends."""
    rows = BusinessUnit.objects.of(unit.cooperative_id).select_for_update(of=("self",))
    return rows.select_related("cooperative").get(id=unit.id)


def _cleaned(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise UnitRefused(_("Write the name of the unit of business."), field="name")
    return cleaned


def _code_of(name: str) -> str:
    return slugify(name)[:_CODE_LENGTH].strip("-") or "unit"


def _refuse_taken_name(cooperative: Cooperative, name: str) -> None:
    if BusinessUnit.objects.of(cooperative).filter(name__iexact=name).exists():
        raise UnitRefused(
            _("There is a unit of business named %(name)s already.") % {"name": name}, field="name"
        )
