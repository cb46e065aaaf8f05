"""Cooperatives: founded, described and given new amounts through the services."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from typing_extensions import override
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from kkmp.access.administration import choice
from kkmp.access.administration.by_service import ByService, ServiceForm
from kkmp.access.administration.tenant import TenantPage, TenantReadOnly
from kkmp.access.models import RoleHolding
from kkmp.access.permissions import Role
from kkmp.access.services import invitations
from kkmp.access.web import SignedInRequest
from kkmp.city.cooperatives import glance
from kkmp.city.cooperatives.forms import Decision, Profile
from kkmp.city.cooperatives.services import founders, profile
from kkmp.city.cooperatives.services.establish import establish
from kkmp.city.cooperatives.services.founders import Welcomed
from kkmp.city.cooperatives.services.profile import MOST_MEMBERS
from kkmp.lib.administration import found
from kkmp.lib.clock import business_today
from kkmp.lib.day_input import PlainDayInput
from kkmp.lib.forms import DateField, PhoneField, RupiahField
from kkmp.lib.money import format_rupiah
from kkmp.lib.presence import present
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, CooperativeSettings, Kelurahan, StageStep

PARTICULARS = tuple(Profile.base_fields)
#: Who is named at the founding, by role.
PEOPLE = {role: f"{role}_name" for role in founders.WORDS}
DECIDED = ("valid_from", "principal_idr", "mandatory_idr", "member_target")


def _date_widget() -> forms.DateInput:
    return PlainDayInput({"class": UnfoldAdminTextInputWidget().attrs["class"]})


def _rupiah(label: StrOrPromise, least: int) -> RupiahField:
    widget = UnfoldAdminTextInputWidget(attrs={"prefix": "Rp"})
    return RupiahField(label=label, min_value=least, widget=widget)


def _target() -> forms.IntegerField:
    shape = Decision.base_fields["member_target"]
    return forms.IntegerField(
        label=shape.label,
        min_value=1,
        max_value=MOST_MEMBERS,
        initial=500,
        widget=UnfoldAdminIntegerFieldWidget(),
    )


def _text(name: str) -> forms.CharField:
    """A field without a limit of length: people write numbers with dots, dashes and spaces."""
    shape = Profile.base_fields[name]
    widget = UnfoldAdminTextInputWidget()
    return forms.CharField(
        label=shape.label, help_text=shape.help_text, required=False, widget=widget
    )


class _Particulars(ServiceForm):
    """Read as on the cooperative's own page, so that numbers and telephones look alike."""

    nib = _text("nib")
    npwp = _text("npwp")
    phone = PhoneField(
        label=Profile.base_fields["phone"].label,
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "tel"}),
    )
    opened_on = DateField(
        label=Profile.base_fields["opened_on"].label,
        required=False,
        pivot=business_today,
        widget=_date_widget(),
    )

    def clean(self) -> None:
        super().clean()
        read = Profile(self.data)
        for name, errors in read.errors.items():
            if name not in self.errors:
                self.add_error(name, errors)
        self.cleaned_data |= read.cleaned_data

    def particulars(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PARTICULARS}


class _KelurahanChoice(forms.ModelChoiceField[Kelurahan]):
    def label_from_instance(self, obj: Kelurahan) -> str:
        """Names repeat within a city."""
        return f"{obj.name} ({obj.kecamatan.name}, {obj.code})"


def _named(role: Role) -> forms.CharField:
    widget = UnfoldAdminTextInputWidget()
    return forms.CharField(label=role.label, max_length=120, required=False, widget=widget)


