"""How the API describes itself, so that a client can be made of it.

Besides what each operation says of itself, its view tells that a list comes in pages, where the
cooperative is named, and what everybody may be refused.
"""

from functools import cache
from types import SimpleNamespace
from typing import Any

from django.db.models import Model
from drf_spectacular import extensions
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.serializers import ChoiceField, ModelSerializer
from rest_framework.views import APIView

from kkmp.lib.api import Error
from kkmp.lib.existing import of_kind

_COOPERATIVE = "code of the cooperative; needed by whoever works in several"
_OF_COOPERATIVES = [
    OpenApiParameter("X-Cooperative", str, OpenApiParameter.HEADER, description=_COOPERATIVE),
    OpenApiParameter("cooperative", str, description=f"instead of the header: {_COOPERATIVE}"),
]
#: Where nobody has to be signed in, neither 401 nor 403.
_REFUSALS = {
    400: "not of the shape described here, or a parameter that is not",
    401: "not signed in",
    403: "the role does not allow it",
    404: "nothing there, or not for this person",
    415: "the body is of no kind that is read here",
}


class Description(AutoSchema):
    """An operation as it is described."""

    def parameters(self, method: str) -> frozenset[str]:
        """Names that its query may hold."""
        self.registry, self.method = ComponentRegistry(), method
        self.path = self.path_regex = self.path_prefix = "/"
        found = self._get_parameters()
        return frozenset(one["name"] for one in found if one["in"] == "query")

    def get_override_parameters(self) -> list[Any]:
        place = getattr(self.view, "place", None)
        return _OF_COOPERATIVES if place == "cooperative" else []

    def _map_serializer_field(self, field: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """A choice that may be left empty is answered empty as well as chosen."""
        parent = getattr(field, "parent", None)
        if isinstance(field, ChoiceField) and isinstance(parent, ModelSerializer):
            model: type[Model] = parent.Meta.model
            columns = {one.name: one for one in model._meta.fields}
            if field.source in columns and columns[field.source].blank:
                field.allow_blank = True
        found = super()._map_serializer_field(field, *args, **kwargs)  # type: ignore[no-untyped-call]
        return dict(found)

    def _is_list_view(self, *args: Any, **kwargs: Any) -> bool:
        if self.method == "GET" and getattr(self.view, "pagination_class", None):
            return True
        return bool(super()._is_list_view(*args, **kwargs))

    def _get_response_bodies(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super()._get_response_bodies(*args, **kwargs)
        for status, why in _REFUSALS.items():
            if status in (401, 403) and not self.view.permission_classes:
                continue
            if status == 415 and not self._get_request_body():  # type: ignore[no-untyped-call]
                continue
            if str(status) not in found:
                answer = OpenApiResponse(Error, description=why)
                found[str(status)] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                    answer, str(status)
                )
        return dict(sorted(found.items()))


class _Nothing:
    """A class that no package says anything of, and a view of one."""

    cls = object


def load() -> None:
    """Load what packages say of their classes, before requests do.

    Each is loaded when it is first asked for, and two requests that are the first of a process at
    the same moment got in each other's way: one of them was answered 500.
    """
    for kind in (
        extensions.OpenApiAuthenticationExtension,
        extensions.OpenApiFilterExtension,
        extensions.OpenApiSerializerExtension,
        extensions.OpenApiSerializerFieldExtension,
        extensions.OpenApiViewExtension,
    ):
        kind.get_match(_Nothing)


@cache
def parameters(view: type[APIView], method: str) -> frozenset[str]:
    """Names that the query of an operation may hold, read from its description."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # holds what it describes
    described = generator.create_view(SimpleNamespace(cls=view), method).schema  # type: ignore[no-untyped-call]
    return of_kind(Description, described).parameters(method)
