"""A form that changes a row says what it showed; what somebody else changed since is never undone.

The form carries the values that it was opened with (:attr:`Seen.SEEN`). When it comes back, they
are held against the row of now: where they differ it is refused in words, who changed what. What
this person did not touch then becomes the newer value, so that saving once more keeps both.
"""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kkmp.lib.forms import QuantityField, RupiahField, sent_copy
from kkmp.lib.periods import format_date

#: Tells who last did one of some acts, or any act, on a row; empty where nobody knows.
Witness = Callable[[models.Model, Collection[str]], str]

#: Registered from above.
_witnesses: list[Witness] = []


def register_witness(witness: Witness) -> None:
    """Say where it is on record who changed a row."""
    if witness not in _witnesses:
        _witnesses.append(witness)


class Seen(forms.BaseForm):
    """Mixin before a form that changes a row: :meth:`show` when it is made, :meth:`is_stale`
    once it is valid and the row is held.

    A row that counts its changes may be shown with its ``version``: one that was changed in what
    the form does not ask for is refused as well.
    """

    SEEN = "seen"
    VERSION = "version"

    #: The acts that change what the form asks for; all that are on record of the row if none.
    ACTS: Collection[str] = ()
    #: What is never shown: the page carries a sign of it, and it never goes back into the box.
    SEALED: Collection[str] = ()

    #: Whether it was refused because somebody else has changed the row.
    was_stale = False

    def show(self, values: Mapping[str, Any]) -> None:
        """Carry what the form shows of the row: its fields by their names."""
        self.fields[self.SEEN] = forms.CharField(
            required=False,
            widget=forms.HiddenInput,
            initial=_written(values),
        )

    def is_stale(self, row: models.Model, now: Mapping[str, Any]) -> bool:
        """Whether somebody else has changed the row; then it is said, and the form made ready.

        :param now: the same names as were shown, from the row as it is held
        """
        seen = _read(self.cleaned_data.pop(self.SEEN, "") or "")
        changed = [name for name in now if name in seen and _text(now[name]) != seen[name]]
        if not changed and not self._is_older(now):
            return False
        self.was_stale = True
        self.add_error(None, self._sentence(row, changed, seen, now))
        self._take_over(changed, seen, now)
        return True

    def shown_text(self, name: str) -> str:
        """What was typed into a box, as :meth:`show` writes what is on record."""
        return _text(self.cleaned_data.get(name))

    def _is_older(self, now: Mapping[str, Any]) -> bool:
        if self.VERSION not in now or self.VERSION not in self.fields:
            return False
        return _text(self.cleaned_data.get(self.VERSION)) != _text(now[self.VERSION])

    def _sentence(
        self, row: models.Model, changed: list[str], seen: Mapping[str, str], now: Mapping[str, Any]
    ) -> str:
        who = next(filter(None, (witness(row, self.ACTS) for witness in _witnesses)), "")
        parts = [
            self._difference(name, field, seen[name], _text(now[name]))
            for name, field in self.fields.items()
            if name in changed and not field.widget.is_hidden
        ]
        told = {"who": who or _("somebody else"), "differences": "; ".join(parts)}
        if not parts:
            return (
                _(
                    "Not saved: changed by %(who)s since this page was opened. Look at it and save "
                    "once more."
                )
                % told
            )
        return _(
            "Not saved: changed by %(who)s since this page was opened. %(differences)s. What you "
            "did not touch is taken over; look at it and save once more."
        ) % (told)

    def _difference(self, name: str, field: forms.Field, before: str, now: str) -> str:
        label = capfirst(str(field.label or name))
        if name in self.SEALED:
            return _("%(field)s: another one") % {"field": label}
        words = {"field": label, "before": _shown(field, before), "now": _shown(field, now)}
        return _("%(field)s: was “%(before)s”, is now “%(now)s”") % words

    def _take_over(
        self, changed: list[str], seen: Mapping[str, str], now: Mapping[str, Any]
    ) -> None:
        data = sent_copy(self)
        for name in changed:
            if name in self.SEALED or self.shown_text(name) != seen[name]:
                continue
            place, text = self.add_prefix(name), _typed(self.fields[name], now[name])
            if isinstance(now[name], bool) and not now[name]:
                data.pop(place, None)
            else:
                data[place] = text
        data[self.add_prefix(self.SEEN)] = _written(now)
        if self.VERSION in now:
            data[self.add_prefix(self.VERSION)] = _text(now[self.VERSION])
        self.data = data


def _written(values: Mapping[str, Any]) -> str:
    return json.dumps({n: _text(value) for n, value in values.items() if n != Seen.VERSION})


def _text(value: object) -> str:
    """One text for one value, whether it comes from a row or from a form."""
    if value is None or value is False:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _typed(field: forms.Field, value: object) -> str:
    """A value as it stands in the field's box."""
    shown = field.widget.format_value(field.prepare_value(value))
    return shown if isinstance(shown, str) else _text(value)


def _read(seen: str) -> dict[str, str]:
    try:
        told = json.loads(seen)
    except ValueError:
        return {}
    return {n: str(t) for n, t in told.items()} if isinstance(told, dict) else {}


def _shown(field: forms.Field, text: str) -> str:
    """The text of a field as people read it; as it came where the page sent something else."""
    try:
        return _in_words(field, text)
    except (ArithmeticError, ValidationError, ValueError):
        return text


def _in_words(field: forms.Field, text: str) -> str:
    """Days written out, choices by their names, amounts in rupiah."""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if text else _("No")
    if not text:
        return "–"
    if isinstance(field, forms.DateField):
        return format_date(date.fromisoformat(text))
    if isinstance(field, RupiahField):
        return field.in_words(int(text))
    if isinstance(field, QuantityField):
        return field.in_words(Decimal(text))
    if isinstance(field, forms.DecimalField):
        return number_format(Decimal(text))
    if isinstance(field, forms.ModelChoiceField):
        row = field.queryset.filter(pk=text).first() if field.queryset is not None else None
        return str(row or text)
    if isinstance(field, forms.ChoiceField):
        return str({str(value): label for value, label in _flat(field)}.get(text, text))
    return str(field.prepare_value(text))


def _flat(field: forms.ChoiceField) -> list[tuple[Any, Any]]:
    every: list[tuple[Any, Any]] = list(field.choices)  # type: ignore[arg-type]  # iterable once it is a field's
    return [choice for choice in every if not isinstance(choice[1], list | tuple)]
