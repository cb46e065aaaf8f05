"""Cooperatives: founded, described and given new amounts through the services."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import action

from kkmp.access.administration import cooperative_choice
from kkmp.access.administration.by_service import ByService, ServiceForm
from kkmp.access.administration.tenant import TenantPage, TenantReadOnly
from kkmp.access.models import RoleHolding
from kkmp.access.permissions import Role
from kkmp.access.staff.services import invitations
from kkmp.access.web import SignedInRequest
from kkmp.city.cooperatives import glance
from kkmp.city.cooperatives.admin.forms import (
    DECIDED,
    PARTICULARS,
    PEOPLE,
    Decided,
    Described,
    Founding,
)
from kkmp.city.cooperatives.services import profile
from kkmp.city.cooperatives.services.founders import Welcomed
from kkmp.lib.administration import found
from kkmp.lib.clock import business_today
from kkmp.lib.existing import present
from kkmp.lib.money import format_rupiah
from kkmp.registry.models import Cooperative, CooperativeSettings, StageStep


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
    def choice_label(self, obj: models.Model) -> str:
        return (
            cooperative_choice.name_with_kecamatan(obj)
            if isinstance(obj, Cooperative)
            else str(obj)
        )

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

    @action(
        description=_("Look into its books"),
        url_path="lihat",
        icon="visibility",
        permissions=("view",),
    )
    def look_into(self, request: HttpRequest, object_id: str) -> HttpResponse:
        cooperative_choice.choose(request, found(Cooperative, object_id))
        members = reverse("admin:members_member_changelist")
        return HttpResponseRedirect(cooperative_choice.next_page(request, members))


@admin.register(CooperativeSettings)
class SettingsPage(ByService, TenantPage):
    """What the members decided, from a day on: new amounts are added, old ones stay."""

    form = Decided
    list_display = ("valid_from", "principal", "mandatory", "member_target")
    ordering = ("-valid_from", "id")
    fields = DECIDED
    actions_detail = ("withdraw",)

    @action(description=_("Withdraw"), url_path="batalkan", icon="undo", permissions=("act",))
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
        if not issubclass(form, Decided):
            raise TypeError(f"{form.__name__} decides for no cooperative")
        form.cooperative = present(
            cooperative_choice.chosen(request), "the page opens for a chosen one only"
        )
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
