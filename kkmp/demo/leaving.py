"""Members of the demo who leave, and one who moves."""

from datetime import date, timedelta

from kkmp.demo.acting import Story
from members.leaving.models import ExitReason
from members.leaving.services import exits
from members.leaving.services.exits import Decision, Heir
from members.register.models import Member


def leaver(story: Story, number: int) -> Member:
    """A member who joined early, has paid every month and holds no office."""
    return story.members[len(story.members) // 3 - number]


def one_resigns(story: Story, day: date) -> None:
    """A resignation that is recorded, decided and paid out at once."""
    exit = exits.request(
        member=leaver(story, 1),
        reason=ExitReason.RESIGNED,
        note="Surat pengunduran diri",
        key=story.key("exit resigned"),
        on=day,
        by=story.clerk,
    )
    exits.decide(
        exit=exit,
        decision=Decision("CONTOH/BA-PENGURUS/07", decided_on=day + timedelta(days=3)),
        key=story.key("decision resigned"),
        on=day + timedelta(days=3),
        by=story.chair,
    )


def one_dies(story: Story, day: date) -> None:
    """A death: the leaving is decided, and the heir will be paid in a fortnight."""
    heir = Heir("Ahli waris (rekaan)", "Istri", "+628009999901")
    exit = exits.request(
        member=leaver(story, 2),
        reason=ExitReason.DIED,
        heir=heir,
        key=story.key("exit died"),
        on=day,
        by=story.clerk,
    )
    decided = day + timedelta(days=4)
    exits.decide(
        exit=exit,
        decision=Decision(
            "CONTOH/BA-PENGURUS/08", decided_on=decided, pay_on=story.last + timedelta(days=14)
        ),
        key=story.key("decision died"),
        on=decided,
        by=story.chair,
    )


def one_moves(story: Story, day: date) -> None:
    """A member who moves away: the leaving is recorded and not decided yet."""
    exits.request(
        member=leaver(story, 3),
        reason=ExitReason.MOVED,
        note="Pindah ke Ungaran",
        key=story.key("exit moved"),
        on=day,
        by=story.clerk,
    )
