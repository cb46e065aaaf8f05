"""One decorator a page: who may open it, and whose rows it sees.

Every page is one of five kinds: :func:`requires` for a cooperative's pages,
:func:`requires_city` for the city's, :func:`signed_in` for a person's own, :func:`public`, and
:func:`public_of_cooperative` for what a cooperative shows to everybody.
The kind stands on the view as ``access``, and whose people may hold it as ``place``: so rights
can be written down (:mod:`kkmp.access.rights`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import SimpleTemplateResponse
from django_htmx.middleware import HtmxDetails

from kkmp.access import queries
from kkmp.access.models import User
from kkmp.access.permissions import Permission
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Regency

View = Callable[..., HttpResponse]


class AnybodyRequest(HttpRequest):
    """A request of whoever it may be."""

    htmx: HtmxDetails


class SignedInRequest(AnybodyRequest):
    """A request of somebody who is signed in."""

    user: User


class CoopRequest(SignedInRequest):
    """A request to a cooperative's page."""

    cooperative: Cooperative
    permissions: frozenset[Permission]


class GuestRequest(HttpRequest):
    """A request of anybody to what a cooperative shows to everybody."""

    host: Cooperative


class CityRequest(SignedInRequest):
    """A request to a page of the city."""

    regency: Regency
    permissions: frozenset[Permission]


def requires(
    permission: Permission, *, before: Callable[[Any], None] | None = None
) -> Callable[[View], View]:
    """A page of one cooperative, named by its code in the address.

    The whole request is one transaction that sees this cooperative's rows only; an answer of
    400 and above undoes it. Strangers get 404, too little role gets 403.

    :param before: takes the request once it may come in, and before that transaction begins: for
        what has to stay written whatever the answer is
    """

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def wrapped(request: CoopRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
            cooperative = get_object_or_404(
                Cooperative.objects.select_related("kelurahan__kecamatan__regency"), code=code
            )
            permissions = queries.permissions_at(request.user, cooperative)
            if not permissions:
                raise Http404
            request.cooperative, request.permissions = cooperative, permissions
            if permission not in permissions:
                raise PermissionDenied
            if before is not None:
                before(request)
            with scope.cooperative(cooperative.pk):
                return _finished(view(request, *args, **kwargs))

        wrapped.access, wrapped.place = permission, "cooperative"  # type: ignore[attr-defined]
        return wrapped

    return decorate


def requires_city(permission: Permission) -> Callable[[View], View]:
    """A page of the city; it reads counters and stages, and no member's data."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def wrapped(request: CityRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            regency, permissions = queries.city_permissions(request.user)
            if regency is None:
                raise Http404
            request.regency, request.permissions = regency, permissions
            if permission not in permissions:
                raise PermissionDenied
            with scope.city():
                return _finished(view(request, *args, **kwargs))

        wrapped.access, wrapped.place = permission, "city"  # type: ignore[attr-defined]
        return wrapped

    return decorate


def signed_in(view: View) -> View:
    """A page for whoever is signed in."""
    wrapped = login_required(view)
    wrapped.access = "signed_in"  # type: ignore[attr-defined]
    return wrapped


def public(view: View) -> View:
    """A page for everybody."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def public_of_cooperative(view: View) -> View:
    """A page for everybody about one cooperative, named by its code in the address.

    It sees this cooperative's rows, so it must show none of them but what it is there for. The
    cooperative is ``request.host``: the page is no staff page, and nobody's menu stands on it.
    """

    @wraps(view)
    def wrapped(request: GuestRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        request.host = get_object_or_404(
            Cooperative.objects.select_related("kelurahan__kecamatan__regency"), code=code
        )
        with scope.cooperative(request.host.pk):
            return _finished(view(request, *args, **kwargs))

    wrapped.access = "public"  # type: ignore[attr-defined]
    return wrapped


def _finished(response: HttpResponse) -> HttpResponse:
    """Render while rows can be seen, and undo what a refusal left behind."""
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    if response.status_code >= 400:
        transaction.set_rollback(True)
    return response
