"""Lists of members that can be taken out."""

from kkmp.exports import lists
from members.exports.register import Register
from members.figures.exports import FiguresList

lists.register(Register())
lists.register(FiguresList())
