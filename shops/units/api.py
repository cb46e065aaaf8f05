"""What every view of goods and sales for programs has in common."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import generics, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from finance.ledger.units import BusinessUnit
from kkmp.access.api import CooperativeAPI
from kkmp.lib.api import Error
from shops.goods import queries
from shops.goods.models import Product

CONFLICT = OpenApiResponse(Error, description="it contradicts what is recorded already")
REFUSED = OpenApiResponse(Error, description="refused, with a sentence fit to show")


def once(shape: Any, again: str = "it had been done before") -> dict[int, Any]:
    """What an act with a key answers, for the description of the API.

    :param again: what it means that the same key comes with the same content
    """
    return {
        201: shape,
        200: OpenApiResponse(shape, description=again),
        409: CONFLICT,
        422: REFUSED,
    }


class Shop(CooperativeAPI, generics.GenericAPIView):
    """A view of one cooperative's goods or sales."""

    lookup_field = "id"

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Product.objects.none()
        return self.rows()

    def rows(self) -> QuerySet:
        return queries.products(self.cooperative)

    def unit(self, code: str) -> BusinessUnit:
        unit = BusinessUnit.objects.of(self.cooperative).filter(code=code).first()
        if unit is None:
            raise ValidationError({"unit": [_("There is no such unit of business.")]})
        return unit


def _read(shape: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
