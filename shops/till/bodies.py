"""The body of a sale as tills send it, checked without Django REST framework's fields.

These take ten times as long, and a till waits. Only what is beyond doubt is taken here, and to the
same values; of everything else :class:`shops.till.serializers.SaleIn` is the judge, with its words.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from kkmp.lib.money import MAX_IDR
from shops.pricing.methods import Method
from shops.pricing.paying import MOST_GIVEN_IDR
from shops.pricing.terms import PriceTier

#: The most lines and payments of a sale.
MOST_LINES, MOST_PAYMENTS = 500, 10
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_QUANTITY = re.compile(r"[0-9]{1,9}(\.[0-9]{1,3})?")
_THOUSANDTH = Decimal("0.001")


class _Doubtful(Exception):
    """Not beyond doubt."""


def plain(body: object) -> dict[str, Any] | None:
    """What the serializer would make of a body; None where it has to be asked."""
    try:
        return _fields(body, _SALE, _SALE_DEFAULTS)
    except _Doubtful:
        return None


Check = Callable[[Any], Any]


def _fields(
    body: object, checks: Mapping[str, Check], defaults: Mapping[str, Any]
) -> dict[str, Any]:
    if type(body) is not dict:
        raise _Doubtful
    found = dict(defaults)
    for name, value in body.items():
        check = checks.get(name)
        if check is None:
            raise _Doubtful
        found[name] = check(value)
    if len(found) != len(checks):
        raise _Doubtful
    return found


def _id(value: object) -> UUID:
    if type(value) is not str:
        raise _Doubtful
    try:
        return UUID(value)
    except ValueError:
        raise _Doubtful from None


def _id_or_none(value: object) -> UUID | None:
    return None if value is None else _id(value)


def _slug(value: object) -> str:
    if type(value) is not str or not _SLUG.fullmatch(value):
        raise _Doubtful
    return value


def _quantity(value: object) -> Decimal:
    if type(value) is not str or not _QUANTITY.fullmatch(value):
        raise _Doubtful
    return Decimal(value).quantize(_THOUSANDTH)


def _amount(least: int, most: int) -> Check:
    def check(value: object) -> int:
        if type(value) is not int or not least <= value <= most:
            raise _Doubtful
        return value

    return check


def _text(longest: int) -> Check:
    def check(value: object) -> str:
        # What is printable holds neither control nor direction characters.
        if type(value) is not str or len(value) > longest or not value.isprintable():
            raise _Doubtful
        if value != value.strip():
            raise _Doubtful
        return value

    return check


def _choice(values: frozenset[str]) -> Check:
    def check(value: object) -> str:
        if type(value) is not str or value not in values:
            raise _Doubtful
        return value

    return check


def _list_of(checks: Mapping[str, Check], defaults: Mapping[str, Any], most: int) -> Check:
    def check(value: object) -> list[dict[str, Any]]:
        if type(value) is not list or len(value) > most:
            raise _Doubtful
        return [_fields(each, checks, defaults) for each in value]

    return check


def _empty(value: object) -> str:
    """Take no NIK and no PIN: the serializer is their judge."""
    if value != "":
        raise _Doubtful
    return ""


def _no_nik(value: object) -> None:
    _empty(value)


_money = _amount(0, MAX_IDR)


def _money_or_none(value: object) -> int | None:
    return None if value is None else _money(value)


_LINE: Mapping[str, Check] = {
    "product": _id,
    "pack": _id_or_none,
    "quantity": _quantity,
    "price_tier": _choice(frozenset(PriceTier.values)),
    "discount_idr": _money,
}
_LINE_DEFAULTS = {"pack": None, "price_tier": PriceTier.GENERAL, "discount_idr": 0}
_TENDER: Mapping[str, Check] = {
    "method": _choice(frozenset(Method.values)),
    "amount_idr": _amount(1, MOST_GIVEN_IDR),
    "reference": _text(60),
}
_TENDER_DEFAULTS = {"reference": ""}
_SALE: Mapping[str, Check] = {
    "key": _id,
    "unit": _slug,
    "member": _id_or_none,
    "lines": _list_of(_LINE, _LINE_DEFAULTS, MOST_LINES),
    "payments": _list_of(_TENDER, _TENDER_DEFAULTS, MOST_PAYMENTS),
    "discount_idr": _money,
    "shown_idr": _money_or_none,
    "buyer_nik": _no_nik,
    "pin": _empty,
    "device": _text(36),
    "shift": _id_or_none,
}
_SALE_DEFAULTS = {
    "member": None,
    "discount_idr": 0,
    "shown_idr": None,
    "buyer_nik": None,
    "pin": "",
    "device": "",
    "shift": None,
}
