"""What goods and sales look like to programs."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from kkmp.lib.money import MAX_IDR
from shops.models import PriceTier, Product, Sale, SaleLine
from shops.services.particulars import MAX_PRICE_IDR


class ProductOut(serializers.ModelSerializer[Product]):
    unit = serializers.CharField(source="unit.code", help_text="code of the unit of business")
    category = serializers.CharField(source="category.name")
    stock_quantity = serializers.DecimalField(max_digits=12, decimal_places=3)

    class Meta:
        model = Product
        fields = (
            "id",
            "unit",
            "category",
            "code",
            "name",
            "measure",
            "is_weighed",
            "general_price_idr",
            "member_price_idr",
            "wholesale_price_idr",
            "pack_size",
            "stock_min",
            "stock_quantity",
            "expires_on",
            "is_active",
            "version",
        )
        read_only_fields = fields


class ProductIn(serializers.Serializer[Any]):
    unit = serializers.SlugField(help_text="code of the unit of business")
    category = serializers.CharField(max_length=40, help_text="made where there is none so named")
    code = serializers.CharField(max_length=32, allow_blank=True, default="")
    name = serializers.CharField(max_length=80)
    measure = serializers.CharField(max_length=12, help_text="what one is called: sak, kg, pcs")
    is_weighed = serializers.BooleanField(default=False, help_text="sold in parts of a measure")
    general_price_idr = serializers.IntegerField(min_value=1, max_value=MAX_PRICE_IDR)
    member_price_idr = serializers.IntegerField(min_value=1, max_value=MAX_PRICE_IDR)
    wholesale_price_idr = serializers.IntegerField(
        min_value=1, max_value=MAX_PRICE_IDR, allow_null=True, default=None
    )
    pack_size = serializers.IntegerField(
        min_value=1, max_value=100_000, allow_null=True, default=None
    )
    stock_min = serializers.DecimalField(
        max_digits=12, decimal_places=3, min_value=Decimal(0), default=Decimal(0)
    )
    expires_on = serializers.DateField(allow_null=True, default=None)


class ProductEdit(ProductIn):
    version = serializers.IntegerField(
        min_value=1, help_text="of the product as it was read; another is refused with 409"
    )


class SoldLineIn(serializers.Serializer[Any]):
    product = serializers.UUIDField()
    quantity = serializers.DecimalField(max_digits=12, decimal_places=3)
    price_tier = serializers.ChoiceField(choices=PriceTier.choices, default=PriceTier.GENERAL)


class SaleIn(serializers.Serializer[Any]):
    key = serializers.UUIDField(
        help_text="made by the till; sent again with the same content it sells nothing twice"
    )
    unit = serializers.SlugField(help_text="code of the unit of business")
    member = serializers.UUIDField(allow_null=True, default=None)
    lines = serializers.ListField(child=SoldLineIn(), max_length=500)
    paid_idr = serializers.IntegerField(min_value=0, max_value=MAX_IDR)
    shown_idr = serializers.IntegerField(
        allow_null=True,
        default=None,
        min_value=0,
        max_value=MAX_IDR,
        help_text="the total that the buyer was told; another one is refused with 409",
    )


class SoldLineOut(serializers.ModelSerializer[SaleLine]):
    product = serializers.UUIDField(source="product_id")
    price_tier = serializers.ChoiceField(choices=PriceTier.choices)

    class Meta:
        model = SaleLine
        fields = (
            "product",
            "name",
            "measure",
            "quantity",
            "price_tier",
            "price_idr",
            "saving_idr",
            "total_idr",
        )
        read_only_fields = fields


class Buyer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    name = serializers.CharField()


class SaleOut(serializers.ModelSerializer[Sale]):
    unit = serializers.CharField(source="unit.code", help_text="code of the unit of business")
    member = Buyer(allow_null=True)
    cashier = serializers.CharField(source="cashier.username")
    lines = SoldLineOut(many=True)

    class Meta:
        model = Sale
        fields = (
            "id",
            "number",
            "key",
            "date",
            "sold_at",
            "unit",
            "member",
            "cashier",
            "total_idr",
            "paid_idr",
            "change_idr",
            "lines",
        )
        read_only_fields = fields