class Founding(_Particulars):
    kelurahan = _KelurahanChoice(
        label=_("Kelurahan"),
        queryset=Kelurahan.objects.none(),
        empty_label=_("Choose a kelurahan"),
        widget=UnfoldAdminSelectWidget(),
        help_text=_("Only those without a cooperative; there is one each."),
    )
    on = DateField(
        label=_("Amounts in force from"),
        pivot=business_today,
        widget=_date_widget(),
        help_text=_("Nothing can be saved before this day."),
    )
    principal_idr = _rupiah(_("Principal savings"), 1)
    mandatory_idr = _rupiah(_("Mandatory savings a month"), 0)
    member_target = _target()
    chair_name = _named(Role.CHAIR)
    treasurer_name = _named(Role.TREASURER)
    membership_clerk_name = _named(Role.MEMBERSHIP_CLERK)
    cashier_name = _named(Role.CASHIER)
    supervisor_name = _named(Role.SUPERVISOR)

    #: Whom it made an account for, with their links.
    welcomed: Sequence[Welcomed] = ()

    class Meta:
        model = Cooperative
        fields = ("kelurahan", *PARTICULARS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kelurahan"]
        assert isinstance(field, _KelurahanChoice)
        field.queryset = (
            Kelurahan.objects.filter(cooperative=None)
            .select_related("kecamatan")
            .order_by("name", "code")
        )

    def perform(self) -> Cooperative:
        decided = ("kelurahan", "on", "principal_idr", "mandatory_idr", "member_target")
        given = {name: self.cleaned_data[name] for name in decided}
        cooperative = establish(**given, **self.particulars(), today=business_today(), by=self.by)
        names = {role: self.cleaned_data[name] for role, name in PEOPLE.items()}
        self.welcomed = founders.welcome(
            cooperative=cooperative, names=names, at=timezone.now(), by=self.by
        )
        return cooperative


class Described(_Particulars):
    instance: Cooperative

    class Meta:
        model = Cooperative
        fields = PARTICULARS

    def perform(self) -> Cooperative:
        with scope.cooperative(self.instance.pk):
            return profile.edit(
                cooperative=self.instance,
                particulars=profile.Particulars(**self.particulars()),
                today=business_today(),
                by=self.by,
            )


class Decided(ServiceForm):
    valid_from = DateField(
        label=Decision.base_fields["valid_from"].label,
        widget=_date_widget(),
        help_text=Decision.base_fields["valid_from"].help_text,
    )
    principal_idr = _rupiah(_("Principal savings"), 1)
    mandatory_idr = _rupiah(_("Mandatory savings a month"), 0)
    member_target = _target()

    #: Set by the page: the chosen one.
    cooperative: ClassVar[Cooperative]

    class Meta:
        model = CooperativeSettings
        fields = DECIDED

    def perform(self) -> CooperativeSettings:
        return profile.decide(
            cooperative=self.cooperative,
            today=business_today(),
            by=self.by,
            **{name: self.cleaned_data[name] for name in DECIDED},
        )


class ChairFilter(DropdownFilter):
    """Whether somebody leads it here who can sign in."""

    title = _("chair")
    parameter_name = "chair"

    @override
    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Any:
        return [("yes", _("With a chair")), ("no", _("Without a chair"))]

    @override
    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Any]
    ) -> models.QuerySet[Any]:
        led = RoleHolding.objects.filter(role=Role.CHAIR, user__is_active=True)
        within = models.Q(pk__in=led.values("cooperative"))
        chosen = self.value()
        if chosen not in {"yes", "no"}:
            return queryset
        return queryset.filter(within if chosen == "yes" else ~within)


class _FoundingRequest(HttpRequest):
    """A request that has founded a cooperative."""

    welcomed: Sequence[Welcomed]


