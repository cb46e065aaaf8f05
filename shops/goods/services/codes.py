"""Barcodes and shop's own codes: one names one product or one pack of it."""

from django.utils.translation import gettext as _

from kkmp.lib.barcodes import spellings
from kkmp.registry.models import Cooperative
from kkmp.registry.services import numbering
from shops.goods.models import Pack, Product
from shops.goods.services.particulars import ProductRefused

_SERIES = "product.code"


def refuse_taken(
    cooperative: Cooperative, code: str, *, besides: Product | Pack | None = None
) -> None:
    """Check that nothing else bears a code; nobody else gives one until the transaction ends.

    :param besides: what bears it and may go on doing so
    :raises ProductRefused: naming the product that has it
    """
    if not code:
        return
    # No constraint covers two tables, so whoever gives a code waits here.
    numbering.take_numbers(cooperative=cooperative, series=_SERIES, count=0)
    same = spellings(code)
    goods, packs = Product.objects.of(cooperative), Pack.objects.of(cooperative)
    if besides is not None:
        goods, packs = goods.exclude(id=besides.id), packs.exclude(id=besides.id)
    product = goods.filter(code__in=same).first()
    pack = packs.filter(code__in=same).select_related("product").first()
    if product is not None:
        raise ProductRefused(
            _("%(name)s has this code already.") % {"name": product.name}, field="code"
        )
    if pack is not None:
        raise ProductRefused(
            _("%(pack)s of %(name)s has this code already.")
            % {"pack": pack.name, "name": pack.product.name},
            field="code",
        )
