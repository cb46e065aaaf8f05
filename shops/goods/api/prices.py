"""Packs, prices and rules of goods for programs."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from kkmp.access.api import ApiRequest, CooperativeAPI
from kkmp.access.permissions import Permission
from kkmp.lib.api import Day, Decimals, WholeNumber
from kkmp.lib.api_answers import REFUSED
from kkmp.lib.clock import business_today
from shops.goods import queries
from shops.goods.models import GoodsRule, Pack, Price, Product
from shops.goods.services import packs, prices, rules
from shops.pricing.terms import MAX_PRICE_IDR, Period, PriceTier

_PRICES = ("general_price_idr", "member_price_idr", "wholesale_price_idr", "institution_price_idr")


def _price(**options: Any) -> WholeNumber:
    return WholeNumber(min_value=1, max_value=MAX_PRICE_IDR, **options)


def _quantity(**options: Any) -> serializers.DecimalField:
    return Decimals(max_digits=12, decimal_places=3, min_value=Decimal("0.001"), **options)


def _no_price() -> serializers.IntegerField:
    return _price(allow_null=True, default=None)


class PackOut(serializers.ModelSerializer[Pack]):
    class Meta:
        model = Pack
        fields = ("id", "name", "factor", "code", *_PRICES, "is_active")
        read_only_fields = fields


class PackIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=12)
    factor = _quantity(help_text="how many measures are in it")
    code = serializers.CharField(max_length=32, allow_blank=True, default="")
    general_price_idr = _no_price()
    member_price_idr = _no_price()
    wholesale_price_idr = _no_price()
    institution_price_idr = _no_price()


class PriceOut(serializers.ModelSerializer[Price]):
    class Meta:
        model = Price
        fields = ("id", "tier", "min_quantity", "price_idr", "valid_from", "valid_until")
        read_only_fields = fields


class PriceIn(serializers.Serializer[Any]):
    tier = serializers.ChoiceField(choices=PriceTier.choices)
    price_idr = _price()
    min_quantity = _quantity(allow_null=True, default=None, help_text="null holds for any quantity")
    valid_from = Day()
    valid_until = Day(years=10, allow_null=True, default=None)


class RuleOut(serializers.ModelSerializer[GoodsRule]):
    product = serializers.UUIDField(source="product_id")

    class Meta:
        model = GoodsRule
        fields = (
            "id",
            "product",
            "ceiling_idr",
            "most_quantity",
            "period",
            "no_wholesale",
            "needs_identity",
            "valid_from",
            "valid_until",
            "source",
        )
        read_only_fields = fields


class RuleIn(serializers.Serializer[Any]):
    product = serializers.UUIDField()
    ceiling_idr = _no_price()
    most_quantity = _quantity(allow_null=True, default=None)
    period = serializers.ChoiceField(choices=Period.choices, default=Period.DAY)
    no_wholesale = serializers.BooleanField(default=False)
    needs_identity = serializers.BooleanField(default=False)
    valid_from = Day()
    valid_until = Day(years=10, allow_null=True, default=None)
    source = serializers.CharField(  # type: ignore[assignment]  # a name of the rule's
        max_length=200, help_text="the decree or letter with its number"
    )


class Goods(CooperativeAPI, generics.GenericAPIView[Product]):
    """A view of what stands around products; written by those who write products."""

    permission = Permission.PRODUCTS_READ
    permission_by_method = {"POST": Permission.PRODUCTS_WRITE, "PUT": Permission.PRODUCTS_WRITE}
    filter_backends = []
    serializer_class: type[serializers.BaseSerializer[Any]]

    def product(self, product_id: UUID) -> Product:
        return get_object_or_404(Product.objects.of(self.cooperative), id=product_id)

    def read(self, shape: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        given = shape(data=self.request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class Packs(Goods):
    """A product's packs, and adding one."""

    serializer_class = PackOut

    @extend_schema(operation_id="packs_list", tags=["shops"], responses={200: PackOut(many=True)})
    def get(self, _request: ApiRequest, id: UUID) -> Response:
        return Response(PackOut(queries.packs_of(self.product(id)), many=True).data)

    @extend_schema(
        operation_id="packs_add",
        tags=["shops"],
        request=PackIn,
        responses={201: PackOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest, id: UUID) -> Response:
        product, contents = self.product(id), packs.Contents(**self.read(PackIn))
        pack = packs.add(product=product, contents=contents, by=request.user)
        return Response(PackOut(pack).data, status=201)


class OnePack(Goods):
    """One pack, which is changed or no longer sold."""

    serializer_class = PackOut

    def pack(self, pack_id: UUID) -> Pack:
        rows = Pack.objects.of(self.cooperative).select_related("product")
        return get_object_or_404(rows, id=pack_id)

    @extend_schema(
        operation_id="packs_change",
        tags=["shops"],
        request=PackIn,
        responses={200: PackOut, 422: REFUSED},
    )
    def put(self, request: ApiRequest, id: UUID) -> Response:
        pack, contents = self.pack(id), packs.Contents(**self.read(PackIn))
        return Response(PackOut(packs.change(pack=pack, contents=contents, by=request.user)).data)


class RetirePack(OnePack):
    """Sell a pack no longer."""

    http_method_names = ["post", "options"]

    @extend_schema(operation_id="packs_retire", tags=["shops"], request=None)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        return Response(PackOut(packs.retire(pack=self.pack(id), by=request.user)).data)


class RestorePack(OnePack):
    """Sell it again."""

    http_method_names = ["post", "options"]

    @extend_schema(operation_id="packs_restore", tags=["shops"], request=None)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        return Response(PackOut(packs.restore(pack=self.pack(id), by=request.user)).data)


class Prices(Goods):
    """A product's prices by quantity and day that hold or are to come, and adding one."""

    serializer_class = PriceOut

    @extend_schema(operation_id="prices_list", tags=["shops"], responses={200: PriceOut(many=True)})
    def get(self, _request: ApiRequest, id: UUID) -> Response:
        rows = queries.prices_of(self.product(id), on=business_today())
        return Response(PriceOut(rows, many=True).data)

    @extend_schema(
        operation_id="prices_add",
        tags=["shops"],
        request=PriceIn,
        responses={201: PriceOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest, id: UUID) -> Response:
        product, terms = self.product(id), prices.Terms(**self.read(PriceIn))
        price = prices.add(product=product, terms=terms, on=business_today(), by=request.user)
        return Response(PriceOut(price).data, status=201)


class EndPrice(Goods):
    """Let a price hold no longer."""

    serializer_class = PriceOut

    @extend_schema(operation_id="prices_end", tags=["shops"], request=None, responses={204: None})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        price = get_object_or_404(Price.objects.of(self.cooperative), id=id)
        prices.end(price=price, on=business_today(), by=request.user)
        return Response(status=204)


class Rules(Goods):
    """Rules of subsidised goods, the latest of a product first, and adding one."""

    serializer_class = RuleOut

    @extend_schema(
        operation_id="goods_rules_list", tags=["shops"], responses={200: RuleOut(many=True)}
    )
    def get(self, _request: ApiRequest) -> Response:
        return Response(RuleOut(queries.rules(self.cooperative), many=True).data)

    @extend_schema(
        operation_id="goods_rules_add",
        tags=["shops"],
        request=RuleIn,
        responses={201: RuleOut, 422: REFUSED},
    )
    def post(self, request: ApiRequest) -> Response:
        given = self.read(RuleIn)
        product = self.product(given.pop("product"))
        rule = rules.add(
            product=product, terms=rules.Terms(**given), on=business_today(), by=request.user
        )
        return Response(RuleOut(rule).data, status=201)


class EndRule(Goods):
    """Let a rule hold no longer."""

    serializer_class = RuleOut

    @extend_schema(
        operation_id="goods_rules_end", tags=["shops"], request=None, responses={204: None}
    )
    def post(self, request: ApiRequest, id: UUID) -> Response:
        rule = get_object_or_404(GoodsRule.objects.of(self.cooperative), id=id)
        rules.end(rule=rule, on=business_today(), by=request.user)
        return Response(status=204)
