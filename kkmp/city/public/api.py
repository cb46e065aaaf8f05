"""The city's progress for everybody."""

from django.http import Http404
from django.utils.cache import patch_cache_control, patch_vary_headers
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kkmp.city.figures.queries import overview, places
from kkmp.city.figures.queries.places import Totals
from kkmp.city.public import serializers
from kkmp.lib.api_parameters import KnownParameters
from kkmp.lib.clock import business_today
from kkmp.registry import scope
from kkmp.registry.models import Regency


class Progress(KnownParameters, APIView):
    """Progress to the target. Counts of fewer than five people are withheld."""

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(
        operation_id="city_progress",
        tags=["city"],
        auth=[],
        parameters=[
            OpenApiParameter("regency", str, description="its code; without it the first one")
        ],
        responses=serializers.Progress,
    )
    def get(self, request: Request) -> Response:
        regency, on = _regency(request.query_params.get("regency")), business_today()
        with scope.city():
            totals = Totals(places.statuses(regency, on))
            counted = places.on_several_registers(regency)
        answer = serializers.Progress(
            {
                "regency": regency,
                "target": regency.target,
                "as_of": on,
                "stages": overview.stage_counts(totals, on),
                "figures": overview.public(totals, on),
                "in_several": overview.in_several(counted, totals, on, is_public=True),
                "reported": places.reported(regency),
            }
        )
        response = Response(answer.data)
        patch_cache_control(response, public=True, max_age=60)
        # The language is chosen by a cookie before it is by the header.
        patch_vary_headers(response, ["Cookie"])
        return response


def _regency(code: str | None) -> Regency:
    regencies = Regency.objects.order_by("code")
    found = regencies.filter(code=code).first() if code else regencies.first()
    if found is None:
        raise Http404
    return found
