"""An amount that somebody saw and confirms: what has changed since is refused, and shown anew.

Between the page that shows an amount and the button that books it, somebody else may have paid
in, taken back or settled something. So the form sends what it showed.
"""

from django import forms
from django.utils.translation import gettext as _

from kkmp.lib.errors import Conflict
from kkmp.lib.money import format_rupiah


class AmountChanged(Conflict):
    """The amount is not the one that was shown; nothing has been booked."""


def refuse_changed(shown_idr: int | None, now_idr: int) -> None:
    """Ask this with everything held on which the amount depends.

    :param shown_idr: what whoever confirms has seen; None where nobody was shown an amount
    :raises AmountChanged: it is another one now
    """
    if shown_idr not in (None, now_idr):
        raise AmountChanged(
            _(
                "This has changed meanwhile: it is %(now)s now, and was %(shown)s. Nothing has "
                "been booked. Look at it again and confirm what you see."
            )
            % {"now": format_rupiah(now_idr), "shown": format_rupiah(int(shown_idr or 0))}
        )


class _Shown(forms.HiddenInput):
    """Always holds what the page shows, also where a refused form is shown again."""

    def __init__(self, shown_idr: int) -> None:
        super().__init__()
        self.shown_idr = shown_idr

    def format_value(self, _value: object) -> str:
        return str(self.shown_idr)


def show(form: forms.BaseForm, shown_idr: int, name: str = "shown_idr") -> None:
    """Let a form send back the amount that its page shows."""
    form.fields[name] = forms.IntegerField(
        widget=_Shown(shown_idr), error_messages={"required": _("Open the page again.")}
    )
