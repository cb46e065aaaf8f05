"""People on the register."""

from kkmp.access.permissions import Role
from kkmp.lib.identity import Nik
from members.models import Member
from members.register.services import membership
from tests.guards.side import OCTOBER, Side
from tests.members.savings.paying import deposit

WEIGHT = 31
KINDS = {"member": (Member, {"status": "active"})}
PLAIN = """
    address age agency birth_place joined_since joined_until left_since left_until name nik
    occupation phone rt rw sex shown_warnings status to
"""


def furnish(side: Side) -> None:
    """Somebody who has paid nothing yet."""
    side.ids["applicant"] = enrol(side, "Eka", 4, deposit_idr=0).pk


def enrol(side: Side, name: str, serial: int, deposit_idr: int = 100_000) -> Member:
    by = side.staff[Role.MEMBERSHIP_CLERK]
    member = membership.register(
        cooperative=side.cooperative,
        particulars=membership.Particulars(
            name=f"{name} {side.word}",
            # Whoever is on two registers has a mark, so these are people of their own.
            nik=Nik(f"337411520390{side.serial:02d}{serial:02d}"),
            phone=f"+62812000{side.serial:02d}{serial:03d}",
        ),
        on=OCTOBER,
        by=by,
    )
    if deposit_idr:
        deposit(side, member, "pokok", deposit_idr)
    member.refresh_from_db()
    return member
