"""Lists of members that can be taken out."""

from kkmp.exports import lists
from members.figures.exports import FiguresList
from members.people.exports import Register

lists.register(Register())
lists.register(FiguresList())
