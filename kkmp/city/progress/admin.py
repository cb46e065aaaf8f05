"""Areas are laid down by a migration; a target and a tile's place may change."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override
from unfold.widgets import UnfoldAdminURLInputWidget

from kkmp.access.administration import cooperative_choice
from kkmp.access.administration.by_service import ByService, ServiceForm
from kkmp.city.figures.models import ReportedFigure
from kkmp.city.figures.queries.places import Totals, statuses
from kkmp.city.figures.services import reported
from kkmp.city.progress import tile_preview
from kkmp.city.progress.services import areas
from kkmp.lib.clock import business_today
from kkmp.registry import scope
from kkmp.registry.models import Kelurahan, Regency


class Target(ServiceForm):
    instance: Regency

    class Meta:
        model = Regency
        fields = ("target",)

    def perform(self) -> Regency:
        return areas.set_target(
            regency=self.instance, target=self.cleaned_data["target"], by=self.by
        )


class Tile(ServiceForm):
    instance: Kelurahan

    class Meta:
        model = Kelurahan
        fields = ("tile_column", "tile_row")
        help_texts = {"tile_row": _("0 is the northernmost row.")}

    def perform(self) -> Kelurahan:
        return areas.place_tile(
            kelurahan=self.instance,
            column=self.cleaned_data["tile_column"],
            row=self.cleaned_data["tile_row"],
            by=self.by,
        )


class Figure(ServiceForm):
    instance: ReportedFigure
    source_url = forms.URLField(
        label=_("address of the source"),
        required=False,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget(),
    )

    class Meta:
        model = ReportedFigure
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cooperative_choice.label_rows_by(self.fields["kelurahan"], _with_kecamatan)

    def perform(self) -> ReportedFigure:
        return reported.record(figure=self.instance, today=business_today(), by=self.by)


def _with_kecamatan(kelurahan: Kelurahan) -> str:
    """Names repeat within a city."""
    return f"{kelurahan.name} ({kelurahan.kecamatan.name})"


class _Laid(ByService):
    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Regency)
class Regencies(_Laid):
    form = Target
    list_display = ("code", "name", "province", "target")
    ordering = ("code",)
    fields = ("code", "name", "province", "target", "reached")
    readonly_fields = ("code", "name", "province", "reached")

    @admin.display(description=_("operating now"))
    def reached(self, regency: Regency) -> str:
        """What the target makes of today, before it is changed."""
        with scope.city():
            totals = Totals(statuses(regency, business_today()))
        told = {"operating": totals.operating, "count": totals.count, "target": regency.target}
        return gettext("%(operating)d of %(count)d cooperatives; the target is %(target)d.") % told


@admin.register(Kelurahan)
class KelurahanPage(_Laid):
    form = Tile
    list_display = ("code", "name", "kecamatan", "tile_column", "tile_row")
    list_select_related = ("kecamatan",)
    list_filter = ("kecamatan",)
    search_fields = ("code", "name")
    search_help_text = _("Code or name")
    ordering = ("code",)
    fields = ("code", "name", "kecamatan", "tile_column", "tile_row", "preview")
    readonly_fields = ("code", "name", "kecamatan", "preview")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Kelurahan]:
        rows: QuerySet[Kelurahan] = super().get_queryset(request)
        return rows.select_related("kecamatan")

    @override
    def choice_label(self, obj: Model) -> str:
        return _with_kecamatan(obj) if isinstance(obj, Kelurahan) else str(obj)

    @admin.display(description=_("on the map"))
    def preview(self, kelurahan: Kelurahan) -> str:
        """All tiles of the regency, this one marked; it moves while one types."""
        return tile_preview.drawn(kelurahan)


@admin.register(ReportedFigure)
class ReportedFigures(ByService):
    """Figures that others published; they stand beside ours and never among them."""

    form = Figure
    list_display = ("measure", "state", "value", "as_of", "series", "place", "source_name")
    list_select_related = ("regency", "kelurahan")
    list_filter = ("series", "measure", "state", "is_disputed")
    search_fields = ("source_name", "source_title", "kelurahan__name")
    search_help_text = _("Source or kelurahan")
    date_hierarchy = "as_of"
    ordering = ("-as_of", "measure", "id")
    autocomplete_fields = ("kelurahan",)

    @admin.display(description=_("place"))
    def place(self, figure: ReportedFigure) -> str:
        return str(figure.kelurahan or figure.regency)
