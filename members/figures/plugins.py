"""What the figures add: a list that can be taken out."""

from kkmp.exports import lists
from members.figures.exports import FiguresList


def register() -> None:
    lists.register(FiguresList())
