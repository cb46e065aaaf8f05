"""What every page of the administration shares: nothing is deleted, exported or done in bulk.

A page either only shows (:class:`ReadOnly`), or hands what was typed to a service
(``kkmp.access.administration.by_service``). None saves a model by itself.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NoReturn, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth import get_permission_codename
from django.core.exceptions import (
    ImproperlyConfigured,
    PermissionDenied,
    SuspiciousOperation,
    ValidationError,
)
from django.db import models, transaction
from django.db.models.options import Options
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise
from typing_extensions import override
from unfold.admin import ModelAdmin, TabularInline

from kkmp.lib import look_ups, periods
from kkmp.lib.clock import business_today
from kkmp.lib.errors import DomainError
from kkmp.lib.money import format_rupiah
from kkmp.lib.narrowing import fitting
from kkmp.lib.quantity import format_quantity

#: A column of an administration page: a function of the page and a row.
Column = Callable[[object, Any], str]

_Row = TypeVar("_Row", bound=models.Model)

#: Tells what happened to a row; registered from above, where the trail is.
_historians: list[Callable[[models.Model], Sequence[object]]] = []


def tell_history_by(historian: Callable[[models.Model], Sequence[object]]) -> None:
    """Say who tells what happened to a row: in sentences, latest first."""
    _historians[:] = [historian]


class _Unanswerable(Exception):
    """A list was asked for what it does not offer; the text says so to whoever asked."""


class Page(ModelAdmin):
    """One kind of thing in the administration: a list, and a page for each.

    A list is narrowed by its own filters alone (:mod:`kkmp.lib.look_ups`), and each action on a
    thing names the permission that it asks for: a page that says neither offers neither.
    """

    actions = None
    view_on_site = False
    show_full_result_count = False
    list_per_page = 50
    list_filter_submit = True
    warn_unsaved_form = True

    def __init__(self, model: type[models.Model], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        for kind in (self.actions_list, self.actions_detail, self.actions_row):
            for name in self._extract_action_names(kind):
                if not getattr(getattr(self, name), "allowed_permissions", None):
                    raise ImproperlyConfigured(f"{self}: whom does the action {name} ask for?")

    def has_act_permission(self, request: HttpRequest, _object_id: object = None) -> bool:
        """Whether somebody may do more here than look, also where nothing is typed into a form."""
        codename = get_permission_codename("change", self.opts)
        return bool(request.user.has_perm(f"{self.opts.app_label}.{codename}"))

    @override
    def lookup_allowed(
        self, lookup: str, value: object, request: HttpRequest | None = None
    ) -> bool:
        return request is not None and lookup in dict(look_ups.look_ups(self, request))

    @override
    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """A row is named by its key; no page here opens beside another one to be chosen from."""
        return to_field in ("pk", self.opts.pk.attname)

    @override
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        why = look_ups.refusal(self, request)
        if not why:
            request.GET = look_ups.chosen(request.GET)  # type: ignore[assignment]
            try:
                shown: HttpResponse = super().changelist_view(request, extra_context)
            except _Unanswerable as refusal:
                why = str(refusal)
            else:
                return shown
        return render(request, "400.html", {"reason": why}, status=400)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list; what its filters cannot read is said, where Django would show everything."""
        try:
            found: ChangeList = super().get_changelist_instance(request)
        except (IncorrectLookupParameters, SuspiciousOperation) as error:
            raise _Unanswerable(_("This list has nothing like that.")) from error
        return found

    @override
    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Fields by the filter that fits them, so that a list need not say it."""
        declared = super().get_list_filter(request)
        return [fitting(self.model, one) if isinstance(one, str) else one for one in declared]

    @override
    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Choices alone, without buttons that add or change what is chosen from."""
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        if isinstance(field, forms.DateField):
            field.validators.append(_not_late)
        return field

    @override
    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Options[models.Model], object_id: str
    ) -> NoReturn:
        raise Http404

    def choice_label(self, obj: models.Model) -> str:
        """A row's name where one chooses it: with what tells two of one name apart."""
        return str(obj)

    def subject_of_history(self, obj: models.Model) -> models.Model:
        """The row whose history is shown for this one."""
        return obj

    @override
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history from the audit trail; Django's own log knows this site's forms alone."""
        obj = self.get_object(request, object_id)
        if obj is None:
            self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        subject = self.subject_of_history(obj)
        context = self.admin_site.each_context(request) | {
            "title": _("History of %(name)s") % {"name": obj},
            "opts": self.opts,
            "original": obj,
            "events": [told for tell in _historians for told in tell(subject)],
        }
        context |= extra_context or {}
        return TemplateResponse(request, "admin/object_history.html", context)

    @override
    def log_addition(self, _request: HttpRequest, _obj: models.Model, _message: object) -> None:
        """The trail has it."""

    @override
    def log_change(self, _request: HttpRequest, _obj: models.Model, _message: object) -> None:
        """The trail has it."""

    def act(
        self,
        request: HttpRequest,
        subject: models.Model,
        *,
        do: Callable[[], object],
        title: str,
        question: str,
        label: str,
        done: str,
        is_gone: bool = False,
    ) -> HttpResponse:
        """Ask on GET, do on POST; a refusal is shown where it was asked.

        :param do: called without arguments within a transaction; may raise a ``DomainError``
        :param done: what is said when it is done
        :param is_gone: the subject has no page afterwards, so the list is shown
        """
        error = ""
        if request.method == "POST":
            try:
                with transaction.atomic():
                    do()
            except DomainError as refusal:
                error = str(refusal)
            else:
                messages.success(request, done)
                return HttpResponseRedirect(
                    self.address("changelist") if is_gone else self.address("change", subject.pk)
                )
        context = self.admin_site.each_context(request) | {
            "title": title,
            "opts": self.opts,
            "original": subject,
            "question": question,
            "label": label,
            "error": error,
            "back": self.address("change", subject.pk),
        }
        return TemplateResponse(request, "admin/act.html", context, status=422 if error else 200)

    def address(self, name: str, *args: object) -> str:
        """The address of a view of this page: ``changelist``, ``add``, ``change`` …"""
        view = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        return reverse(f"{self.admin_site.name}:{view}", args=args)


def _not_late(day: date) -> None:
    """Refuses a day whose year is a slip, in the administration too."""
    try:
        periods.refuse_late(day, on=business_today())
    except periods.DateError as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from refusal


def found(rows: models.QuerySet[_Row] | type[_Row], object_id: str) -> _Row:
    """The row that an action's address names; a text that is no id names none."""
    try:
        return get_object_or_404(rows, pk=object_id)
    except (ValueError, ValidationError) as error:
        raise Http404 from error


