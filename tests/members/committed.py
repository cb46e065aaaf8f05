"""What stands committed on Melati's register before two act at once."""

from typing import Any

from kkmp.access.models import User
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Member, SavingsKind
from members.register.services import membership
from members.register.services.membership import Particulars
from tests.conftest import MONDAY


def registered(cooperative: Cooperative, by: User, **particulars: Any) -> Member:
    with scope.cooperative(cooperative.pk):
        return membership.register(
            cooperative=cooperative,
            particulars=Particulars(name="Wulan", **particulars),
            on=MONDAY,
            by=by,
        )


def kind_of(cooperative: Cooperative, code: str) -> SavingsKind:
    with scope.cooperative(cooperative.pk):
        return SavingsKind.objects.of(cooperative).get(code=code)
