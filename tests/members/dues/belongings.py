"""A collection."""

from kkmp.access.permissions import Role
from kkmp.lib.ids import new_id
from members.dues.services import collections
from members.models import Collection, SavingsKind
from tests.conftest import MONDAY
from tests.guards.side import Side

WEIGHT = 20
KINDS = {"collection": (Collection, {})}


def furnish(side: Side) -> None:
    """Money that was collected together."""
    here, by, ani = side.cooperative, side.staff[Role.TREASURER], side.shop.ani
    mandatory = SavingsKind.objects.of(here).get(code="wajib")
    collections.collect(
        cooperative=here,
        payments=[collections.Payment(ani, mandatory, 10_000)],
        title=f"Rapat {side.word}",
        key=new_id(),
        on=MONDAY,
        by=by,
    )
