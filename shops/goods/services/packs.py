"""Packs of a product: cartons, bales and strips with a barcode and prices of their own."""

from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.quantity import LIMIT, PLACES
from shops.goods.models import Pack, Product
from shops.goods.services import codes
from shops.goods.services.particulars import ProductRefused
from shops.pricing.terms import MAX_PRICE_IDR

_PRICES = ("general_price_idr", "member_price_idr", "wholesale_price_idr", "institution_price_idr")
_NAME_LENGTH = Pack._meta.get_field("name").max_length or 0


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What is kept of a pack.

    :param factor: how many measures are in it
    :param general_price_idr: of one pack, as the other prices; None is as many times the measure's
    """

    name: str
    factor: Decimal
    code: str = ""
    general_price_idr: int | None = None
    member_price_idr: int | None = None
    wholesale_price_idr: int | None = None
    institution_price_idr: int | None = None


@transaction.atomic
def add(*, product: Product, contents: Contents, by: User) -> Pack:
    """Sell a product by the pack, too.

    :raises ProductRefused: something is missing or makes no sense, the product has a pack of the
        name, or something else has the code
    """
    product = _locked(product)
    if product.is_service:
        raise ProductRefused(_("A service is not sold by the pack."))
    contents = _tidied(contents)
    _refuse(product, contents, None)
    pack = Pack.objects.create(cooperative=product.cooperative, product=product, **asdict(contents))
    _note("pack.add", pack, by, factor=str(pack.factor))
    return pack


@transaction.atomic
def change(*, pack: Pack, contents: Contents, by: User) -> Pack:
    """Change a pack from the next sale on.

    :raises ProductRefused: as in :func:`add`
    """
    pack = held(pack)
    product = pack.product
    contents = _tidied(contents)
    _refuse(product, contents, pack)
    changed = {
        name: [str(getattr(pack, name)), str(value)]
        for name, value in asdict(contents).items()
        if getattr(pack, name) != value
    }
    for name in changed:
        setattr(pack, name, getattr(contents, name))
    pack.save()
    _note("pack.change", pack, by, changed=changed)
    return pack


@transaction.atomic
def retire(*, pack: Pack, by: User) -> Pack:
    """Sell a pack no longer; receipts go on naming it."""
    return _switch(pack, False, by)


@transaction.atomic
def restore(*, pack: Pack, by: User) -> Pack:
    """Sell it again."""
    return _switch(pack, True, by)


def held(pack: Pack) -> Pack:
    """The pack as it is now; no pack of its product changes until the transaction ends."""
    product = _locked(pack.product)
    pack = Pack.objects.of(product.cooperative).get(id=pack.id)
    pack.product = product
    return pack


def _switch(pack: Pack, is_active: bool, by: User) -> Pack:
    _locked(pack.product)
    pack = Pack.objects.of(pack.cooperative_id).select_related("cooperative").get(id=pack.id)
    if pack.is_active != is_active:
        pack.is_active = is_active
        pack.save()
        _note("pack.restore" if is_active else "pack.retire", pack, by)
    return pack


def _locked(product: Product) -> Product:
    """The product's row, locked, so that changes of its packs wait for each other."""
    rows = Product.objects.of(product.cooperative_id).select_for_update(of=("self",))
    return rows.select_related("cooperative").get(id=product.id)


def _tidied(contents: Contents) -> Contents:
    return replace(
        contents, name=" ".join(contents.name.split()), code="".join(contents.code.split())
    )


def _refuse(product: Product, contents: Contents, pack: Pack | None) -> None:
    wrong = _texts(contents) | _factor(product, contents) | _prices(product, contents)
    others = Pack.objects.of(product.cooperative).filter(product=product)
    if pack is not None:
        others = others.exclude(id=pack.id)
    if others.filter(name__iexact=contents.name).exists():
        wrong["name"] = _("There is a pack named %(name)s already.") % {"name": contents.name}
    if wrong:
        raise ProductRefused(
            next(iter(wrong.values())), fields={name: [text] for name, text in wrong.items()}
        )
    codes.refuse_taken(product.cooperative, contents.code, besides=pack)


def _texts(contents: Contents) -> dict[str, str]:
    if not contents.name:
        return {"name": _("Write what the pack is called, like dus or bal.")}
    if len(contents.name) > _NAME_LENGTH:
        return {"name": _("At most %(count)s letters.") % {"count": _NAME_LENGTH}}
    return {}


def _factor(product: Product, contents: Contents) -> dict[str, str]:
    if contents.factor <= 0:
        return {"factor": _("A pack holds more than nothing.")}
    if contents.factor >= LIMIT or contents.factor != contents.factor.quantize(PLACES):
        return {"factor": _("Write the quantity as a number, like 2 or 1,25.")}
    if not product.is_weighed and contents.factor % 1:
        return {
            "factor": _("%(name)s is sold per whole %(measure)s.")
            % {"name": product.name, "measure": product.measure}
        }
    return {}


def _prices(product: Product, contents: Contents) -> dict[str, str]:
    general_idr = contents.general_price_idr or contents.factor * product.general_price_idr
    wrong = {}
    for name in _PRICES:
        price_idr = getattr(contents, name)
        if price_idr is None:
            continue
        if price_idr <= 0:
            wrong[name] = _("The price must be more than zero.")
        elif price_idr > MAX_PRICE_IDR:
            wrong[name] = _("This price is too large to be right.")
        elif price_idr > general_idr > 0:
            wrong[name] = _("This price cannot be above the general price.")
    return wrong


def _note(action: str, pack: Pack, by: User, **details: Any) -> None:
    audit.record(
        cooperative=pack.cooperative,
        action=action,
        by=by,
        subject=pack,
        name=pack.name,
        product=str(pack.product_id),
        **details,
    )
