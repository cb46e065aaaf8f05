"""What a member sees of the own mandatory savings."""

from kkmp.registry import queries as registry
from members.dues.queries import grid
from members.dues.queries.arrears import Rules, paid_by
from members.register.own_page import Asked, Part


def dues(asked: Asked) -> Part | None:
    """What is asked a month, and this year month by month: paid, due, ahead."""
    member, on = asked.member, asked.on
    if not member.is_active:
        return None
    monthly_idr = registry.settings_on(member.cooperative, on).mandatory_of(member.category)
    if not monthly_idr:
        return None
    rules = Rules.of(member.cooperative)
    words = grid.Words.of(on.year)
    context = {
        "monthly_idr": monthly_idr,
        "year": on.year,
        "row": grid.row(rules, member, paid_by(member, rules), words, on=on),
    }
    return Part("members/dues/_own.html", context, styles=("kkmp/css/dues.css",))
