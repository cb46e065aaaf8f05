"""Who may use the API, and for which cooperative: permissions and scopes as of the pages.

A token or a session tells who asks. The header ``X-Cooperative`` (or ``?cooperative=``) names
the cooperative by its code; it may be left out by those who have a role in only one.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from typing_extensions import override

from kkmp.access import arrivals, queries
from kkmp.access.models import User
from kkmp.access.permissions import Permission, permissions_of
from kkmp.access.services import tokens
from kkmp.lib.api_parameters import KnownParameters
from kkmp.registry import scope
from kkmp.registry.models import Cooperative

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema
    from rest_framework.pagination import BasePagination
    from rest_framework.views import APIView  # it loads the classes of this very module


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer kkmp_…``"""

    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        code = arrivals.named(request)
        found = tokens.arrived(secret=secret.strip(), at=timezone.now(), code=code)
        if found is None:
            raise AuthenticationFailed(_("This token is unknown, expired or revoked."))
        token, request.arrival = found  # type: ignore[attr-defined]
        return token.user, token

    @override
    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    name = "token"

    @override
    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class ApiRequest(Request):
    """A request of somebody who is signed in, as those of a :class:`CooperativeAPI` are."""

    user: User
    cooperative: Cooperative


class _Guarded(Protocol):
    """A view that says what it asks for."""

    permissions: frozenset[Permission]

    def permission_for(self, request: Request) -> Permission: ...


class HasPermission(BasePermission):
    """Signed in, and holding the view's permission where it looks."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        guarded = cast("_Guarded", view)
        wanted = guarded.permission_for(request)
        return bool(request.user.is_authenticated) and wanted in guarded.permissions


class Scoped(KnownParameters):
    """Mixin before a DRF view: what is entered for a request is left when it is answered."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with ExitStack() as self._scope:
            return super().dispatch(request, *args, **kwargs)


class CooperativeAPI(Scoped):
    """Mixin before a DRF view: one cooperative, one transaction, one permission a method.

    Set ``permission``, or ``permission_by_method`` where methods differ.
    """

    place = "cooperative"
    #: An answer is one thing; where it is a page of a list, the view is :class:`Paged` as well.
    pagination_class: type[BasePagination] | None = None
    request: ApiRequest
    permission: Permission
    permission_by_method: dict[str, Permission] = {}
    cooperative: Cooperative
    permissions: frozenset[Permission] = frozenset()

    def permission_for(self, request: Request) -> Permission:
        method = "GET" if request.method == "HEAD" else request.method
        return self.permission_by_method.get(method or "", self.permission)

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        if request.user.is_authenticated:
            self._enter(cast("ApiRequest", request))

    def before(self, request: ApiRequest) -> None:
        """A view's place for writes that stay whatever the answer is; no scope is open yet."""

    def leave(self) -> None:
        """End the request's transaction, for a view that begins several of its own."""
        self._scope.close()

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kw: Any
    ) -> Response:
        if response.status_code >= 400 and scope.current_cooperative_id():
            transaction.set_rollback(True)
        return super().finalize_response(request, response, *args, **kw)

    def _enter(self, request: ApiRequest) -> None:
        cooperative, self.permissions = _named_cooperative(request)
        if cooperative is None:
            raise Http404
        # Filters ask the request, as they do on pages.
        self.cooperative = request.cooperative = cooperative
        if self.permission_for(request) in self.permissions:
            self.refuse_unknown_parameters(request)
            if request.method != "OPTIONS" and request.method in self.allowed_methods:
                self.before(request)
        self._scope.enter_context(scope.cooperative(cooperative.pk))


def _named_cooperative(request: ApiRequest) -> tuple[Cooperative | None, frozenset[Permission]]:
    """The cooperative of the request, and the permissions there; None for strangers."""
    code = request.headers.get("X-Cooperative") or request.query_params.get("cooperative")
    if code:
        of_session = getattr(request.session, "arrival", None)
        arrival: arrivals.Arrival | None = getattr(request, "arrival", of_session)
        if arrival is not None and arrival.tells_of(request.user, code):
            return arrival.place()
        return queries.place_by_code(request.user, code)
    held = [holding for holding in queries.places_of(request.user) if holding.cooperative]
    if len({holding.cooperative for holding in held}) != 1:
        raise ValidationError({"cooperative": [_("Name the cooperative: header X-Cooperative.")]})
    return held[0].cooperative, permissions_of([holding.role for holding in held])
