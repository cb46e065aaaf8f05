"""The list of goods: adding, editing and retiring products."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.models import BusinessUnit, Journal
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.barcodes import normal_code
from kkmp.lib.errors import Conflict
from kkmp.registry.models import Cooperative
from shops.goods.models import Category, GoodsRule, Pack, Product
from shops.goods.services import codes
from shops.goods.services.particulars import (
    Details,
    ListedProduct,
    Particulars,
    ProductRefused,
    refuse_unsound,
    tidied,
)
from shops.stock.models import Stock, StockMovement
from shops.stock.services import stock
from shops.units.services import units

_uses: list[Callable[[Product], bool]] = []


def register_use(uses: Callable[[Product], bool]) -> None:
    """Say when a product is used elsewhere, so that what it is can no longer change."""
    if uses not in _uses:
        _uses.append(uses)


class EditConflict(Conflict):
    """Somebody else changed the product in the meantime."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a list of goods."""

    products: list[Product]
    #: Rows whose name or code was known already.
    skipped: list[ListedProduct]
    #: Of the opening stock; None where there was none to post.
    journal: Journal | None


@transaction.atomic
def add(*, cooperative: Cooperative, particulars: Particulars, on: date, by: User) -> Product:
    """Put a product on the list, with no stock yet.

    :param on: today: goods are best before a day within ten years of it
    :raises ProductRefused: something is missing, a price or the day is not in order, or another
        product has the name or the code
    """
    particulars = tidied(particulars)
    refuse_unsound(particulars, on=on)
    _refuse_taken(cooperative, particulars)
    product = Product(cooperative=cooperative, unit=particulars.unit)
    _fill(product, particulars, _category(cooperative, particulars.category))
    product.save(force_insert=True)
    Stock.objects.create(cooperative=cooperative, product=product)
    audit.record(
        cooperative=cooperative, action="product.add", by=by, subject=product, name=product.name
    )
    return product


@transaction.atomic
def add_many(
    *,
    cooperative: Cooperative,
    rows: Sequence[ListedProduct],
    key: UUID,
    on: date,
    by: User | None,
) -> Added:
    """Put a list of goods into the shop with its opening stock: all of it or nothing.

    A row whose name or code is known already, from the shop or from an earlier row, is skipped
    and its stock with it, so that the same list twice adds nothing.

    :param key: of the opening stock's journal
    :raises ProductRefused: as in :func:`add`; the message begins with the row's product
    :raises stock.StockRefused: as in :func:`~shops.stock.services.stock.take_opening`
    """
    fresh, skipped = _parted(cooperative, [tidied(row) for row in rows])
    for row in fresh:
        _refuse_row(row, on)
    products = _create(cooperative, fresh, by)
    opening = [
        stock.OpeningLine(product, row.opening_quantity, row.cost_idr)
        for product, row in zip(products, fresh, strict=True)
        if row.opening_quantity
    ]
    if not opening:
        return Added(products, skipped, None)
    journal = stock.take_opening(cooperative=cooperative, lines=opening, key=key, on=on, by=by)
    return Added(products, skipped, journal)


@transaction.atomic
def edit(
    *, product: Product, particulars: Particulars, version: int, on: date, by: User
) -> Product:
    """Change a product. Receipts already written keep the old name and prices.

    :param version: of the product when the form was opened
    :raises EditConflict: somebody else saved in the meantime
    :raises ProductRefused: as in :func:`add`
    """
    locked = held(product)
    if locked.version != version:
        raise EditConflict(
            _("Somebody else changed this product just now. Look at the new data and try again.")
        )
    particulars = tidied(particulars)
    if GoodsRule.objects.of(product.cooperative_id).filter(product=locked).exists():
        # A rule that has ended says no less that the state has a hand in it.
        particulars = replace(particulars, is_subsidised=True)
    refuse_unsound(particulars, on=on)
    _refuse_taken(product.cooperative, particulars, besides=locked)
    _refuse_change_with_stock(locked, particulars)
    _refuse_change_once_sold(locked, particulars)
    before = _readable(locked)
    locked.unit = particulars.unit
    _fill(locked, particulars, _category(product.cooperative, particulars.category))
    _save(locked, "product.edit", by, changed=_changes(before, _readable(locked)))
    return locked


@transaction.atomic
def show(*, product: Product, photo: UploadedFile[bytes] | None, by: User) -> Product:
    """Give a product a photo, or take it away.

    :param photo: already checked by :mod:`shops.goods.photos`; None takes it away
    """
    locked = held(product)
    old, storage = locked.photo.name, locked.photo.storage
    locked.photo = photo or ""
    _save(locked, "product.photo", by, has_photo=photo is not None)
    if old:
        transaction.on_commit(lambda: storage.delete(old))
    return locked


@transaction.atomic
def retire(*, product: Product, by: User) -> Product:
    """Take a product off the till. What is in stock stays in the books."""
    locked = held(product)
    if locked.is_active:
        locked.is_active = False
        _save(locked, "product.retire", by, name=locked.name)
    return locked


