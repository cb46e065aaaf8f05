"""Handing out what is usually sealed, with an audit event that says who asked for it."""

from django.db import transaction

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.registry.models import Cooperative
from members.registers import queries
from members.registers.queries import MemberLine


@transaction.atomic
def whole_register(*, cooperative: Cooperative, by: User) -> list[MemberLine]:
    """The member register with whole identity numbers; that it was made is on record."""
    lines = queries.members(cooperative, reveals=True)
    audit.record(cooperative=cooperative, action="register.nik_reveal", by=by, lines=len(lines))
    return lines
