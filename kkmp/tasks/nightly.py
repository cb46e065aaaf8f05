"""What is done every night: commands that the apps declare and the workers put into the queue.

A command of the cooperatives becomes one piece of work for each of them, so that a file that
somebody waits for never has to wait for all of a night. A machine that was off at night catches
up when it is started; nights that were missed altogether are not made up.
"""

import io
import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.management import CommandError, call_command
from django.db import transaction

from kkmp.lib.periods import JAKARTA
from kkmp.registry.models import Cooperative
from kkmp.tasks import work
from kkmp.tasks.models import Night

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Nightly:
    """
    :param command: of ``manage.py``; doing it twice must do no harm
    :param at: from what time on in Semarang
    :param each_cooperative: whether it takes one cooperative's code
    :param option: what stands before the code
    """

    command: str
    at: time
    each_cooperative: bool = True
    option: tuple[str, ...] = ("--cooperative",)


_registered: dict[str, Nightly] = {}


def register(nightly: Nightly) -> None:
    """Declare a command as nightly; an app does it when it is ready."""
    _registered[nightly.command] = nightly


def registered() -> list[Nightly]:
    return sorted(_registered.values(), key=lambda nightly: (nightly.at, nightly.command))


def ask(*, at: datetime) -> list[str]:
    """Put into the queue what is due and not asked for yet; returns the commands.

    Where a command was never due before, its first night is the next one: a new installation
    has nothing to check, and whoever starts it is waiting for other things.
    """
    return [nightly.command for nightly in registered() if _ask(nightly, at)]


def _ask(nightly: Nightly, at: datetime) -> bool:
    day = _last_due(nightly, at)
    nights = Night.objects.filter(command=nightly.command)
    if nights.filter(day__gte=day).exists():
        return False
    with transaction.atomic():
        is_first = not nights.exists()
        _night, is_mine = Night.objects.get_or_create(command=nightly.command, day=day)
        if is_first or not is_mine:
            return False
        if nightly.each_cooperative:
            for pk in Cooperative.objects.order_by("code").values_list("pk", flat=True):
                at_cooperative.enqueue(cooperative_id=str(pk), command=nightly.command)
        else:
            for_all.enqueue(command=nightly.command)
    return True


def _last_due(nightly: Nightly, at: datetime) -> date:
    now = at.astimezone(JAKARTA)
    return now.date() if now.time() >= nightly.at else now.date() - timedelta(days=1)


@work.for_cooperative(attempts=3, priority=work.LATER)
def at_cooperative(cooperative_id: UUID, command: str) -> None:
    """One nightly command at one cooperative."""
    code = Cooperative.objects.values_list("code", flat=True).get(pk=cooperative_id)
    _run(_registered[command], code)


@work.shared(attempts=3, priority=work.LATER)
def for_all(command: str) -> None:
    """One nightly command on shared tables."""
    _run(_registered[command])


def _run(nightly: Nightly, *codes: str) -> None:
    """What the command says may name people, so the log says only where to ask it again."""
    options = [*nightly.option, *codes] if codes else []
    try:
        call_command(nightly.command, *options, stdout=io.StringIO())
    except CommandError:
        line = " ".join([nightly.command, *options])
        _log.error("a nightly check has found something; `manage.py %s` names it", line)
        raise work.WorkFailed(nightly.command) from None