@transaction.atomic
def restore(*, product: Product, by: User) -> Product:
    """Put a retired product back on the till."""
    locked = held(product)
    if not locked.is_active:
        locked.is_active = True
        _save(locked, "product.restore", by, name=locked.name)
    return locked


def _refuse_taken(
    cooperative: Cooperative, particulars: Particulars, besides: Product | None = None
) -> None:
    others = Product.objects.of(cooperative)
    if besides is not None:
        others = others.exclude(id=besides.id)
    if others.filter(name__iexact=particulars.name).exists():
        raise ProductRefused(
            _("There is a product named %(name)s already.") % {"name": particulars.name},
            field="name",
        )
    codes.refuse_taken(cooperative, particulars.code, besides=besides)


def _refuse_change_with_stock(product: Product, particulars: Particulars) -> None:
    """Refuse whole counts while a part is in stock, and another unit while anything is."""
    held = Stock.objects.of(product.cooperative_id).get(product=product)
    if held.quantity % 1 and not particulars.is_weighed:
        raise ProductRefused(
            _("There is a part of a %(measure)s in stock, so it must stay weighed.")
            % {"measure": product.measure},
            field="is_weighed",
        )
    if held.quantity and particulars.unit != product.unit:
        raise ProductRefused(
            _("It cannot go to another unit of business while there is stock of it."),
            field="unit",
        )


def _refuse_change_once_sold(product: Product, particulars: Particulars) -> None:
    """Refuse another account, or a service made goods, once sold: returns are posted back to it."""
    kept = (product.is_service, product.income_code)
    if kept == (particulars.is_service, particulars.income_code):
        return
    of = product.cooperative_id
    if (
        any(uses(product) for uses in _uses)
        or StockMovement.objects.of(of).filter(product=product).exists()
    ):
        raise ProductRefused(
            _("It has been sold or stocked already, so this stays. Add another one instead."),
            field="is_service",
        )


def held(product: Product) -> Product:
    """The product as it is now; nobody else changes it until the transaction ends."""
    return (
        Product.objects.of(product.cooperative_id)
        .select_for_update(of=("self",))
        .select_related("cooperative", "unit", "category")
        .get(id=product.id)
    )


def _category(cooperative: Cooperative, name: str) -> Category:
    found = Category.objects.of(cooperative).filter(name__iexact=name).first()
    return found or Category.objects.create(cooperative=cooperative, name=name)


#: What is copied as it is; the category and the unit are rows of their own.
_COPIED = tuple(field.name for field in fields(Details) if field.name != "category")


def _fill(product: Product, details: Details, category: Category) -> None:
    product.category = category
    for name in _COPIED:
        setattr(product, name, getattr(details, name))


def _save(product: Product, action: str, by: User, **details: Any) -> None:
    product.version += 1
    product.save()
    audit.record(cooperative=product.cooperative, action=action, by=by, subject=product, **details)


def _readable(product: Product) -> dict[str, str]:
    return {name: str(getattr(product, name)) for name in ("unit", "category", *_COPIED)}


def _changes(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Old and new value of each field that changed: who set which price when is worth keeping."""
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _parted(
    cooperative: Cooperative, rows: Sequence[ListedProduct]
) -> tuple[list[ListedProduct], list[ListedProduct]]:
    """The rows that are new, and those whose name or code is known."""
    known = Product.objects.of(cooperative).values_list("name", "code")
    packed = Pack.objects.of(cooperative).values_list("code", flat=True)
    names, taken = set(), {"", *map(normal_code, packed)}
    for name, code in known:
        names.add(name.casefold())
        taken.add(normal_code(code))
    fresh, skipped = [], []
    for row in rows:
        if row.name.casefold() in names or (row.code and normal_code(row.code) in taken):
            skipped.append(row)
        else:
            fresh.append(row)
            names.add(row.name.casefold())
            taken.add(normal_code(row.code))
    return fresh, skipped


def _refuse_row(row: ListedProduct, on: date) -> None:
    try:
        refuse_unsound(row, on=on)
    except ProductRefused as refusal:
        raise ProductRefused(f"{row.name}: {refusal}", fields=refusal.fields) from refusal


def _create(
    cooperative: Cooperative, rows: Sequence[ListedProduct], by: User | None
) -> list[Product]:
    if not rows:
        return []
    categories = {c.name.casefold(): c for c in Category.objects.of(cooperative)}
    homes = {u.name.casefold(): u for u in BusinessUnit.objects.of(cooperative)}
    products = []
    for row in rows:
        if row.category.casefold() not in categories:
            made = Category.objects.create(cooperative=cooperative, name=row.category)
            categories[row.category.casefold()] = made
        if row.unit.casefold() not in homes:
            opened = units.open_unit(cooperative=cooperative, name=row.unit, by=by)
            homes[row.unit.casefold()] = opened
        product = Product(cooperative=cooperative, unit=homes[row.unit.casefold()])
        _fill(product, row, categories[row.category.casefold()])
        products.append(product)
    Product.objects.bulk_create(products)
    Stock.objects.bulk_create(Stock(cooperative=cooperative, product=each) for each in products)
    names = [product.name for product in products]
    audit.record(cooperative=cooperative, action="product.add_many", by=by, names=names)
    return products
