"""Identity marks as the register needs them: one for everybody with a NIK who has not left.

Whatever changes a status or a NIK calls :func:`keep_in_step` in the same transaction, and
whatever takes people off the register calls :func:`forget` first.
"""

from collections.abc import Iterable
from typing import Any

from kkmp.lib.identity import Nik
from kkmp.registry.models import Cooperative
from kkmp.registry.services import identity_marks
from members.register.models import Member, Status


def keep_in_step(member: Member, *, before: str = "") -> None:
    """Mark somebody who is on the register, or take the mark of who has left.

    :param before: the digits of the NIK until now, where it has changed
    """
    nik = nik_of(member)
    if before and (nik is None or nik.digits != before):
        identity_marks.clear(cooperative=member.cooperative, niks=[Nik(before)])
    if nik is None:
        return
    if member.status == Status.LEFT:
        identity_marks.clear(cooperative=member.cooperative, niks=[nik])
    else:
        identity_marks.keep(cooperative=member.cooperative, niks=[nik])


def keep(cooperative: Cooperative, members: Iterable[Member]) -> None:
    """Mark many new people at once; one statement."""
    niks = [nik for m in members if m.status != Status.LEFT and (nik := nik_of(m))]
    identity_marks.keep(cooperative=cooperative, niks=niks)


def forget(cooperative: Cooperative, members: Iterable[Member]) -> None:
    """Take the marks of people who are taken off the register; one statement."""
    niks = [nik for member in members if (nik := nik_of(member))]
    identity_marks.clear(cooperative=cooperative, niks=niks)


def differences(cooperative: Cooperative) -> tuple[set[bytes], set[bytes]]:
    """Marks that are missing, and marks of nobody on the register; both empty when all agree."""
    registered = Member.objects.of(cooperative).filter(nik_sealed__isnull=False)
    sealed: Any = registered.exclude(status=Status.LEFT).only("cooperative", "nik_sealed")
    expected = {
        identity_marks.mark_of(cooperative, Nik(member.unsealed_nik()))
        for member in sealed.order_by("id")
    }
    kept = identity_marks.own()
    return expected - kept, kept - expected


def put_right(cooperative: Cooperative) -> None:
    """Give the register the marks that it should have."""
    missing, left_over = differences(cooperative)
    identity_marks.replace(keeping=missing, clearing=left_over)


def nik_of(member: Member) -> Nik | None:
    """The identity number as the marks need it; nobody gets to see it."""
    return Nik(member.unsealed_nik()) if member.nik_sealed else None
