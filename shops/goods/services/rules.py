"""Rules of subsidised goods, with the day they begin and where they are written."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.periods import refuse_far
from kkmp.lib.quantity import LIMIT, PLACES
from shops.goods.models import GoodsRule, Product
from shops.pricing.terms import MAX_PRICE_IDR, Period


class RuleRefused(DomainError):
    """The rule may not be added so; the message is fit to show."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """:param ceiling_idr: most that one measure may cost; None for no ceiling
    :param most_quantity: measures for each buyer in a period; None for any
    :param source: the decree or letter, with its number
    """

    source: str
    valid_from: date
    valid_until: date | None = None
    ceiling_idr: int | None = None
    most_quantity: Decimal | None = None
    period: Period = Period.DAY
    no_wholesale: bool = False
    needs_identity: bool = False


@transaction.atomic
def add(*, product: Product, terms: Terms, on: date, by: User) -> GoodsRule:
    """Let a rule hold for a product; the one before it ends the day before it begins.

    :param on: today: a rule begins within a year of it, or has begun before
    :raises RuleRefused: it says nothing, names no source, or a day or number makes no sense
    """
    rows = Product.objects.of(product.cooperative_id).select_for_update(of=("self",))
    product = rows.select_related("cooperative").get(id=product.id)
    rule = GoodsRule(cooperative=product.cooperative, product=product, **asdict(terms))
    rule.source = " ".join(terms.source.split())
    _refuse(rule, on)
    others = GoodsRule.objects.of(product.cooperative).filter(product=product)
    if others.filter(valid_from=rule.valid_from).exists():
        raise RuleRefused(
            _("There is a rule from this day on already. End it first."), field="valid_from"
        )
    later = others.filter(valid_from__gt=rule.valid_from).order_by("valid_from").first()
    if later is not None and (rule.valid_until is None or rule.valid_until >= later.valid_from):
        rule.valid_until = later.valid_from - timedelta(days=1)
    running = Q(valid_until=None) | Q(valid_until__gte=rule.valid_from)
    others.filter(running, valid_from__lt=rule.valid_from).update(
        valid_until=rule.valid_from - timedelta(days=1)
    )
    rule.save(force_insert=True)
    # Once the rule has ended, nothing allows the wholesale price.
    Product.objects.of(product.cooperative).filter(id=product.id).update(is_subsidised=True)
    _note("rule.add", rule, by)
    return rule


@transaction.atomic
def end(*, rule: GoodsRule, on: date, by: User) -> None:
    """Let a rule hold no longer: yesterday was its last day.

    :param on: today; one that begins on it or later is taken away
    """
    rows = GoodsRule.objects.of(rule.cooperative_id).select_for_update(of=("self",))
    rule = rows.select_related("cooperative").get(id=rule.id)
    if rule.valid_until is not None and rule.valid_until < on:
        return
    _note("rule.end", rule, by)
    if rule.valid_from >= on:
        GoodsRule.objects.of(rule.cooperative).filter(id=rule.id).delete()
    else:
        rule.valid_until = on - timedelta(days=1)
        rule.save(update_fields=["valid_until"])


def _refuse(rule: GoodsRule, on: date) -> None:
    if not rule.source:
        raise RuleRefused(_("Write where this rule stands: the decree or letter."), field="source")
    if len(rule.source) > 200:
        raise RuleRefused(_("At most %(count)s letters.") % {"count": 200}, field="source")
    if rule.ceiling_idr is not None and not 0 < rule.ceiling_idr <= MAX_PRICE_IDR:
        raise RuleRefused(_price_refused(rule.ceiling_idr), field="ceiling_idr")
    most = rule.most_quantity
    if most is not None and (not 0 < most < LIMIT or most != most.quantize(PLACES)):
        raise RuleRefused(_("The quantity must be more than zero."), field="most_quantity")
    refuse_far(rule.valid_from, on=on, field="valid_from", refusal=RuleRefused)
    refuse_far(rule.valid_until, on=on, field="valid_until", refusal=RuleRefused, years=10)
    if rule.valid_until is not None and rule.valid_until < rule.valid_from:
        raise RuleRefused(_("The last day lies before the first."), field="valid_until")
    if not (rule.ceiling_idr or most or rule.no_wholesale or rule.needs_identity):
        raise RuleRefused(_("This rule asks for nothing. Fill in what it limits."))


def _price_refused(price_idr: int) -> str:
    if price_idr <= 0:
        return _("The price must be more than zero.")
    return _("This price is too large to be right.")


def _note(action: str, rule: GoodsRule, by: User) -> None:
    audit.record(
        cooperative=rule.cooperative,
        action=action,
        by=by,
        subject=rule,
        product=str(rule.product_id),
        ceiling_idr=rule.ceiling_idr,
        most_quantity=None if rule.most_quantity is None else str(rule.most_quantity),
        valid_from=rule.valid_from.isoformat(),
        source=rule.source,
    )
