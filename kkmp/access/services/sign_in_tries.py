"""How often passwords and codes may be guessed at, by whoever asks to be let in as somebody.

An account is guessed at from one address, from many, or many accounts from one: each is counted.
Only the first shuts anybody out whose fault it is not. A browser in which the person has signed in
before is therefore counted by itself alone: nobody shuts the owner out of it from elsewhere.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kkmp.access.models import User
from kkmp.access.services import tries
from kkmp.access.services.tries import Key, Limit
from kkmp.lib.seal import keyed_hash

#: Names that are nobody's are counted in so few rows, as if they were somebody's.
_NOBODIES = 64
_SOON = timedelta(minutes=10)
_DAY = timedelta(days=1)
#: Many accounts from one address; a whole office may sit behind it.
NETWORK = Limit(kind="sign_in_network", most=50, window=_SOON, rest=_SOON, is_cleared=False)


@dataclass(frozen=True, slots=True)
class Guessed:
    """What is guessed, with the limits by each way.

    :param here: at one account from one address
    :param everywhere: at one account, from all that it has not been signed in at before
    :param device: in a browser in which it has
    """

    here: Limit
    everywhere: Limit
    device: Limit


def _guessed(what: str, *, everywhere: int) -> Guessed:
    here = Limit(kind=f"{what}_here", most=5, window=_SOON, rest=_SOON)
    return Guessed(
        here,
        Limit(
            kind=f"{what}_everywhere",
            most=everywhere,
            window=_DAY,
            rest=timedelta(hours=6),
            is_cleared=False,
        ),
        replace(here, kind=f"{what}_device"),
    )


PASSWORD = _guessed("password", everywhere=50)
#: Six digits, by somebody who has the password.
CODE = _guessed("code", everywhere=20)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks to be let in, as far as it is known.

    :param user: None where the name is nobody's
    :param device: of the browser, if this account has been signed in with it before
    """

    name: str
    user: User | None
    network: str
    device: str | None

    def keys(self, what: Guessed) -> list[Key]:
        if self.user is None:
            # With our key: who could choose a name that is counted with another one would learn
            # by its answer whether that is somebody's.
            digest = keyed_hash("nobody", self.name.strip().casefold())
            number = int.from_bytes(digest[:8]) % _NOBODIES
            whose = f"nobody {number}"
        else:
            whose = str(self.user.pk)
        if self.device:
            return [what.device.key(whose, self.device)]
        return [
            what.here.key(whose, self.network),
            what.everywhere.key(whose),
            NETWORK.key(self.network),
        ]


def find(name: str) -> User | None:
    return User.objects.filter(username__iexact=name.strip()).first()


def begin(asking: Asking, what: Guessed, *, at: datetime) -> tries.Held:
    """Count a guess before it is compared.

    :raises TooManyTries: nothing is compared for now
    """
    return tries.begin(*asking.keys(what), at=at)


def forget(user: User) -> None:
    """Open an account that was shut because of what many have guessed: it is another one now."""
    tries.forget(*(what.everywhere.key(user.pk) for what in (PASSWORD, CODE)))
