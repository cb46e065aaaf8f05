"""An officer."""

from datetime import date

from kkmp.access.permissions import Role
from members.bodies.services import officers
from members.models import Body, Officer, Position, Sex
from tests.conftest import MONDAY
from tests.guards.side import Side

WEIGHT = 42
KINDS = {"officer": (Officer, {})}
PLAIN = "body decision_number name position sex why"


def furnish(side: Side) -> None:
    here, chair = side.cooperative, side.staff[Role.CHAIR]
    term = officers.Term(
        body=Body.BOARD,
        position=Position.CHAIR,
        name=f"Hartono {side.word}",
        sex=Sex.MALE,
        started_on=date(2025, 6, 24),
        term_ends_on=date(2030, 6, 23),
    )
    officers.add(on=MONDAY, cooperative=here, term=term, by=chair)
