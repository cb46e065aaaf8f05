"""Dates have both ends, in each form and each operation that takes one."""

from datetime import date

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.translation import override
from rest_framework import serializers

from kkmp.lib import periods
from kkmp.lib.api import Day
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import DateField

TODAY = date(2026, 11, 30)


class Refused(DomainError):
    pass


@pytest.mark.parametrize("day", [date(2027, 11, 30), date(1976, 11, 30), TODAY, None])
def test_a_year_ahead_and_fifty_back_are_taken(day):
    periods.refuse_far(day, on=TODAY, field="day")


@pytest.mark.parametrize("day", [date(2027, 12, 1), date(2126, 11, 30), date(1976, 11, 29)])
def test_beyond_them_the_year_is_asked_about(day):
    with override("en"), pytest.raises(Refused, match="Look at the year") as refusal:
        periods.refuse_far(day, on=TODAY, field="day", refusal=Refused)
    assert list(refusal.value.fields) == ["day"]


def test_the_29th_of_february_has_a_year_too():
    periods.refuse_far(date(2029, 2, 28), on=date(2028, 2, 29), field="day")
    with pytest.raises(DomainError):
        periods.refuse_far(date(2029, 3, 1), on=date(2028, 2, 29), field="day")


@pytest.mark.parametrize("text", ["2126-11-30", "30/11/2126"])
def test_a_form_refuses_the_next_century_whatever_it_asks_for(text):
    with pytest.raises(ValidationError):
        DateField().clean(text)
    with pytest.raises(ValidationError):
        DateField(years=10, required=False).clean(text)


def test_a_program_is_refused_by_the_same_rule():
    with pytest.raises(serializers.ValidationError):
        Day().run_validation("2126-11-30")
    assert Day(years=10).run_validation("2030-01-01") == date(2030, 1, 1)


def test_no_form_of_ours_takes_a_date_by_another_field():
    found = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _all_below(django_forms.BaseForm)
        if form.__module__.split(".")[0] in ("kkmp", "members", "shops", "finance")
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, django_forms.DateField) and not isinstance(field, DateField)
    ]
    # Made anew by the administration, with a bound of its own.
    figure = "kkmp.city.progress.admin.Figure"
    assert [name for name in found if not name.startswith(figure)] == []


def _all_below(kind):
    for below in kind.__subclasses__():
        yield below
        yield from _all_below(below)
