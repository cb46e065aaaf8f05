"""The city's figures for its officers."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kkmp.access import queries as access
from kkmp.access.api import Scoped
from kkmp.access.permissions import Permission
from kkmp.city.figures.queries import overview, places
from kkmp.city.figures.queries.places import Totals
from kkmp.city.progress import serializers
from kkmp.lib.clock import business_today
from kkmp.registry import scope
from kkmp.registry.models import Regency

if TYPE_CHECKING:
    from rest_framework.views import AsView, GenericView  # they are in the stubs alone


class CityAPI(Scoped):
    """Mixin before a DRF view: the regency its reader works for, in the city's scope."""

    permission = Permission.CITY_READ
    permissions: frozenset[Permission] = frozenset()
    regency: Regency

    @classmethod
    def as_view(cls, **options: Any) -> "AsView[GenericView]":
        view = super().as_view(**options)
        # As on pages, so that rights can be written down.
        view.access = cls.permission  # type: ignore[attr-defined]  # kept on the function
        view.place = "city"  # type: ignore[attr-defined]  # likewise
        return view

    def permission_for(self, _request: Request) -> Permission:
        return self.permission

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        if request.user.is_authenticated:
            regency, self.permissions = access.city_permissions(request.user)
            if regency is None:
                raise Http404
            self.regency = regency
            self._scope.enter_context(scope.city())


class Figures(CityAPI, APIView):
    """Each kecamatan and each cooperative, for those who may read the city."""

    @extend_schema(
        operation_id="city_figures",
        tags=["city"],
        parameters=[OpenApiParameter("kecamatan", str, description="the code of one of them")],
        responses=serializers.Figures,
    )
    def get(self, request: Request) -> Response:
        on, wanted = business_today(), request.query_params.get("kecamatan")
        everywhere = places.statuses(self.regency, on)
        statuses = [s for s in everywhere if wanted in (None, "", s.kecamatan.code)]
        counted = places.on_several_registers(self.regency)
        answer = serializers.Figures(
            {
                "regency": self.regency,
                "as_of": on,
                "in_several": overview.in_several(counted, Totals(everywhere), on, is_public=False),
                "kecamatan": _kecamatan(statuses, on),
                "cooperatives": statuses,
            }
        )
        return Response(answer.data)


def _kecamatan(statuses: list[places.KelurahanStatus], on: date) -> list[dict[str, Any]]:
    return [
        {
            "kecamatan": kecamatan,
            "stages": overview.stage_counts(totals, on),
            "figures": overview.overview(totals, on),
        }
        for kecamatan, totals in places.by_kecamatan(statuses).items()
    ]
