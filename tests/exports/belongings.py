"""Lists that were asked for, one of each."""

from unittest.mock import patch

from django.utils import timezone

from kkmp.access.permissions import Role
from kkmp.exports import lists
from kkmp.exports.services import jobs
from tests.conftest import MONDAY
from tests.guards.side import Side

WEIGHT = 51
PLAIN = "list query"
MADE = {
    "kkmp/exports/views.py take_out": "boxes beside the button of a list, which are known",
}


def furnish(side: Side) -> None:
    here, by, now = side.cooperative, side.staff[Role.CHAIR], timezone.now()
    # One of each at once is more than anybody may have waiting.
    with patch.object(jobs, "MOST_WAITING", len(lists.registered()) + 1):
        for one in lists.registered():
            job = jobs.take_out(
                kind=one,
                query="",
                cooperative=here,
                language="id",
                on=MONDAY,
                at=now,
                by=by,
                at_once=-1,
            )
            side.ids[f"{one.code} export"] = job.pk
