"""What a member sees of the own PIN: when it was set, and so whether somebody else set it."""

from members.pins import queries
from members.register.own_page import Asked, Part


def pin(asked: Asked) -> Part | None:
    pins = list(queries.history(asked.member)) if asked.member.is_active else []
    return Part("members/pins/_own.html", {"pins": pins}) if pins else None
