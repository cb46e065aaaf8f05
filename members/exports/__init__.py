"""Lists of members that can be taken out."""

from kkmp.exports import lists
from members.exports.figures import FiguresList
from members.exports.register import Register

lists.register(Register())
lists.register(FiguresList())
