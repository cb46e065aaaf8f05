"""Reading the trail: events told in sentences, and looked for by words, acts, people and time."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kkmp.access import audit_sentences
from kkmp.access.audit_sentences import Group
from kkmp.access.models import AuditEvent, SystemEvent, User
from kkmp.lib.administration import masked
from kkmp.lib.money import format_rupiah
from kkmp.lib.narrowing import begin_of
from kkmp.lib.periods import format_date, format_month
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel

Event = AuditEvent | SystemEvent
#: The address of a row by its model and id, within a cooperative or without; empty without a page.
Link = Callable[[str, str, UUID | None], str]
_Events = TypeVar("_Events", AuditEvent, SystemEvent)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: More words than that are no search but a letter.
_MOST_WORDS = 6
_MOST_PEOPLE = 50
_USER = User._meta.label
_COOPERATIVE = Cooperative._meta.label


@dataclass(frozen=True, slots=True)
class DescribedEvent:
    """One event in words.

    :param html: the sentence, with links to what it names
    :param place: the cooperative, where events of several stand together
    """

    event: Event
    at: str
    html: SafeString
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands for one placeholder."""

    text: str
    address: str = ""

    @property
    def html(self) -> SafeString:
        if not self.address:
            return conditional_escape(self.text)
        return format_html(
            '<a href="{}" class="text-link kkmp-link">{}</a>', self.address, self.text
        )


class _Details(dict[str, Any]):
    """Older events may lack what a sentence asks for today."""

    def __missing__(self, key: str) -> str:
        return "–"


def moment(at: datetime) -> str:
    """``23 November 2026, 08.15.04``: to the second."""
    return date_format(localtime(at), "j F Y, H.i.s")


def person(user: User | None) -> str:
    """Name and user name: two people may have one name."""
    if user is None:
        return _("The system")
    return f"{user.name} ({user.username})" if user.name else user.username


def describe(events: Iterable[Event], link: Link | None = None) -> list[DescribedEvent]:
    """The events in the reader's language; what they name is looked up once for each table.

    Rows of a cooperative are named only while it is being served.
    """
    every = list(events)
    names = _names(every)
    return [_describe(event, names, link or _nowhere) for event in every]


def search(rows: "QuerySet[_Events]", text: str) -> "QuerySet[_Events]":
    """Events in which every word stands: in the sentence, a name or a detail."""
    words = text.split()[:_MOST_WORDS]
    if not words:
        return rows
    rows = rows.annotate(details_text=Cast("details", TextField()))
    for word in words:
        rows = rows.filter(_word(word))
    return rows


def between(
    rows: "QuerySet[_Events]", since: date | None, until: date | None
) -> "QuerySet[_Events]":
    """Events from one day to another, both included."""
    if since is not None:
        rows = rows.filter(at__gte=begin_of(since))
    if until is not None:
        rows = rows.filter(at__lt=begin_of(until + timedelta(days=1)))
    return rows


def about(row: Model, cooperative_id: UUID | None, most: int) -> list[Event]:
    """What happened to a row, latest first; within a cooperative only while it is served."""
    label, pk = row._meta.label, str(row.pk)
    system = SystemEvent.objects.filter(subject_label=label, subject_id=pk)
    found: list[Event] = list(system.select_related("actor").order_by("-at", "-id")[:most])
    if cooperative_id is not None:
        is_it = Q(subject_label=label, subject_id=pk) | _mentioning(label, pk)
        if isinstance(row, Cooperative):
            is_it |= Q(
                action__in=[
                    *audit_sentences.named(Group.COOPERATIVE),
                    *audit_sentences.named(Group.PEOPLE),
                ]
            )
        within = AuditEvent.objects.of(cooperative_id).filter(is_it)
        found += within.select_related("actor").order_by("-at", "-id")[:most]
    return sorted(found, key=lambda event: event.at, reverse=True)[:most]


def _mentioning(label: str, pk: str) -> Q:
    """Acts on something else that name the row in their details."""
    found = Q(pk__in=[])
    for act in audit_sentences.registered():
        for name, of in act.rows.items():
            if of == label:
                found |= Q(action=act.name, **{f"details__{name}": pk})
    return found


def _word(word: str) -> Q:
    here = Q(action__in=audit_sentences.saying(word)) | Q(details_text__icontains=word)
    here |= Q(actor__username__icontains=word) | Q(actor__name__icontains=word)
    people = User.objects.filter(Q(username__icontains=word) | Q(name__icontains=word))
    ids = [str(pk) for pk in people.order_by("pk").values_list("pk", flat=True)[:_MOST_PEOPLE]]
    if ids:
        here |= Q(subject_label=_USER, subject_id__in=ids)
    for name, values in audit_sentences.meaning(word).items():
        here |= Q(**{f"details__{name}__in": sorted(values)})
    return here


