"""Member numbers that a list brings along: on cards and in passbooks of years, so they stay."""

from collections import Counter
from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from kkmp.registry.models import Cooperative
from kkmp.registry.services import numbering
from members.register.models import Member, Members, Status
from members.register.numbers import member_number
from members.register.services import membership
from members.takeover.services.opening_rules import Opening

#: Nobody has so many members; it is a telephone number, or a date.
MOST = 999_999


def holders(cooperative: Cooperative, numbers: Collection[int]) -> dict[int, str]:
    """The names of members who have these numbers, by number; former members included."""
    rows = Member.objects.of(cooperative).filter(number__in=list(numbers))
    rows = rows.exclude(id__in=_taken_back(cooperative, numbers).values("id"))
    return {number: name for number, name in rows.values_list("number", "name") if number}


def keep(cooperative: Cooperative, people: Sequence[Opening], members: Sequence[Member]) -> None:
    """Give members the numbers of the list; whoever comes later gets one after the highest.

    Held: the counter's row.

    :raises membership.RegistrationRefused: a number is somebody's, stands there twice or makes no
        sense
    """
    wanted = {
        member.id: person.number
        for person, member in zip(people, members, strict=True)
        if member.is_active and person.number is not None
    }
    if not wanted:
        return
    _refuse(cooperative, list(wanted.values()))
    _taken_back(cooperative, wanted.values()).update(number=None)
    for member in members:
        member.number = wanted.get(member.id)
    _count_on(cooperative, max(wanted.values()))


def _taken_back(cooperative: Cooperative, numbers: Collection[int]) -> Members:
    """People whom an undone list had brought. The corrected list may give their numbers again."""
    rows: Members = Member.objects.of(cooperative).filter(number__in=list(numbers))
    # Nobody else who had become a member is without an identity number.
    return rows.filter(status=Status.LEFT, nik_hash=None)


def _refuse(cooperative: Cooperative, numbers: Sequence[int]) -> None:
    number, times = Counter(numbers).most_common(1)[0]
    if times > 1:
        _refused(_("The member number %(number)s stands there twice."), number)
    for number in (min(numbers), max(numbers)):
        if not 1 <= number <= MOST:
            _refused(_("%(number)s is no member number."), number)
    for number, name in sorted(holders(cooperative, numbers).items()):
        _refused(_("%(name)s has the member number %(number)s already."), number, name)


def _refused(message: str, number: int, name: str = "") -> None:
    told = {"number": member_number(number), "name": name}
    raise membership.RegistrationRefused(message % told, field="number")


def _count_on(cooperative: Cooperative, highest: int) -> None:
    """Let the numbers that are given from now on come after this one."""
    given = numbering.take_numbers(cooperative=cooperative, series="member", count=0).start - 1
    if highest > given:
        numbering.take_numbers(cooperative=cooperative, series="member", count=highest - given)
