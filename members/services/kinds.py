"""The kinds of savings that every cooperative starts with."""

from django.db import transaction

from finance.accounts import Code
from kkmp.registry.models import Cooperative
from members.models import SavingsKind, SavingsRole

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


@transaction.atomic
def lay_down(*, cooperative: Cooperative) -> None:
    """Give a cooperative the kinds that it lacks."""
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
