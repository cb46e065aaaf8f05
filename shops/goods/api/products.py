"""Goods for programs."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.response import Response

from kkmp.access.api import ApiRequest
from kkmp.access.api_rows import RowsAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Listed
from kkmp.lib.api_answers import CONFLICT, REFUSED, body, once
from kkmp.lib.clock import business_today
from shops.goods import filters, queries, serializers
from shops.goods.models import Product
from shops.goods.services import products
from shops.goods.services.particulars import Particulars
from shops.stock.services import corrections
from shops.units.serializers import unit_named


class _Goods(RowsAPI[Product]):
    model = Product

    def rows(self) -> QuerySet[Product]:
        return queries.products(self.cooperative)


@extend_schema_view(get=extend_schema(operation_id="products_list", tags=["shops"]))
class Products(Listed, _Goods):
    """The list of goods, and adding to it."""

    permission = Permission.PRODUCTS_READ
    permission_by_method = {"POST": Permission.PRODUCTS_WRITE}
    filterset_class = filters.ApiProductFilter
    serializer_class = serializers.ProductOut

    @extend_schema(
        operation_id="products_add",
        tags=["shops"],
        request=serializers.ProductIn,
        responses={201: serializers.ProductOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest) -> Response:
        given = body(serializers.ProductIn, request)
        particulars = Particulars(**given | {"unit": unit_named(self.cooperative, given["unit"])})
        product = products.add(
            cooperative=self.cooperative,
            particulars=particulars,
            on=business_today(),
            by=request.user,
        )
        made = self.get_queryset().get(id=product.id)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)


class ProductDetail(_Goods):
    """One product."""

    permission = Permission.PRODUCTS_READ
    permission_by_method = {"PUT": Permission.PRODUCTS_WRITE}
    serializer_class = serializers.ProductOut

    @extend_schema(operation_id="products_get", tags=["shops"])
    def get(self, _request: ApiRequest, id: UUID) -> Response:
        return Response(self.get_serializer(self.row(id)).data)

    @extend_schema(
        operation_id="products_edit",
        tags=["shops"],
        request=serializers.ProductEdit,
        responses={200: serializers.ProductOut, 409: CONFLICT, 422: REFUSED},
    )
    def put(self, request: ApiRequest, id: UUID) -> Response:
        product = self.row(id)
        given = body(serializers.ProductEdit, request)
        version = given.pop("version")
        particulars = Particulars(**given | {"unit": unit_named(self.cooperative, given["unit"])})
        products.edit(
            product=product,
            particulars=particulars,
            version=version,
            on=business_today(),
            by=request.user,
        )
        return Response(self.get_serializer(self.row(id)).data)


class OpeningStock(_Goods):
    """Replace what was written down as on the shelf when the books began, dated today."""

    permission = Permission.BOOKS_WRITE
    serializer_class = serializers.ProductOut

    @extend_schema(
        operation_id="products_opening_stock",
        tags=["shops"],
        request=serializers.OpeningIn,
        responses=once(serializers.ProductOut, "it had been corrected before"),
    )
    def post(self, request: ApiRequest, id: UUID) -> Response:
        product, given = self.row(id), body(serializers.OpeningIn, request)
        made = corrections.correct_opening(
            product=product, on=business_today(), by=request.user, **given
        )
        code = status.HTTP_200_OK if made.is_repeat else status.HTTP_201_CREATED
        return Response(self.get_serializer(self.row(id)).data, status=code)


class Retire(_Goods):
    """Take a product off the till."""

    permission = Permission.PRODUCTS_WRITE
    serializer_class = serializers.ProductOut

    @extend_schema(operation_id="products_retire", tags=["shops"], request=None)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        products.retire(product=self.row(id), by=request.user)
        return Response(self.get_serializer(self.row(id)).data)


class Restore(_Goods):
    """Put a retired product back on the till."""

    permission = Permission.PRODUCTS_WRITE
    serializer_class = serializers.ProductOut

    @extend_schema(operation_id="products_restore", tags=["shops"], request=None)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        products.restore(product=self.row(id), by=request.user)
        return Response(self.get_serializer(self.row(id)).data)
