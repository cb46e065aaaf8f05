"""The list of arrears: who, how much, how old, and when they were last called on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from kkmp.registry.models import Cooperative
from members.dues import reminders
from members.dues.queries.arrears import AGES, Arrears, Paid, Rules
from members.dues.schedule import DuesStatus
from members.joining.models import Contact, Purpose
from members.register.models import Member, Status
from members.register.services import leaving_open


@dataclass(frozen=True, slots=True)
class Row:
    """:param months: the open months that are over, in words
    :param whatsapp: address with the ready text; empty without a mobile phone
    :param leaving: why nothing is sent to them, and whom to speak to; empty for all others
    :param contact: the last time that somebody called on the member for it
    """

    member: Member
    status: DuesStatus
    months: str
    text: str
    whatsapp: str
    contact: Contact | None
    leaving: str = ""


def rows(
    cooperative: Cooperative,
    rules: Rules,
    people: "Iterable[WithAnnotations[Member, Paid]]",
    *,
    on: date,
) -> list[Row]:
    """:param people: of :func:`members.dues.queries.arrears.behind`"""
    people = list(people)
    last = last_contacts(cooperative, people)
    leaving = leaving_open.reasons_by_member(cooperative.pk, [member.id for member in people])
    return [
        _row(cooperative, rules, member, last.get(member.id), leaving.get(member.id, ""), on)
        for member in people
    ]


def last_contacts(cooperative: Cooperative, people: Iterable[Member]) -> dict[UUID, Contact]:
    """The latest contact about arrears, by member."""
    made = Contact.objects.of(cooperative).filter(
        member_id__in=[member.id for member in people], purpose=Purpose.ARREARS
    )
    latest = made.order_by("member_id", "-on", "-id").distinct("member_id")
    return {contact.member_id: contact for contact in latest}


def tabs(found: Mapping[str, Arrears]) -> list[dict[str, Any]]:
    """All and each age, with how many and how much."""
    return [{"value": age, "label": age_label(age), "sums": found[age]} for age in ("", *AGES)]


def age_label(age: str) -> str:
    """A key of :data:`members.dues.arrears.AGES` in words; all of them where it is empty."""
    labels = {
        "": _("All"),
        "1-3": _("1 to 3 months"),
        "4-6": _("4 to 6 months"),
        "7": _("More than 6 months"),
    }
    return labels[age]


def _row(
    cooperative: Cooperative,
    rules: Rules,
    member: "WithAnnotations[Member, Paid]",
    contact: Contact | None,
    leaving: str,
    on: date,
) -> Row:
    member.cooperative = cooperative
    status = rules.status(member, member.paid_idr, on=on)
    this_month = date(on.year, on.month, 1)
    held = rules.schedule(member, member.paid_idr, until=on, on=on).open()
    months = [month for month in held if month.month < this_month]
    text = reminders.text(member, months) if months and not leaving else ""
    is_member = member.status == Status.ACTIVE and not leaving
    link = reminders.link(member, text) if months and is_member else ""
    named = reminders.named(months) if months else ""
    return Row(member, status, named, text, link, contact, leaving)
