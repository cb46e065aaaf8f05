"""A collection."""

from kkmp.access.permissions import Role
from kkmp.lib.ids import new_id
from members.dues.services import collections
from members.models import Collection, SavingsKind
from tests.conftest import MONDAY
from tests.guards.side import Side

WEIGHT = 20
KINDS = {"collection": (Collection, {})}
PLAIN = "age channel note order rw status tahun title year"
MADE = {
    "members/dues/forms.py Collect._remember": "wajib-<member>, sent with theirs",
    "members/dues/forms.py Collect._read": "wajib-<member>, sent with theirs",
}


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
