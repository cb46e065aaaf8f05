"""Goods and sales for programs; the till itself sells here."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from finance.models.units import BusinessUnit
from kkmp.access.api import CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Error
from shops import queries
from shops.api import filters, serializers
from shops.models.products import Product
from shops.services import products, sales
from shops.services.particulars import Particulars

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


class Products(Shop):
    """The list of goods, and adding to it."""

    permission = Permission.PRODUCTS_READ
    permission_by_method = {"POST": Permission.PRODUCTS_WRITE}
    filterset_class = filters.Products
    serializer_class = serializers.ProductOut

    @extend_schema(operation_id="products_list", tags=["shops"])
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="products_add",
        tags=["shops"],
        request=serializers.ProductIn,
        responses={201: serializers.ProductOut, 422: REFUSED},
    )
    def post(self, request: Request) -> Response:
        given = _read(serializers.ProductIn, request)
        particulars = Particulars(**given | {"unit": self.unit(given["unit"])})
        product = products.add(
            cooperative=self.cooperative, particulars=particulars, by=request.user
        )
        made = self.get_queryset().get(id=product.id)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)


class ProductDetail(Shop):
    """One product."""

    permission = Permission.PRODUCTS_READ
    permission_by_method = {"PUT": Permission.PRODUCTS_WRITE}
    serializer_class = serializers.ProductOut

    @extend_schema(operation_id="products_get", tags=["shops"])
    def get(self, request: Request, id: UUID) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(
        operation_id="products_edit",
        tags=["shops"],
        request=serializers.ProductEdit,
        responses={200: serializers.ProductOut, 409: CONFLICT, 422: REFUSED},
    )
    def put(self, request: Request, id: UUID) -> Response:
        product = self.get_object()
        given = _read(serializers.ProductEdit, request)
        version = given.pop("version")
        particulars = Particulars(**given | {"unit": self.unit(given["unit"])})
        products.edit(product=product, particulars=particulars, version=version, by=request.user)
        return Response(self.get_serializer(self.get_object()).data)


class Retire(Shop):
    """Take a product off the till."""

    permission = Permission.PRODUCTS_WRITE
    serializer_class = serializers.ProductOut

    @extend_schema(operation_id="products_retire", tags=["shops"], request=None)
    def post(self, request: Request, id: UUID) -> Response:
        products.retire(product=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)


class Restore(Shop):
    """Put a retired product back on the till."""

    permission = Permission.PRODUCTS_WRITE
    serializer_class = serializers.ProductOut

    @extend_schema(operation_id="products_restore", tags=["shops"], request=None)
    def post(self, request: Request, id: UUID) -> Response:
        products.restore(product=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)


class Sales(Shop):
    """What was sold, and selling."""

    permission = Permission.SALES_READ
    permission_by_method = {"POST": Permission.SALES_SELL}
    filterset_class = filters.Sales
    serializer_class = serializers.SaleOut
    cursor_ordering = "-number"

    def rows(self) -> QuerySet:
        return queries.sales_with_lines(self.cooperative)

    @extend_schema(operation_id="sales_list", tags=["shops"])
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="sales_sell",
        tags=["shops"],
        request=serializers.SaleIn,
        responses=once(serializers.SaleOut, "it had been made before"),
    )
    def post(self, request: Request) -> Response:
        given = serializers.SaleIn(data=request.data)
        given.is_valid(raise_exception=True)
        sale = sales.sell(
            cooperative=self.cooperative,
            asked=given.asked(),
            at=timezone.now(),
            by=request.user,
            may_discount=Permission.SALES_DISCOUNT in self.permissions,
        )
        code = status.HTTP_200_OK if sale.was_made_before else status.HTTP_201_CREATED
        return Response(serializers.body(sale), status=code)


class SaleDetail(Shop):
    """One sale with its lines."""

    permission = Permission.SALES_READ
    serializer_class = serializers.SaleOut

    def rows(self) -> QuerySet:
        return queries.sales_with_lines(self.cooperative)

    @extend_schema(operation_id="sales_get", tags=["shops"])
    def get(self, request: Request, id: UUID) -> Response:
        return Response(self.get_serializer(self.get_object()).data)


def _read(shape: type[serializers.serializers.Serializer], request: Request) -> dict[str, Any]:
    given = shape(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
