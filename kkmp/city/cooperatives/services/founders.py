"""The first people of a cooperative: named at its founding, each with a link to come in by."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.text import slugify

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.staff.services import staff
from kkmp.registry import scope
from kkmp.registry.models import Cooperative

#: What a sign-in name begins with, in the order in which people are named.
WORDS: dict[Role, str] = {
    Role.CHAIR: "ketua",
    Role.TREASURER: "bendahara",
    Role.MEMBERSHIP_CLERK: "sekretaris",
    Role.CASHIER: "kasir",
    Role.SUPERVISOR: "pengawas",
}


class Welcomed(NamedTuple):
    user: User
    role: Role
    #: Of the link; it cannot be shown again.
    secret: str


@transaction.atomic
def welcome(
    *, cooperative: Cooperative, names: Mapping[Role, str], at: datetime, by: User
) -> list[Welcomed]:
    """Make an account for each who is named, called after the role and the kelurahan.

    :param names: by role; whoever is not named yet is left out
    """
    with scope.cooperative(cooperative.pk):
        found = []
        for role, word in WORDS.items():
            if not names.get(role):
                continue
            user, secret = staff.welcome(
                cooperative=cooperative,
                name=names[role],
                username=_free_name(word, cooperative),
                role=role,
                at=at,
                by=by,
            )
            found.append(Welcomed(user, role, secret))
        return found


def _free_name(word: str, cooperative: Cooperative) -> str:
    """``ketua.gedawang``; of two kelurahan of one name, the second one's kecamatan is added."""
    kelurahan = cooperative.kelurahan
    short = f"{word}.{slugify(kelurahan.name)}"
    longer = f"{short}.{slugify(kelurahan.kecamatan.name)}"
    named = f"{word}.{cooperative.code}"
    taken = {
        one.lower()
        for one in User.objects.filter(username__istartswith=f"{word}.").values_list(
            "username", flat=True
        )
    }
    return next(name for name in (short, longer, named) if name not in taken)
