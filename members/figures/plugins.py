"""What the figures add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import tabs
from kkmp.access.permissions import Permission
from kkmp.access.tabs import Tab
from kkmp.exports import lists
from members.figures.exports import FiguresList
from members.figures.filters import FiguresFilter
from members.saved_views.models import ViewPage
from members.saved_views.services import saved_views


def register() -> None:
    lists.register(FiguresList())
    saved_views.register(ViewPage.FIGURES, FiguresFilter.base_filters)
    tabs.register(
        "members",
        Tab("members:figures", _("Figures"), "chart-bar", Permission.MEMBERS_READ),
        weight=60,
    )