def _never(_page: object, _request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG001
    """Whatever it is asked about, by the names under which Django asks."""
    return False


class ReadOnly:
    """Mixin before a page or lines: seen by those who may enter, changed by nobody here."""

    has_add_permission = has_change_permission = has_delete_permission = _never


class ReadOnlyLines(ReadOnly, TabularInline):
    """Rows that belong to what a page shows; list their columns in ``fields``."""

    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = False
    hide_title = True

    @override
    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> Sequence[str]:
        return tuple(self.fields)


def money(attribute: str, label: StrOrPromise, *, sorts: bool = True) -> Column:
    """A column of whole rupiah for the body of a page or of lines; a dash where there is none.

    :param sorts: False where the attribute is no column of the table
    """
    return _column(attribute, label, format_rupiah, sorts=sorts)


def quantity(attribute: str, label: StrOrPromise) -> Column:
    """A column of quantities; a dash where there is none."""
    return _column(attribute, label, format_quantity, sorts=True)


def related(attribute: str, label: StrOrPromise) -> Column:
    """A column of what has a page of its own, leading there; a dash where there is none."""
    return _column(attribute, label, _link, sorts=False)


def _link(other: models.Model) -> str:
    opts = other._meta
    view = f"admin:{opts.app_label}_{opts.model_name}_change"
    address = reverse(view, args=(quote(other.pk),))
    return format_html('<a href="{}" class="text-link">{}</a>', address, other)


def _column(
    attribute: str, label: StrOrPromise, written: Callable[[Any], str], *, sorts: bool
) -> Column:
    @admin.display(description=label, ordering=attribute if sorts else None)
    def shown(_page: object, row: models.Model) -> str:
        value = getattr(row, attribute)
        return "–" if value is None else written(value)

    return shown


def masked(name: str) -> str:
    """``S••• A••••••``: enough to tell one from another when the number is known."""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in name.split())
