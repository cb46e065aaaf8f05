"""A view that was saved."""

from kkmp.access.permissions import Role
from members.models import SavedView, ViewPage
from members.saved_views.services import saved_views
from tests.guards.side import Side

WEIGHT = 43
KINDS = {"view": (SavedView, {})}
PLAIN = "name query"
MADE = {
    "members/saved_views/views.py add": "page and query of a view to save",
}


def furnish(side: Side) -> None:
    here, chair = side.cooperative, side.staff[Role.CHAIR]
    saved_views.save(
        cooperative=here,
        page=ViewPage.REGISTER,
        name=side.word,
        query="",
        is_shared=True,
        by=chair,
    )
