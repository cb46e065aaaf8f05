"""Who acts in the demo, and under which keys."""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from kkmp.access.models import User
from kkmp.registry.models import Cooperative

#: The idempotency keys of the demo are made from this, so that every load makes the same ones.
_NAMESPACE = UUID("0199c0de-0000-7000-8000-000000000177")

UNIT = "Gerai sembako"


@dataclass(frozen=True, slots=True)
class Cast:
    """The people who act in the demo."""

    administrator: User
    officer: User
    #: Cashiers by the code of the kelurahan; where there is none, the administrator sells.
    cashiers: dict[str, User]
    #: Chairs by the code of the kelurahan; where there is none, the city's officer approves.
    chairs: dict[str, User] = field(default_factory=dict)

    def cashier_of(self, cooperative: Cooperative) -> User:
        return self.cashiers.get(cooperative.kelurahan_id, self.administrator)

    def chair_of(self, cooperative: Cooperative) -> User:
        return self.chairs.get(cooperative.kelurahan_id, self.officer)


def key_of(cooperative: Cooperative, act: str) -> UUID:
    return uuid5(_NAMESPACE, f"{cooperative.code} {act}")
