"""A box for a day, typed and shown day first in every language."""

from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from kkmp.lib.forms import DateField


class DayForm(forms.Form):
    on = DateField(required=False)


def value(form):
    return form["on"].subwidgets[0].data["value"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_day_is_shown_day_first(language):
    with override(language):
        assert value(DayForm(initial={"on": date(2026, 11, 3)})) == "03/11/2026"
        # An address that a program or a link has made names it as programs do.
        assert value(DayForm({"on": "2026-11-03"})) == "03/11/2026"
        assert value(DayForm({"on": "3/11/26"})) == "3/11/26"
        assert 'type="date"' not in str(DayForm()["on"])


@pytest.mark.parametrize(
    "typed", ["03/11/2026", "3/11/2026", "03112026", "2026-11-03", "3 Nov 2026"]
)
def test_a_day_is_read_as_people_type_it(typed):
    form = DayForm({"on": typed})
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("31/02/2026", "There is no such day in the calendar."),
        ("31022026", "There is no such day in the calendar."),
        ("11/2026", "Write the date like 23/11/2026 or 23 November 2026."),
    ],
)
def test_a_day_that_is_none_gets_a_sentence(typed, told):
    with override("en"):
        form = DayForm({"on": typed})
        assert form.errors["on"] == [told]
        assert value(form) == typed
