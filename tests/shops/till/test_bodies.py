"""The quick check of a sale's body and the serializer take the same bodies, to the same values."""

import json
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from kkmp.lib.ids import new_id
from kkmp.lib.money import MAX_IDR
from kkmp.lib.unicode_form import composed
from shops.till import bodies
from shops.till.serializers import SaleIn, SoldLineIn, TenderIn, judged

ID, OTHER = str(new_id()), str(new_id())
LINE = {"product": ID, "quantity": "2"}
TENDER = {"method": "cash", "amount_idr": 50_000}
SALE: dict[str, Any] = {"key": ID, "unit": "gerai", "lines": [LINE], "payments": [TENDER]}
#: What a till sends with all that it can say.
FULL = SALE | {
    "member": OTHER,
    "lines": [LINE | {"pack": OTHER, "quantity": "1.5", "price_tier": "member", "discount_idr": 5}],
    "payments": [TENDER, {"method": "qris", "amount_idr": 1, "reference": "A 12"}],
    "discount_idr": 500,
    "shown_idr": 35_000,
    "buyer_nik": "",
    "pin": "",
    "device": "Kasir depan",
    "shift": OTHER,
}
#: Taken at once: the till's own bodies.
AT_ONCE = [
    SALE,
    FULL,
    SALE | {"lines": []},
    SALE | {"member": None, "shown_idr": None, "shift": None},
    SALE | {"lines": [LINE] * bodies.MOST_LINES},
    SALE | {"payments": [TENDER | {"amount_idr": 1_000_000_000}] * bodies.MOST_PAYMENTS},
    SALE | {"lines": [LINE | {"quantity": "999999999.999", "discount_idr": MAX_IDR}]},
]
#: What may stand where a value is expected; everything that JSON knows, at and past the bounds.
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 7, 1.0, 1.5, 10**15, 10**15 + 1, 10**9, 10**9 + 1, 10**40, [], {},
    [1], {"a": 1}, "", " ", "x", " x", "x ", "a b", "1", "01", "1.", ".5", "1.5", "1.500", "1.5000",
    "1,5", "-1", "+1", "1e3", "1_0", "NaN", "Infinity", "1234567890", "123456789.123", "0000000001",
    "\u0661", "1 ", "\n1", "cash", "CASH", "savings", "credit", "voucher", "general", "member",
    "wholesale", "gerai", "gerai\n", "ge.rai", "gérai", "\u202egerai", "ger\u200bai", "\x00",
    "\x1b[1m", "\ud800", "x" * 36, "x" * 37, "x" * 60, "x" * 61, "123456", "1234567",
    "3374010101900001",
    ID, ID.upper(), ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", ID[:-1], f"{ID}0", f" {ID}",
    "e\u0301", "\u00a0", "\u2003x",
]  # fmt: skip


def changed() -> Iterator[Any]:
    """A full body with each of its values replaced by each of the others, or left out."""
    for place in ([], ["lines", 0], ["payments", 1]):
        for name in [*at(FULL, place), "unknown"]:
            for value in VALUES:
                body = deepcopy(FULL)
                at(body, place)[name] = value
                yield body
            body = deepcopy(FULL)
            at(body, place).pop(name, None)
            yield body
    for value in VALUES:
        yield value
        yield FULL | {"lines": [value]}
        yield FULL | {"payments": [value]}
    yield FULL | {"lines": [LINE] * (bodies.MOST_LINES + 1)}
    yield FULL | {"payments": [TENDER] * (bodies.MOST_PAYMENTS + 1)}


def at(body: Any, place: list[Any]) -> Any:
    for step in place:
        body = body[step]
    return body


def by_serializer(body: Any) -> Any:
    given = SaleIn(data=body)
    given.is_valid(raise_exception=True)
    return given.validated_data


def test_what_tills_send_is_taken_at_once():
    for body in AT_ONCE:
        assert bodies.plain(body) is not None


def test_what_is_taken_at_once_is_what_the_serializer_makes_of_it():
    taken = refused = 0
    for body in [*AT_ONCE, *changed()]:
        plain = bodies.plain(body)
        if plain is None:
            refused += 1
            continue
        taken += 1
        assert same(plain) == same(by_serializer(body)), body
    # Neither takes everything nor nothing: both sides were asked.
    assert taken > 100
    assert refused > 1_000


def same(given: Any) -> Any:
    """Values with their kinds: 1 is not True, and 1.5 not 1.500."""
    if isinstance(given, dict):
        return {name: same(value) for name, value in given.items()}
    if isinstance(given, list):
        return [same(value) for value in given]
    if isinstance(given, Decimal):
        return "decimal", str(given)
    return ("str" if isinstance(given, str) else type(given).__name__), given


@pytest.mark.parametrize("secret", ["pin", "buyer_nik"])
def test_of_secrets_the_serializer_is_the_judge(secret):
    for value in ("123456", "3374010101900001", " ", None, 0):
        assert bodies.plain(FULL | {secret: value}) is None


def test_what_is_no_sale_is_refused_in_the_serializers_words():
    for body in (FULL | {"unit": "ge rai"}, FULL | {"lines": [LINE | {"quantity": "x"}]}, 7):
        with pytest.raises(ValidationError) as theirs:
            by_serializer(body)
        with pytest.raises(ValidationError) as ours:
            judged(body)
        assert ours.value.detail == theirs.value.detail


@pytest.mark.parametrize(
    ("serializer", "checks", "defaults"),
    [
        (SaleIn, bodies._SALE, bodies._SALE_DEFAULTS),
        (SoldLineIn, bodies._LINE, bodies._LINE_DEFAULTS),
        (TenderIn, bodies._TENDER, bodies._TENDER_DEFAULTS),
    ],
)
def test_both_know_the_fields_that_the_description_names(serializer, checks, defaults):
    from drf_spectacular.generators import SchemaGenerator

    told = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]
    name = f"{serializer.__name__.removesuffix('In')}InRequest"
    described = told[name]
    assert list(checks) == list(described["properties"]) == list(serializer().fields)
    assert set(described["required"]) == set(checks) - set(defaults)


def test_what_programs_send_is_composed_before_it_is_judged():
    body = composed(json.loads(json.dumps(SALE | {"device": "e\u0301"})))
    assert bodies.plain(body)["device"] == "\u00e9"
