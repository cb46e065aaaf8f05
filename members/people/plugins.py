"""What the list of members adds: a list that can be taken out."""

from kkmp.exports import lists
from members.people.exports import Register


def register() -> None:
    lists.register(Register())
