"""Who asks, and what they are in the cooperative that they name: one statement a request.

Each request asks it anew, so what was taken from somebody counts on their next. The rest of the
request uses the answer where it fits; what it does not hold is asked for the long way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from typing_extensions import override

from kkmp.access.models import ApiToken, User
from kkmp.access.permissions import Permission, permissions_of
from kkmp.lib import postgresql
from kkmp.registry.models import Cooperative

if TYPE_CHECKING:
    from kkmp.access.session_store import SessionStore  # it asks this module


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody, and what they are in one cooperative.

    :param code: which cooperative was asked for; empty for none
    :param cooperative: None where there is none of that code
    :param roles: theirs there; none for a stranger
    """

    user: User
    code: str
    cooperative: Cooperative | None
    roles: Sequence[str]

    def tells_of(self, user: User, code: str) -> bool:
        return self.code == code and self.user.pk == user.pk

    def place(self) -> tuple[Cooperative | None, frozenset[Permission]]:
        """The cooperative and what they may do there; None for a stranger."""
        if self.cooperative is None or not self.roles:
            return None, frozenset()
        return self.cooperative, permissions_of(list(self.roles))


def _columns(model: type[Model], alias: str) -> tuple[list[str], str]:
    """The names of all of a table's columns, and how a statement asks for them."""
    names = [str(field.column) for field in model._meta.concrete_fields]
    return names, ", ".join(f'{alias}."{name}"' for name in names)


_USER, _user = _columns(User, "person")
_COOPERATIVE, _cooperative = _columns(Cooperative, "place")
_TOKEN, _token = _columns(ApiToken, "token")
#: Of names of columns alone.
_WHAT_THEY_ARE = f"""
    {_user}, {_cooperative}, ARRAY(
        SELECT holding.role FROM access_roleholding holding
        WHERE holding.user_id = person.id AND holding.cooperative_id = place.id
        ORDER BY holding.id
    )
"""  # noqa: S608
_BY_SESSION = f"""
    SELECT session.session_data, {_WHAT_THEY_ARE}
    FROM django_session session
    LEFT JOIN access_device device ON device.session_id = session.session_key
    LEFT JOIN access_user person ON person.id = device.user_id
    LEFT JOIN registry_cooperative place ON place.code = %s
    WHERE session.session_key = %s AND session.expire_date > %s
"""  # noqa: S608
_BY_TOKEN = f"""
    SELECT {_token}, {_WHAT_THEY_ARE}
    FROM access_apitoken token
    JOIN access_user person ON person.id = token.user_id
    LEFT JOIN registry_cooperative place ON place.code = %s
    WHERE token.digest = %s
"""  # noqa: S608


def by_session(name: str, code: str, *, at: datetime) -> tuple[str, Arrival | None] | None:
    """What a session keeps, and whoever is signed in with it where their device is known.

    :param name: of the session's row
    :param code: of the cooperative that the request names; empty for none
    """
    row = postgresql.first_row(_BY_SESSION, [code, name, at])
    return None if row is None else (row[0], _arrival(row[1:], code))


def by_token(digest: str, code: str) -> tuple[ApiToken, Arrival] | None:
    """A token that was issued, whether or not it still works, and whose it is."""
    row = postgresql.first_row(_BY_TOKEN, [code, digest])
    arrival = None if row is None else _arrival(row[len(_TOKEN) :], code)
    if row is None or arrival is None:
        return None
    token = ApiToken.from_db("default", _names(ApiToken), row[: len(_TOKEN)])
    token.user = arrival.user
    return token, arrival


def named(request: HttpRequest) -> str:
    """The code of the cooperative that a request of the API names in its header."""
    return request.headers.get("X-Cooperative", "")


class ArrivalMiddleware(AuthenticationMiddleware):
    """Django's, with the person whom the statement of the session has found."""

    @override
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.session.code = named(request)  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]


def _user_of(request: HttpRequest) -> User | AnonymousUser:
    session = cast("SessionStore", request.session)
    return _signed_in(session) or get_user(request)


def _signed_in(session: "SessionStore") -> User | None:
    """Whom Django would find by the session, and by the same rules; None where it has to look."""
    signed_in = session.get(auth.SESSION_KEY)
    if session.arrival is None:
        return None
    user: User = session.arrival.user
    fits = (
        str(user.pk) == signed_in
        and user.is_active
        and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(
            session.get(auth.HASH_SESSION_KEY) or "", user.get_session_auth_hash()
        )
    )
    return user if fits else None


def _arrival(row: Sequence[Any], code: str) -> Arrival | None:
    of_user, of_place = row[: len(_USER)], row[len(_USER) : -1]
    user = User.from_db("default", _names(User), of_user) if of_user[0] is not None else None
    if user is None:
        return None
    found = any(value is not None for value in of_place)
    place = Cooperative.from_db("default", _names(Cooperative), of_place) if found else None
    return Arrival(user, code, place, row[-1])


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
