"""A box for a day: typed and shown as ``23/11/2026``, whatever the language of the browser.

The browser's own date box writes the day as its own language has it: the same page asked one
person for the month first, and another for the day. So the day is text, and a calendar stands
beside it where scripts run.
"""

import re
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from typing_extensions import override

from kkmp.lib.periods import no_such_day
from kkmp.lib.templatetags.icons import icon

FORMAT = "%d/%m/%Y"
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class DayInput(forms.DateInput):
    """Text, with a button that opens a calendar."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"inputmode": "numeric", "autocomplete": "off", "data-day": ""}
        super().__init__(attrs=own | (attrs or {}), format=FORMAT)

    @override
    def format_value(self, value: Any) -> str | None:
        """The day as people write it, also where an address names it as programs do."""
        if isinstance(value, str) and (parts := _ISO.fullmatch(value.strip())):
            return f"{parts[3]}/{parts[2]}/{parts[1]}"
        return super().format_value(value)

    @override
    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        shape = {"placeholder": _("dd/mm/yyyy"), "data-wrong": no_such_day()} | (attrs or {})
        return format_html(
            '<span class="day-input"><span class="affix">{}'
            '<button class="affix-button needs-js" type="button" data-calendar '
            'aria-label="{}">{}</button></span></span>',
            super().render(name, value, shape, renderer),
            _("Choose from the calendar"),
            icon("calendar"),
        )


class PlainDayInput(DayInput):
    """A box for a day on pages that are laid out by others: those of the administration."""

    @override
    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        shape = {"placeholder": _("dd/mm/yyyy")} | (attrs or {})
        return format_html(
            '<span class="kkmp-day">{}<button class="kkmp-day-open" type="button" hidden '
            'data-calendar aria-label="{}">'
            '<span class="material-symbols-outlined" aria-hidden="true">'
            "calendar_month</span></button></span>",
            forms.DateInput.render(self, name, value, shape, renderer),
            _("Choose from the calendar"),
        )
