"""Addresses and filters: brought into one form, and said in words."""

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from kkmp.exports.lists import Condition
from kkmp.lib.identity import COVERED, NikError, parse_nik
from kkmp.lib.periods import format_date

#: However its digits are parted.
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .\-–]?\d){15}(?!\d)", re.ASCII)
#: Windows takes none of these in the name of a file.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
#: Together with the days they leave room in the name that a job keeps.
_LONGEST_TITLE, _LONGEST_COOPERATIVE = 50, 70
#: Four digits or more in a row may be part of an identity number.
_MANY_DIGITS = re.compile(r"\d{4,}", re.ASCII)


def plain(query: QueryDict | str, parameters: Iterable[str]) -> str:
    """What an address shows, as one text: known names in order, nothing empty, no NIK.

    Two addresses that show the same have the same text.
    """
    sent = QueryDict(query) if isinstance(query, str) else query
    kept = QueryDict(mutable=True)
    for name in sorted(parameters):
        value = (sent.get(name) or "").strip()
        if value:
            kept[name] = without_niks(value)
    return kept.urlencode()


def span(since: date | None, until: date | None) -> str:
    """Two days as a file's name tells them; empty where there is neither."""
    if since and until and since != until:
        return _("%(since)s to %(until)s") % {"since": since, "until": until}
    if since and not until:
        return _("from %(since)s") % {"since": since}
    if until and not since:
        return _("until %(until)s") % {"until": until}
    return str(since or "")


def filename(title: str, cooperative: str, span: str) -> str:
    """``Jurnal - KKMP Gedawang - 2026-11-01 s.d. 2026-11-30.xlsx``

    Whatever is long gives way to the days, and what a disk does not take is left out.
    """
    parts = [title[:_LONGEST_TITLE], cooperative[:_LONGEST_COOPERATIVE], span]
    told = " - ".join(" ".join(_NOT_IN_NAMES.sub(" ", part).split()) for part in parts)
    return f"{told}.xlsx"


def value_of(query: str, name: str) -> str:
    """What an address says of one name; empty if nothing."""
    return QueryDict(query).get(name, "") or ""


def address(path: str, **values: str) -> str:
    """A path with these values behind its ``?``; empty ones are left out."""
    kept = {name: value for name, value in values.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def without_niks(text: str) -> str:
    """The text with every identity number in it covered."""
    return _SIXTEEN.sub(_covered, text)


def has_many_digits(text: str) -> bool:
    """Whether there may be a part of an identity number or a phone number in it."""
    return bool(_MANY_DIGITS.search(text)) or COVERED in text


def hidden_digits(text: str) -> str:
    """The text with longer numbers in it made unreadable."""
    return _MANY_DIGITS.sub("…", text)


def conditions(form: forms.Form, *, typed: Iterable[str] = ("q", "text")) -> list[Condition]:
    """A filter's form in words: only what was chosen and is understood.

    :param typed: the boxes into which anything may be typed
    """
    form.is_valid()
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value not in (None, "", False) or (value is False and _is_choice(field)):
            words = _value_in_words(field, value)
            found.append(Condition(str(field.label or name), words, name in typed))
    return found


def sentence(found: Iterable[Condition]) -> str:
    """``RW: 003; Sex: Woman``; without any, that everything is shown."""
    parts = [f"{condition.label}: {condition.value}" for condition in found]
    return "; ".join(parts) or _("No filter: everything")


def logged(found: Iterable[Condition]) -> str:
    """The sentence for the log, which stays for ever: no longer numbers that somebody typed."""
    return sentence(Condition(c.label, hidden_digits(c.value)) if c.is_typed else c for c in found)


def _is_choice(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.Select)


def _value_in_words(field: forms.Field, value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return format_date(value)
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(value)


def _covered(match: re.Match[str]) -> str:
    try:
        parse_nik(match[0])
    except NikError:
        return match[0]
    return COVERED
