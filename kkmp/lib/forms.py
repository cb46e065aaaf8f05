"""Form fields that read what people here write: rupiah, quantities, dates, NIK, telephones."""

import re
from collections.abc import Callable, Iterable, MutableMapping
from copy import copy
from datetime import date
from decimal import Decimal
from functools import partial
from types import UnionType
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from typing_extensions import override

from kkmp.lib import identity, money, periods, phone, quantity
from kkmp.lib.clock import business_today
from kkmp.lib.day_input import DayInput
from kkmp.lib.errors import DomainError
from kkmp.lib.ids import new_id

T = TypeVar("T")
#: A day without what parts it, as a keypad of digits brings it.
_EIGHT_DIGITS = re.compile(r"^\s*(\d{2})(\d{2})(\d{4})\s*$", re.ASCII)
#: What Django says in a way that nobody here speaks: our catalogue comes first.
_SAID_ANEW = (
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
)


def refuse(form: forms.Form, refusal: DomainError) -> None:
    """Put what a service refused beside the inputs it is about, or above the form."""
    for name, texts in (refusal.fields or {"": [str(refusal)]}).items():
        place = name if name in form.fields else None
        for text in texts:
            form.add_error(place, ValidationError(text, code=refusal.code))


def answer_with(form: forms.BaseForm, name: str, value: str) -> None:
    """Put another value into a hidden box of the page that goes back."""
    data = sent_copy(form)
    data[name] = value
    form.data = data


def sent_copy(form: forms.BaseForm) -> MutableMapping[str, Any]:
    """What was sent, to be changed before it goes back as the form's ``data``."""
    data = copy(form.data)
    if not isinstance(data, MutableMapping):
        raise TypeError("what was sent cannot be answered with something else")
    return data


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[object, StrOrPromise]]) -> None:
    """Say what one of a form's fields may be chosen from."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is not chosen")
    field.choices = list(choices)


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Model]) -> None:
    """Say of which rows one of a form's fields may be chosen."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} is not chosen of rows")
    field.queryset = rows


class _Bounded(forms.Field):
    """A number read from text, with limits told in words."""

    in_words: Callable[[Any], str]

    def __init__(
        self,
        *,
        min_value: int | Decimal | None = None,
        max_value: int | Decimal | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.min_value, self.max_value = min_value, max_value

    def validate(self, value: int | Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            limit = self.in_words(self.min_value)
            raise ValidationError(gettext("At least %(limit)s.") % {"limit": limit}, "min_value")
        if self.max_value is not None and value > self.max_value:
            limit = self.in_words(self.max_value)
            raise ValidationError(gettext("At most %(limit)s.") % {"limit": limit}, "max_value")


class RupiahField(_Bounded):
    """Whole rupiah as ``int``, from all that :func:`money.parse_rupiah` reads; shows ``1.250.000``.

    A dash counts as blank. The label or the box beside the input says Rp.
    """

    widget = forms.TextInput
    in_words = staticmethod(money.format_rupiah)

    def to_python(self, value: object) -> int | None:
        return _read(money.parse_rupiah_or_none, value)

    def prepare_value(self, value: object) -> object:
        return _shown(value, int, money.write_thousands)

    @override
    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off", "data-rupiah": ""}


class QuantityField(_Bounded):
    """A quantity as ``Decimal`` of three places; shows ``125,5``.

    :param is_weighed: what it is of, as :func:`quantity.parse_quantity` asks
    """

    widget = forms.TextInput
    in_words = staticmethod(quantity.format_quantity)

    def __init__(self, *, is_weighed: bool | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_weighed = is_weighed

    def to_python(self, value: object) -> Decimal | None:
        parse = partial(quantity.parse_quantity_or_none, is_weighed=self.is_weighed)
        return _read(parse, value)

    def prepare_value(self, value: object) -> object:
        return _shown(value, int | Decimal, quantity.write_quantity)

    @override
    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}


class WholeField(forms.IntegerField):
    """A whole number, in the digits that amounts and days are read in too."""

    @override
    def to_python(self, value: object) -> int | None:
        if isinstance(value, str) and not value.isascii():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class DateField(forms.DateField):
    """A day as it is typed, in any form :func:`periods.parse_date` reads, or ``23112026``.

    :param pivot: gives the day that two-digit years must not pass, such as
        ``clock.business_today`` for dates that lie behind us; without it they are refused
    :param years: how far ahead of today it may lie
    """

    widget = DayInput

    def __init__(
        self, *, pivot: Callable[[], date] | None = None, years: int = 1, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.pivot, self.years = pivot, years

    def to_python(self, value: object) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            value = _EIGHT_DIGITS.sub(r"\1/\2/\3", value)
        pivot = self.pivot() if self.pivot else None
        return _read(lambda text: periods.parse_date(text, pivot=pivot), value)

    @override
    def validate(self, value: date | None) -> None:
        """A year ahead at most, unless the field says otherwise: ``2126`` is a slip."""
        super().validate(value)
        if value is not None:
            today, years = business_today(), self.years
            _read(lambda day: periods.refuse_late(day, on=today, years=years), value)


class PastDay(DateField):
    """Today or before: money is not recorded before it has come."""

    @override
    def clean(self, value: object) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day > business_today():
            raise ValidationError(gettext("This day has not come yet."))
        return day


class NikField(forms.Field):
    """A NIK as :class:`identity.Nik`; None when it may be left blank and is.

    A value once saved is never put back into the input: pages show that there is one.
    """

    widget = forms.TextInput

    def to_python(self, value: object) -> identity.Nik | None:
        if isinstance(value, identity.Nik):
            return value
        try:
            return _read(identity.parse_nik, value)
        except ValidationError as error:
            if error.code == identity.NikMissing.code:
                return None
            raise

    def prepare_value(self, value: object) -> object:
        return "" if isinstance(value, identity.Nik) else value

    @override
    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}


class PhoneField(forms.Field):
    """A telephone number as E.164, or None; shows ``0818-9782-5707``."""

    widget = forms.TextInput(attrs={"type": "tel"})

    def to_python(self, value: object) -> str | None:
        return _read(phone.parse_phone, value)

    def prepare_value(self, value: object) -> object:
        if not value or not str(value).startswith("+"):
            return value
        try:
            return phone.format_phone(str(value))
        except phone.PhoneError:
            return value

    @override
    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "tel"}


class KeyField(forms.UUIDField):
    """The hidden key of a money command, made with the page.

    Sending the page twice sends the same key, and the service takes it once.
    """

    widget = forms.HiddenInput
    default_error_messages = {
        "required": _("This page is incomplete; open it again."),
        "invalid": _("This page is incomplete; open it again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"initial": new_id} | kwargs))


def _read(parse: Callable[[Any], T], value: object) -> T:
    """Parse; what the domain refuses becomes the field's error, with its code."""
    try:
        return parse(value)
    except DomainError as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from refusal


def _shown(value: object, kind: type[object] | UnionType, write: Callable[[Any], str]) -> object:
    """A value of ours as people write it; what they typed stays as they typed it."""
    return write(value) if isinstance(value, kind) else value
