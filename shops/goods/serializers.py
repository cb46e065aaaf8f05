"""What the API takes and gives about goods."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from kkmp.lib.api import Day, Decimals, WholeNumber
from shops.goods.models import Product
from shops.goods.services.particulars import MOST_IN_CARTON, MOST_YEARS, SERVICE_ACCOUNTS
from shops.pricing.terms import MAX_PRICE_IDR


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
            "institution_price_idr",
            "is_service",
            "income_code",
            "pack_size",
            "stock_min",
            "stock_quantity",
            "expires_on",
            "is_subsidised",
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
    general_price_idr = WholeNumber(min_value=1, max_value=MAX_PRICE_IDR)
    member_price_idr = WholeNumber(min_value=1, max_value=MAX_PRICE_IDR)
    wholesale_price_idr = WholeNumber(
        min_value=1, max_value=MAX_PRICE_IDR, allow_null=True, default=None
    )
    institution_price_idr = WholeNumber(
        min_value=1, max_value=MAX_PRICE_IDR, allow_null=True, default=None
    )
    is_service = serializers.BooleanField(default=False, help_text="it has no stock")
    income_code = serializers.ChoiceField(
        choices=[("", ""), *((str(code), str(code)) for code in SERVICE_ACCOUNTS)],
        default="",
        help_text="account that a service earns on",
    )
    pack_size = WholeNumber(min_value=1, max_value=MOST_IN_CARTON, allow_null=True, default=None)
    stock_min = Decimals(max_digits=12, decimal_places=3, min_value=Decimal(0), default=Decimal(0))
    expires_on = Day(years=MOST_YEARS, allow_null=True, default=None)
    is_subsidised = serializers.BooleanField(
        default=False,
        help_text="not sold at wholesale unless a rule in force allows it; known names always are",
    )


class ProductEdit(ProductIn):
    version = WholeNumber(
        min_value=1, help_text="of the product as it was read; another is refused with 409"
    )


class OpeningIn(serializers.Serializer[Any]):
    """What was on the shelf when the books began."""

    key = serializers.UUIDField()
    quantity = Decimals(max_digits=12, decimal_places=3, min_value=0)
    cost_idr = WholeNumber(min_value=1, help_text="of one measure")
    reason = serializers.CharField(max_length=120)
