"""One of two cooperatives that are furnished alike: each is tried with the other's things."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.registry.models import Cooperative
from tests.shops.conftest import Shop

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
#: Of those who approve.
PIN = "314159"


@dataclass
class Side:
    """One cooperative with what belongs to it.

    :param word: stands in the names of its people and things, and nowhere else
    :param serial: in the identity numbers of its people
    :param ids: of its things, by kind
    """

    cooperative: Cooperative
    word: str
    serial: int
    staff: dict[Role, User]
    ids: dict[str, Any] = field(default_factory=dict)
    #: With goods, and with Ani, a member: what most others are made with.
    shop: Shop = field(init=False, repr=False)