@admin.register(Cooperative)
class Cooperatives(ByService):
    """Founded with settings, chart of accounts and kinds of savings, all at once."""

    form = Described
    add_form = Founding
    list_display = ("code", "name", "kecamatan", "opened_on", "phone")
    list_select_related = ("kelurahan__kecamatan",)
    list_filter = ("kelurahan__kecamatan", ChairFilter)
    search_fields = ("code", "name", "kelurahan__name", "kelurahan__kecamatan__name")
    search_help_text = _("Code, name or kecamatan")
    ordering = ("kelurahan__name", "code")
    fieldsets = (
        (None, {"fields": ("name", "code", "kelurahan")}),
        (_("At a glance"), {"fields": ("stage", "amounts", "figures", "people")}),
        (_("Details"), {"fields": PARTICULARS}),
    )
    add_fieldsets = (
        (
            _("What the founding meeting decided"),
            {"fields": ("kelurahan", "on", "principal_idr", "mandatory_idr", "member_target")},
        ),
        (
            _("Who works with it"),
            {
                "fields": tuple(PEOPLE.values()),
                "description": _(
                    "Full names, as far as they are known. Each gets an account and a link by "
                    "which they choose their password; the links are shown once, after saving. "
                    "The chair can invite the others later."
                ),
            },
        ),
        (_("Details"), {"fields": PARTICULARS}),
    )
    actions_detail = ("look_into",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Cooperative]:
        rows: models.QuerySet[Cooperative] = super().get_queryset(request)
        return rows.select_related("kelurahan__kecamatan")

    @override
    def called(self, obj: models.Model) -> str:
        return choice.called(obj) if isinstance(obj, Cooperative) else str(obj)

    @override
    def save_model(
        self, request: HttpRequest, obj: models.Model, form: ServiceForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if isinstance(form, Founding):
            cast("_FoundingRequest", request).welcomed = form.welcomed

    @override
    def response_add(
        self, request: HttpRequest, obj: models.Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Shows the links for people named at the founding: they are shown this once."""
        welcomed = cast("_FoundingRequest", request).welcomed
        if not welcomed:
            usual: HttpResponse = super().response_add(request, obj, post_url_continue)
            return usual
        links = [
            (one, request.build_absolute_uri(reverse("come_in", args=[one.secret])))
            for one in welcomed
        ]
        context = self.admin_site.each_context(request) | {
            "title": gettext("Links for signing in"),
            "opts": self.opts,
            "original": obj,
            "links": links,
            "days": invitations.LIFETIME.days,
            "next": self.address("change", obj.pk),
        }
        answer = TemplateResponse(request, "admin/links.html", context)
        add_never_cache_headers(answer)
        return answer

    @override
    def get_readonly_fields(
        self, request: HttpRequest, obj: Cooperative | None = None
    ) -> tuple[str, ...]:
        glance = ("stage", "amounts", "figures", "people")
        return ("name", "code", "kelurahan", *glance) if obj else ()

    @admin.display(description=_("stage"))
    def stage(self, cooperative: Cooperative) -> str:
        status = glance.status(cooperative)
        page = reverse("city:cooperative", args=(cooperative.code,))
        more = gettext(", waiting for the city") if status.is_waiting else ""
        text = f"{status.stage.label}{more}"
        return format_html('<a href="{}" class="text-link kkmp-link">{}</a>', page, text)

    @admin.display(description=_("amounts in force"))
    def amounts(self, cooperative: Cooperative) -> str:
        return glance.amounts(cooperative)

    @admin.display(description=_("figures"))
    def figures(self, cooperative: Cooperative) -> str:
        return glance.figures(cooperative)

    @admin.display(description=_("people and roles"))
    def people(self, cooperative: Cooperative) -> str:
        return glance.people(cooperative)

    @admin.display(description=_("kecamatan"), ordering="kelurahan__kecamatan__name")
    def kecamatan(self, cooperative: Cooperative) -> str:
        return cooperative.kelurahan.kecamatan.name

    @action(description=_("Look into its books"), url_path="lihat", icon="visibility")
    def look_into(self, request: HttpRequest, object_id: str) -> HttpResponse:
        choice.choose(request, get_object_or_404(Cooperative, pk=object_id))
        members = reverse("admin:members_member_changelist")
        return HttpResponseRedirect(choice.next_page(request, members))


@admin.register(CooperativeSettings)
class SettingsPage(ByService, TenantPage):
    """What the members decided, from a day on: new amounts are added, old ones stay."""

    form = Decided
    list_display = ("valid_from", "principal", "mandatory", "member_target")
    ordering = ("-valid_from", "id")
    fields = DECIDED
    actions_detail = ("withdraw",)

    @action(description=_("Withdraw"), url_path="batalkan", icon="undo")
    def withdraw(self, request: SignedInRequest, object_id: str) -> HttpResponse:
        settings = found(self.get_queryset(request), object_id)
        return self.act(
            request,
            settings,
            do=lambda: profile.withdraw(settings=settings, today=business_today(), by=request.user),
            title=gettext("Withdraw these amounts"),
            question=gettext("They have not begun yet. Those before them stay in force."),
            label=gettext("Withdraw"),
            done=gettext("Withdrawn. The amounts before stay in force."),
            is_gone=True,
        )

    @override
    def has_change_permission(
        self, request: HttpRequest, obj: CooperativeSettings | None = None
    ) -> bool:
        return False

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ServiceForm]:
        form = super().get_form(request, obj, change, **kwargs)
        assert issubclass(form, Decided)
        form.cooperative = present(choice.chosen(request), "the page opens for a chosen one only")
        return form

    @admin.display(description=_("principal savings (Rp)"), ordering="principal_idr")
    def principal(self, settings: CooperativeSettings) -> str:
        return format_rupiah(settings.principal_idr)

    @admin.display(description=_("mandatory savings a month (Rp)"), ordering="mandatory_idr")
    def mandatory(self, settings: CooperativeSettings) -> str:
        return format_rupiah(settings.mandatory_idr)


@admin.register(StageStep)
class StageSteps(TenantReadOnly):
    """The stages with their evidence; they are recorded and verified on the city's pages."""

    list_display = ("stage", "reached_on", "document_number", "recorded_by", "verified_on")
    list_select_related = ("recorded_by", "verified_by")
    list_filter = ("stage",)
    ordering = ("stage", "-reached_on", "id")
    fields = (
        "stage",
        "reached_on",
        "document_number",
        "recorded_by",
        "verified_by",
        "verified_on",
        "withdrawn_on",
        "withdrawn_why",
    )
