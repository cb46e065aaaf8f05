"""What people type when they collect money together, or call on somebody about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.forms import KeyField, PastDay
from kkmp.lib.money import format_rupiah, parse_rupiah_or_none, write_thousands
from members.dues.models import Collection
from members.dues.services.collections import Payment
from members.joining.models import Channel, Contact
from members.register.models import Member
from members.savings.models import SavingsKind
from members.savings.services.limits import MOST_IDR

AMOUNT, EXTRA, TICK = "wajib", "sukarela", "lunas"


class Contacted(forms.Form):
    """How somebody was called on, and what came of it."""

    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices)
    note = forms.CharField(
        label=_("Note"),
        max_length=Contact._meta.get_field("note").max_length,
        required=False,
    )


@dataclass(slots=True)
class Row:
    """One member on the list: what is suggested, and what was typed.

    :param open_idr: due by now and not paid; the suggestion, which counts only once it is taken
    :param months: of how many months that is
    """

    member: Member
    open_idr: int
    months: int
    amount: str = ""
    extra: str = ""
    is_ticked: bool = False
    errors: list[str] = field(default_factory=list)

    @property
    def suggestion(self) -> str:
        return write_thousands(self.open_idr) if self.open_idr else ""

    @property
    def label(self) -> str:
        """Lower case, for the page's search."""
        return self.member.name.lower()


class Collect(forms.Form):
    """A list of members with what each pays; only what is typed or ticked counts.

    :param rows: everybody on the list, those included whom the browser has sent amounts of
    :param mandatory: the kind that a row's amount is for
    :param voluntary: that of its second amount; None where the cooperative keeps none
    """

    title = forms.CharField(
        label=_("Where is the money collected?"),
        max_length=Collection._meta.get_field("title").max_length,
        help_text=_("For example: Meeting of RW 03."),
    )
    day = PastDay(
        label=_("Day it was paid"),
        required=False,
        initial=business_today,
        help_text=_("Today, or an earlier day of a month that is open: that of the meeting."),
    )
    key = KeyField()

    def __init__(
        self,
        *args: Any,
        rows: list[Row],
        mandatory: SavingsKind | None,
        voluntary: SavingsKind | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.mandatory, self.voluntary = rows, mandatory, voluntary
        self.payments: list[Payment] = []
        if self.is_bound:
            for row in rows:
                self._remember(row)

    def clean(self) -> dict[str, Any]:
        for row in self.rows:
            self._read(row)
        if missing := posted_people(self.data) - {row.member.id for row in self.rows}:
            self.add_error(
                None,
                gettext("%(count)d people on the list are not on the register any more.")
                % {"count": len(missing)},
            )
        if any(row.errors for row in self.rows):
            self.add_error(None, gettext("Some amounts cannot be read; they are marked below."))
        return self.cleaned_data

    def refuse(self, refusal: DomainError) -> None:
        """Put what the service refused beside the members it is about, or above the list."""
        beside = {str(row.member.id): row for row in self.rows}
        for name, texts in refusal.fields.items():
            if name in beside:
                beside[name].errors += texts
        place = next((name for name in ("title", "day") if name in refusal.fields), None)
        self.add_error(place, forms.ValidationError(str(refusal), code=refusal.code))

    def _remember(self, row: Row) -> None:
        row.amount = self.data.get(f"{AMOUNT}-{row.member.id}", "").strip()
        row.extra = self.data.get(f"{EXTRA}-{row.member.id}", "").strip()
        row.is_ticked = bool(self.data.get(f"{TICK}-{row.member.id}"))

    def _read(self, row: Row) -> None:
        # A typed amount counts; the tick stands for the amount that the page showed beside it.
        text = row.amount or self.data.get(f"{TICK}-{row.member.id}", "")
        for kind, written in ((self.mandatory, text), (self.voluntary, row.extra)):
            try:
                amount_idr = parse_rupiah_or_none(written)
            except DomainError as refusal:
                row.errors.append(str(refusal))
                continue
            if amount_idr is None or kind is None:
                continue
            if not 0 < amount_idr <= MOST_IDR:
                row.errors.append(_limits())
            else:
                self.payments.append(Payment(row.member, kind, amount_idr))


def posted_people(data: Mapping[str, str]) -> set[UUID]:
    """The ids of members for whom an amount or a tick was sent; other texts are ignored."""
    found = set()
    for name, value in data.items():
        kind, _dash, text = name.partition("-")
        if kind in (AMOUNT, EXTRA, TICK) and value.strip():
            found |= ids([text])
    return found


def ids(texts: Iterable[str]) -> set[UUID]:
    found = set()
    for text in texts:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found


def _limits() -> str:
    return gettext("An amount is from Rp 1 to %(most)s.") % {"most": format_rupiah(MOST_IDR)}
