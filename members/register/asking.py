"""Judging a NIK that is searched for, before the cooperative's transaction begins."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from kkmp.access.services.tries import TooManyTries
from kkmp.access.web import CoopRequest
from members.register.forms import ByNik
from members.register.services import by_nik


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of the number that was typed.

    :param found: None where nobody has it, or nothing was typed
    """

    form: ByNik
    found: UUID | None = None


class AskingRequest(CoopRequest):
    """A request whose number has been looked for."""

    asked: Asked


def judge(request: AskingRequest) -> None:
    """Set ``request.asked``; a number that nobody has stays counted."""
    form, member = ByNik(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        nik = form.cleaned_data["nik"]
        try:
            member = by_nik.find(
                cooperative=request.cooperative, nik=nik, at=timezone.now(), by=request.user
            )
            if member is None:
                form.refuse_unknown()
        except TooManyTries as refusal:
            form.add_error("nik", str(refusal))
    request.asked = Asked(form, member.id if member else None)
