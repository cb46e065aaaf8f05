"""Finding a voucher by the code that somebody typed: whoever finds one has the money on it."""

from datetime import datetime, timedelta

from kkmp.access.models import User
from kkmp.access.services import tries
from kkmp.access.services.tries import Limit, Told
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from shops.vouchers.models import Voucher
from shops.vouchers.services.vouchers import LENGTH

#: Codes that no voucher has, by one person at one cooperative, at the till or through programs.
LIMIT = Limit(
    kind="voucher_code",
    most=20,
    window=timedelta(hours=1),
    rest=timedelta(hours=1),
    is_cleared=False,
)


def tidied(typed: str) -> str:
    """The code without spaces, in capitals."""
    return "".join(typed.split()).upper()


def is_known(*, cooperative: Cooperative, code: str, at: datetime, by: User) -> bool:
    """Whether a voucher has this code; one that none has stays counted and written down.

    Must be called before the cooperative's transaction begins, and asserts it.

    :param code: tidied
    :raises tries.TooManyTries: there were too many that none has
    """
    if len(code) != LENGTH:
        # Half of one, as a till asks while it is typed: it could not be a code, and is no try.
        return False
    told = Told(action="voucher.code_refuse", by=by, cooperative=cooperative)
    held = tries.begin(LIMIT.key(by.pk, cooperative.pk), told=told, at=at)
    with scope.cooperative(cooperative.pk):
        found = Voucher.objects.of(cooperative).filter(code=code).exists()
    if found:
        tries.right(held, at=at)
    else:
        tries.wrong(held)
    return found
