"""What the figures add: a list that can be taken out, and views of it."""

from kkmp.exports import lists
from members.figures.exports import FiguresList
from members.figures.filters import FiguresFilter
from members.saved_views.models import ViewPage
from members.saved_views.services import saved_views


def register() -> None:
    lists.register(FiguresList())
    saved_views.register(ViewPage.FIGURES, FiguresFilter.base_filters)
