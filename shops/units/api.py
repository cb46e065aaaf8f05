"""What every view of goods and sales for programs has in common."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import generics, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from finance.ledger.units import BusinessUnit
from kkmp.access.api import CooperativeAPI
from shops.goods import queries
from shops.goods.models import Product


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
