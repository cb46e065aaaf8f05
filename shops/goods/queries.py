"""What pages and the API read of goods, packs, prices and rules."""

from datetime import date
from decimal import Decimal
from typing import Annotated, TypedDict, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django_stubs_ext import Annotations

from kkmp.lib.barcodes import spellings
from kkmp.registry.models import Cooperative
from shops.goods.models import Category, GoodsRule, Pack, Price, Product, UnknownCode

Term = TypeVar("Term", Price, GoodsRule)


def unknown_codes(cooperative: Cooperative) -> QuerySet[UnknownCode]:
    """Codes that tills did not know and that no product or pack has got since, latest first."""
    own = {"code": OuterRef("code")}
    return (
        UnknownCode.objects.of(cooperative)
        .select_related("noted_by")
        .filter(~Exists(Product.objects.of(cooperative).filter(**own)), is_done=False)
        .exclude(Exists(Pack.objects.of(cooperative).filter(**own)))
        .order_by("-noted_at", "-id")
    )


def products_by_unit(cooperative: Cooperative) -> dict[UUID, int]:
    """How many products each unit of business has for sale, by the unit's id."""
    return dict(
        Product.objects.of(cooperative)
        .filter(is_active=True)
        .values_list("unit_id")
        .annotate(Count("id"))
        .order_by("unit_id")
    )


class Held(TypedDict):
    """What is on the shelf of a product; None of a service."""

    stock_quantity: Decimal | None
    stock_value_idr: int | None


def products(cooperative: Cooperative) -> QuerySet[Annotated[Product, Annotations[Held]]]:
    """Products with unit, category and stock, by name."""
    return (
        Product.objects.of(cooperative)
        .select_related("unit", "category")
        .annotate(
            stock_quantity=F("stock__quantity"),
            stock_value_idr=F("stock__value_idr"),
        )
        .order_by("name", "id")
    )


def matching(cooperative: Cooperative, found: QuerySet[Product], text: str) -> QuerySet[Product]:
    """The goods with this barcode, or with these letters in the name.

    A whole barcode finds its product alone; so does that of one of its packs.
    """
    text = text.strip()
    same = spellings(text)
    packed = Pack.objects.of(cooperative).filter(product=OuterRef("pk"), code__in=same)
    matches = Q(name__icontains=text) | Q(code__in=same)
    return found.filter(matches | Q(Exists(packed)) if text else matches)


def below_minimum(found: QuerySet[Product]) -> QuerySet[Product]:
    """Goods for sale of which there is less than the minimum, or nothing at all."""
    return found.filter(
        Q(stock__quantity__lt=F("stock_min")) | Q(stock__quantity=0),
        is_active=True,
        is_service=False,
    )


def packs_of(product: Product) -> QuerySet[Pack]:
    """A product's packs, those for sale first, by how much is in them."""
    rows = Pack.objects.of(product.cooperative_id).filter(product=product)
    return rows.order_by("-is_active", "factor", "id")


def prices_of(product: Product, *, on: date) -> QuerySet[Price]:
    """Prices by quantity and day that hold or are still to come."""
    rows = Price.objects.of(product.cooperative_id).filter(product=product)
    return _not_over(rows, on).order_by("tier", "min_quantity", "valid_from", "id")


def rules_of(product: Product, *, on: date) -> QuerySet[GoodsRule]:
    """A product's rules that hold or are still to come."""
    rows = GoodsRule.objects.of(product.cooperative_id).filter(product=product)
    return _not_over(rows, on).order_by("valid_from", "id")


def rules(cooperative: Cooperative) -> QuerySet[GoodsRule]:
    """Every rule with its product, the latest of a product first."""
    rows = GoodsRule.objects.of(cooperative).select_related("product")
    return rows.order_by("product__name", "product_id", "-valid_from", "id")


def categories_with_goods(cooperative: Cooperative) -> QuerySet[Category]:
    """Shelves, each with ``goods``: how many products stand on it."""
    goods = (
        Product.objects.of(cooperative)
        .filter(category=OuterRef("pk"))
        .order_by()
        .values("category")
        .annotate(count=Count("id"))
        .values("count")
    )
    rows = Category.objects.of(cooperative).annotate(goods=Coalesce(Subquery(goods), 0))
    return rows.order_by("name", "id")


def _not_over(rows: QuerySet[Term], on: date) -> QuerySet[Term]:
    return rows.filter(Q(valid_until=None) | Q(valid_until__gte=on))


def count_unknown_codes(cooperative: Cooperative) -> int:
    """How many codes wait to be given to a product."""
    return unknown_codes(cooperative).count()