def _describe(event: Event, names: dict[tuple[str, str], str], link: Link) -> DescribedEvent:
    act = audit_sentences.find(event.action)
    sentence = str(act.sentence) if act else f"%(who)s: {event.action}"
    pieces = _pieces(event, act, names, link)
    html = conditional_escape(sentence) % _Details({k: p.html for k, p in pieces.items()})
    text = sentence % _Details({k: p.text for k, p in pieces.items()})
    # What was put into the sentence is escaped, each for itself.
    shown = mark_safe(capfirst(html).strip())  # noqa: S308
    return DescribedEvent(event, moment(event.at), shown, capfirst(text).strip())


def _pieces(
    event: Event, act: audit_sentences.Act | None, names: dict[tuple[str, str], str], link: Link
) -> dict[str, _Piece]:
    place: UUID | None = getattr(event, "cooperative_id", None)

    def row(label: str, pk: str) -> _Piece:
        if not pk:
            return _Piece("")
        return _Piece(names.get((label, pk)) or _kind(label), link(label, pk, place))

    actor = row(_USER, str(event.actor_id)) if event.actor_id else _Piece("")
    pieces = {
        "who": _Piece(person(event.actor), actor.address),
        "subject": row(event.subject_label, event.subject_id),
    }
    for name, value in event.details.items():
        of = act.rows.get(name) if act else None
        label = act.label(name, value) if act else None
        if of:
            pieces[name] = row(of, str(value))
        else:
            pieces[name] = _Piece(label or _value(name, value, event.subject_label))
    if "place" in event.details:
        here = str(event.details.get("place_id", ""))
        address = link(_COOPERATIVE, here, None) if here else ""
        known = names.get((_COOPERATIVE, here)) or event.details["place"]
        pieces["place"] = _Piece(known or _("the whole system"), address)
    return pieces


def _value(name: str, value: object, label: str) -> str:
    """A detail as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int):
        return format_rupiah(value) if name.endswith("_idr") else str(value)
    if isinstance(value, dict):
        return "; ".join(
            f"{_field(label, each)}: {_value('', change, label)}" for each, change in value.items()
        )
    if isinstance(value, list):
        texts = [_field(label, str(v)) if name == "fields" else _value("", v, label) for v in value]
        return (" → " if name == "" else ", ").join(texts)
    text = str(value)
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return format_month(day) if name == "month" else format_date(day)
    return text


def _field(label: str, name: str) -> str:
    try:
        field = apps.get_model(label)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return name
    return str(getattr(field, "verbose_name", name))


def _kind(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def _names(events: Sequence[Event]) -> dict[tuple[str, str], str]:
    """What rows are called, by model and id."""
    wanted: dict[tuple[str, UUID | None], set[str]] = defaultdict(set)
    for event in events:
        place: UUID | None = getattr(event, "cooperative_id", None)
        for label, pk in _named_in(event):
            if audit_sentences.subject(label) is not None:
                wanted[label, place].add(pk)
    found: dict[tuple[str, str], str] = {}
    for (label, place), ids in wanted.items():
        found |= {(label, pk): name for pk, name in _called(label, place, ids).items()}
    return found


def _named_in(event: Event) -> Iterable[tuple[str, str]]:
    if event.subject_id:
        yield event.subject_label, event.subject_id
    act = audit_sentences.find(event.action)
    for name, label in (act.rows if act else {}).items():
        if event.details.get(name):
            yield label, str(event.details[name])
    if event.details.get("place_id"):
        yield _COOPERATIVE, str(event.details["place_id"])


def _called(label: str, place: UUID | None, ids: set[str]) -> dict[str, str]:
    model: Any = apps.get_model(label)
    known = audit_sentences.subject(label)
    if known is None or (issubclass(model, TenantModel) and place is None):
        return {}
    rows = model.objects.of(place) if issubclass(model, TenantModel) else model.objects
    fields = [each for each in (known.field, known.beside or known.also_masked) if each]
    if model is User:
        return {str(user.pk): person(user) for user in rows.filter(pk__in=ids)}
    found = rows.filter(pk__in=ids).values_list("pk", *fields)
    return {str(pk): _call(model, known, values) for pk, *values in found}


def _call(model: type[Model], known: audit_sentences.Subject, values: list[Any]) -> str:
    name = str(values[0] or "")
    if known.field == "number":
        name = f"{model._meta.verbose_name} {name}".strip()
    if known.beside:
        return f"{name} ({values[1]})"
    return f"{name} {masked(str(values[1]))}" if known.also_masked else name


def _nowhere(_label: str, _pk: str, _place: UUID | None) -> str:
    return ""
