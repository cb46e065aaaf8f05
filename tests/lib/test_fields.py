"""How a form field is drawn."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string

from kkmp.lib.forms import WholeField
from kkmp.lib.templatetags.fields import control, field_kind, is_search


class Deposit(forms.Form):
    amount_idr = forms.IntegerField(
        label="Amount", help_text="Whole rupiah", widget=forms.TextInput(attrs={"data-rupiah": ""})
    )
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    account = forms.ChoiceField(choices=[("cash", "Cash")])
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"class": "wide"}))
    receipt = forms.BooleanField(required=False)
    proof = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.PasswordInput(attrs={"placeholder": "Secret"}))
    key = forms.CharField(widget=forms.HiddenInput)


def draw(form, name, **more):
    return render_to_string("components/_field.html", {"field": form[name], **more})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("amount_idr", "rupiah"),
        ("kind", "choices"),
        ("account", "select"),
        ("note", "textarea"),
        ("receipt", "checkbox"),
        ("proof", "file"),
        ("secret", "password"),
        ("key", "hidden"),
    ],
)
def test_each_widget_has_its_kind(name, kind):
    assert field_kind(Deposit()[name]) == kind


def test_words_are_searched_for_and_days_are_not():
    class Filters(forms.Form):
        q = forms.CharField()
        day = forms.DateField()

    assert is_search(Filters()["q"])
    assert not is_search(Filters()["day"])


def test_a_control_keeps_a_class_of_its_own():
    assert 'class="form-control wide"' in control(Deposit()["note"])
    assert 'class="form-select"' in control(Deposit()["account"])


def test_a_placeholder_that_repeats_the_label_is_left_out():
    assert "placeholder" not in control(Deposit()["secret"])


def test_help_and_error_are_tied_to_the_control():
    html = draw(Deposit({"amount_idr": ""}), "amount_idr")
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    for target in described[1].split():
        assert f'id="{target}"' in html
    assert 'aria-invalid="true"' in html
    assert "is-invalid" in html


def test_a_hidden_help_text_leaves_no_dangling_reference():
    html = draw(Deposit(), "amount_idr", hide_help=True)
    assert "Whole rupiah" not in html
    assert 'id="id_amount_idr_helptext"' in html


def test_only_what_may_stay_empty_is_marked():
    assert 'class="optional"' in draw(Deposit(), "note")
    assert 'class="optional"' not in draw(Deposit(), "amount_idr")


def test_radio_buttons_share_a_legend_and_have_a_label_each():
    html = draw(Deposit(), "kind")
    assert html.count("<legend") == 1
    assert html.count('class="choice"') == html.count('type="radio"') == 2


def test_the_summary_leads_to_every_field_in_error():
    form = Deposit({})
    html = render_to_string("components/_form_errors.html", {"form": form})
    for name in form.errors:
        if name != "key":
            assert f'href="#id_{name}' in html


def test_what_nobody_sees_is_told_without_a_name():
    class Seen(forms.Form):
        shown_idr = forms.IntegerField(
            widget=forms.HiddenInput, error_messages={"required": "Open the page again."}
        )

    html = render_to_string("components/_form_errors.html", {"form": Seen({})})
    assert "<li>Open the page again.</li>" in html
    assert "Shown idr" not in html


def test_numbers_are_typed_in_one_kind_of_digits():
    class Days(forms.Form):
        days = WholeField()

    assert Days({"days": "12"}).is_valid()
    assert Days({"days": "\u0661\u0662"}).has_error("days", "invalid")


def test_a_sound_form_has_no_summary():
    assert "data-error-summary" not in render_to_string(
        "components/_form_errors.html", {"form": Deposit()}
    )


class Narrowed(forms.Form):
    q = forms.CharField(required=False)
    since = forms.DateField(required=False)


@pytest.mark.parametrize(
    ("sent", "is_open"),
    [({"since": "31/31/2026"}, True), ({"since": "2026-11-23"}, False), ({}, False)],
)
def test_folded_filters_open_where_one_of_them_is_wrong(sent, is_open):
    html = render_to_string("components/_filters.html", {"form": Narrowed(sent)})
    assert ('<details class="filters-fold" open>' in html) is is_open
    assert ("filters-fold" in html) is True


def test_filters_of_no_form_stay_folded():
    html = render_to_string("components/_filters_fold.html", {"form": None})
    assert '<details class="filters-fold">' in html
