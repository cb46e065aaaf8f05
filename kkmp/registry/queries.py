"""Look-ups that every layer shares."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from kkmp.lib.errors import DomainError
from kkmp.registry.models import Cooperative, CooperativeSettings, Installation, Stage, StageStep


class NoSettings(DomainError):
    """No settings are in force on that day."""


def settings_on(cooperative: Cooperative, day: date) -> CooperativeSettings:
    """The settings in force on a day.

    :raises NoSettings: the day lies before the first of them
    """
    settings = CooperativeSettings.objects.of(cooperative).in_force(day).first()
    if settings is None:
        raise NoSettings(_("The cooperative's savings amounts are not set for this date."))
    return settings


def current_stage(steps: Iterable[StageStep]) -> Stage:
    """The highest stage that counts among one cooperative's steps."""
    return max((Stage(step.stage) for step in steps if step.counts), default=Stage.NONE)


def is_demo() -> bool:
    """Whether people and figures in this database are invented."""
    return Installation.objects.filter(is_demo=True).exists()
