"""Stages that wait for the city, for the administration's start page."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kkmp.access.administration import cooperative_choice
from kkmp.access.administration.attention import MOST_NAMED, Finding, Line
from kkmp.lib.periods import format_date
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, Stage, StageStep

#: A number of steps beyond which a longer list says no more.
MOST_READ = 500


def waiting_steps(_at: datetime) -> Finding:
    """Stages that wait for the city to verify them, the longest waiting first."""
    needed = [stage for stage in Stage if stage.needs_verification]
    with scope.city():
        rows = StageStep.objects.filter(
            stage__in=needed, verified_on=None, withdrawn_on=None
        ).order_by("reached_on", "id")
        steps = list(rows.values_list("cooperative_id", "stage", "reached_on")[:MOST_READ])
    places = Cooperative.objects.select_related("kelurahan__kecamatan").in_bulk(
        [place for place, _stage, _day in steps[:MOST_NAMED]]
    )
    lines = [
        Line(
            _("%(cooperative)s: %(stage)s, since %(day)s")
            % {
                "cooperative": cooperative_choice.name_with_kecamatan(places[place]),
                "stage": Stage(stage).label,
                "day": format_date(day),
            },
            reverse("city:cooperative", args=(places[place].code,)),
        )
        for place, stage, day in steps[:MOST_NAMED]
    ]
    return Finding(
        len(steps), lines, reverse("city:home") if steps else "", _("No stage waits for the city.")
    )
