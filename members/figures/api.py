"""The figures about members for programs."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.clock import business_today
from members.figures import serializers
from members.figures.queries import whole
from members.register import ages
from members.register.choices import ALL
from members.register.models import Category, Member, Status
from members.register.persons import Sex


def _choice(name: str, *values: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, enum=values)


_PARAMETERS = [
    OpenApiParameter("status", enum=[*Status.values, ALL], description="active by default"),
    _choice("sex", *Sex.values, "none"),
    _choice("age", *(code for code, _label in ages.CHOICES)),
    _choice("category", *Category.values),
    OpenApiParameter("is_civil_servant", OpenApiTypes.BOOL),
    OpenApiParameter("rw", description="003, or none: not recorded"),
    OpenApiParameter("agency", description="as on the register, or none: not recorded"),
    OpenApiParameter("joined_since", OpenApiTypes.DATE),
    OpenApiParameter("joined_until", OpenApiTypes.DATE),
]


class Figures(CooperativeAPI, generics.GenericAPIView[Member]):
    """The register in numbers, as on its page."""

    permission = Permission.MEMBERS_READ
    serializer_class = serializers.FiguresOut
    filter_backends = []

    @extend_schema(operation_id="members_figures", tags=["members"], parameters=_PARAMETERS)
    def get(self, request: ApiRequest) -> Response:
        people = whole.found(request.query_params, self.cooperative, on=business_today())
        if people.form.errors:
            raise ValidationError(
                {name: list(map(str, texts)) for name, texts in people.form.errors.items()}
            )
        found = whole.figures(people, self.cooperative)
        return Response(serializers.FiguresOut(found).data)
