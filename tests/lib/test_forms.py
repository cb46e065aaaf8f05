"""Form fields that read what people here write."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kkmp.lib import forms as fields
from kkmp.lib.identity import parse_nik


class Deposit(forms.Form):
    amount_idr = fields.RupiahField(min_value=1000, max_value=5_000_000)
    weight = fields.QuantityField(required=False, min_value=0, max_value=Decimal("99.5"))
    on = fields.DateField(pivot=lambda: date(2026, 11, 23))
    nik = fields.NikField(required=False)
    phone = fields.PhoneField(required=False)
    key = fields.KeyField()


GOOD = {
    "amount_idr": "Rp 1,25 jt",
    "on": "2026-11-23",
    "key": "0190a6f4-5f5c-7d2e-8a90-1f2e3d4c5b6a",
}


def errors(**data: str) -> dict[str, list[str]]:
    return dict(Deposit(GOOD | data).errors)


def test_a_form_reads_what_people_type():
    form = Deposit(
        GOOD
        | {"weight": "1,5", "nik": "3374 1155 0763 0001", "phone": "81897825707", "on": "23.11.26"}
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "amount_idr": 1_250_000,
        "weight": Decimal("1.5"),
        "on": date(2026, 11, 23),
        "nik": parse_nik("3374115507630001"),
        "phone": "+6281897825707",
        "key": UUID(GOOD["key"]),
    }


def test_what_may_be_blank_is_none():
    form = Deposit(GOOD | {"weight": "-", "nik": " ", "phone": ""})
    assert form.is_valid(), form.errors
    assert [form.cleaned_data[name] for name in ("weight", "nik", "phone")] == [None, None, None]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"amount_idr": "999"}, "At least Rp\u00a01,000."),
        ({"amount_idr": "5.000.001"}, "At most Rp\u00a05,000,000."),
        (
            {"amount_idr": "1,250"},
            "This amount can be read in two ways; write it in full, like 1.250.000.",
        ),
        ({"amount_idr": "-"}, "This field is required."),
        ({"weight": "-1"}, "At least 0."),
        ({"weight": "100"}, "At most 99.5."),
        ({"weight": "banyak"}, "Write the quantity as a number, like 12 or 125,5."),
        ({"on": "31/02/2026"}, "There is no such day in the calendar."),
        ({"on": ""}, "This field is required."),
        ({"nik": "337411"}, "A NIK has 16 digits; this one has 6."),
        (
            {"phone": "0812"},
            "Write the phone number like 0812-3456-7890, landlines with area code.",
        ),
        ({"key": ""}, "This page is incomplete; open it again."),
        ({"key": "x"}, "This page is incomplete; open it again."),
    ],
)
def test_what_is_wrong_is_said_in_words(data, message):
    assert errors(**data) == {next(iter(data)): [message]}


def test_a_refusal_keeps_its_code():
    with pytest.raises(ValidationError) as refusal:
        fields.NikField().clean("3374113102990001")
    assert refusal.value.code == "nik_date"


def test_a_nik_already_read_is_taken_as_it_is():
    nik = parse_nik("3374115507630001")
    assert fields.NikField().clean(nik) is nik


def test_a_nik_that_is_needed_is_required():
    with pytest.raises(ValidationError) as refusal:
        fields.NikField().clean("")
    assert refusal.value.code == "required"


def test_two_digit_years_are_refused_without_a_pivot():
    with pytest.raises(ValidationError, match="four digits"):
        fields.DateField().clean("23.11.26")


@pytest.mark.parametrize(
    ("name", "initial", "shown"),
    [
        ("amount_idr", 1_250_000, 'value="1.250.000"'),
        ("amount_idr", -5000, 'value="-5.000"'),
        ("weight", Decimal("125.500"), 'value="125,5"'),
        ("on", date(2026, 11, 3), 'value="03/11/2026"'),
        ("phone", "+6281897825707", 'value="0818-9782-5707"'),
    ],
)
def test_values_are_shown_as_people_write_them(name, initial, shown):
    assert shown in str(Deposit(initial={name: initial})[name])


def test_a_saved_nik_is_not_put_back_into_the_page():
    shown = str(Deposit(initial={"nik": parse_nik("3374115507630012")})["nik"])
    assert "0012" not in shown
    assert "3374" not in shown


@pytest.mark.parametrize("typed", ["1,250", "banyak", "Rp 5.000"])
def test_what_was_typed_stays_as_it_was_typed(typed):
    assert f'value="{typed}"' in str(Deposit(GOOD | {"amount_idr": typed})["amount_idr"])


@pytest.mark.parametrize("typed", ["+62", "+628", "08"])
def test_a_wrong_phone_stays_as_it_was_typed(typed):
    assert f'value="{typed}"' in str(Deposit(GOOD | {"phone": typed})["phone"])


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("amount_idr", 'inputmode="numeric"'),
        ("amount_idr", "data-rupiah"),
        ("weight", 'inputmode="decimal"'),
        ("on", 'inputmode="numeric"'),
        ("on", "data-calendar"),
        ("nik", 'inputmode="numeric"'),
        ("phone", 'type="tel"'),
        ("key", 'type="hidden"'),
    ],
)
def test_the_right_keyboard_opens(name, attribute):
    assert attribute in str(Deposit()[name])


def test_every_page_has_a_key_of_its_own():
    first, second = Deposit(), Deposit()
    assert str(first["key"]) == str(first["key"])
    assert first["key"].value() != second["key"].value()
    assert UUID(str(first["key"].value())).version == 7


def test_an_untouched_amount_has_not_changed():
    form = Deposit(GOOD | {"amount_idr": "1.250.000"}, initial={"amount_idr": 1_250_000})
    assert "amount_idr" not in form.changed_data


@given(st.integers(0, 10**12))
def test_a_shown_amount_is_read_back(amount_idr):
    field = fields.RupiahField()
    assert field.clean(field.prepare_value(amount_idr)) == amount_idr


@given(st.decimals(0, 10**6, places=3))
def test_a_shown_quantity_is_read_back(quantity):
    field = fields.QuantityField()
    assert field.clean(field.prepare_value(quantity)) == quantity


def test_choices_are_offered_to_a_field_that_chooses():
    class Paid(forms.Form):
        method = forms.ChoiceField()

    form = Paid({"method": "cash"})
    fields.offer(form, "method", [("cash", "Cash")])
    assert form.is_valid()
    with pytest.raises(TypeError, match="amount_idr"):
        fields.offer(Deposit(), "amount_idr", [("cash", "Cash")])
    with pytest.raises(TypeError, match="method"):
        fields.offer_rows(form, "method", None)


def test_a_hidden_box_is_answered_with_another_value():
    sent = QueryDict("amount_idr=5000&key=old")
    form = Deposit(sent)
    fields.answer_with(form, "key", "new")
    assert (form.data["key"], form.data["amount_idr"]) == ("new", "5000")
    assert sent["key"] == "old"
