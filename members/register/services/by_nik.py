"""Finding somebody by the whole identity number, a limited number of times.

Whoever reads the register sees birth date and sex, and so knows twelve of sixteen digits of most
people. A serial is mostly a small number: who could ask as often as they like would have the rest
of everybody's in a day.
"""

from datetime import datetime, timedelta

from kkmp.access.models import User
from kkmp.access.services import tries
from kkmp.access.services.tries import Limit, Told
from kkmp.lib.identity import Nik
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.register.models import Member
from members.register.persons import nik_hash

#: Numbers that nobody on the register has, asked for by one person.
LIMIT = Limit(
    kind="nik_search",
    most=20,
    window=timedelta(days=1),
    rest=timedelta(hours=6),
    is_cleared=False,
)


def find(*, cooperative: Cooperative, nik: Nik, at: datetime, by: User) -> Member | None:
    """The person with this number; that there is none stays counted and written down.

    Must be called before the cooperative's transaction begins, and asserts it.

    :raises tries.TooManyTries: too many numbers were nobody's
    """
    told = Told(action="member.nik_miss", by=by, cooperative=cooperative)
    held = tries.begin(LIMIT.key(by.pk, cooperative.pk), told=told, at=at)
    with scope.cooperative(cooperative.pk):
        rows = Member.objects.of(cooperative)
        member = rows.filter(nik_hash=nik_hash(cooperative.pk, nik.digits)).first()
    if member is None:
        tries.wrong(held)
    else:
        tries.right(held, at=at)
    return member
