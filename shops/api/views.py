"""Goods and sales for programs; the till itself sells here."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from kkmp.access.permissions import Permission
from shops import queries
from shops.api import filters, serializers
from shops.services import products, sales
from shops.services.particulars import Particulars
from shops.units.api import CONFLICT, REFUSED, Shop, _read, once


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
