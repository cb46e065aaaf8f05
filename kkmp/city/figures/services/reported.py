"""Writing down what others have published, with its source; mistakes are corrected in place."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.city.figures.models import Measure, ReportedFigure, State
from kkmp.lib.errors import DomainError
from kkmp.lib.money import group_thousands
from kkmp.lib.periods import refuse_far

#: A regency has fewer people than a hundred million, and its cooperatives less than a hundred
#: trillion rupiah.
MOST_COUNTED = 100_000_000
MOST_IDR = 100_000_000_000_000


class FigureRefused(DomainError):
    """The figure contradicts itself or one that stands already."""


@transaction.atomic
def record(*, figure: ReportedFigure, today: date, by: User) -> ReportedFigure:
    """Write a published figure, or the corrected version of one.

    :param today: nobody has counted the days after it
    :raises FigureRefused: the value does not fit its state or is below zero, nobody is named as
        its source, a day has not come or is not meant, or the series has a figure of that day
        already
    """
    if (figure.state == State.REPORTED) != (figure.value is not None):
        raise FigureRefused(
            _("A reported figure has a value; one that is not reported or unknown has none."),
            field="value",
        )
    if figure.value is not None and figure.value < 0:
        raise FigureRefused(_("A figure cannot be below zero."), field="value")
    most = MOST_IDR if Measure(figure.measure).is_money else MOST_COUNTED
    if figure.value is not None and figure.value > most:
        raise FigureRefused(
            _("At most %(limit)s.") % {"limit": group_thousands(most)}, field="value"
        )
    _refuse_days(figure, today)
    _refuse_unsaid(figure)
    if figure.kelurahan and figure.kelurahan.kecamatan.regency_id != figure.regency_id:
        raise FigureRefused(_("This kelurahan lies in another regency."), field="kelurahan")
    same = ReportedFigure.objects.filter(
        regency_id=figure.regency_id,
        kelurahan_id=figure.kelurahan_id,
        series=figure.series,
        measure=figure.measure,
        as_of=figure.as_of,
    )
    if same.exclude(pk=figure.pk).exists():
        raise FigureRefused(_("This series already has a figure of that day."), field="as_of")
    is_new = figure._state.adding
    figure.save()
    audit.record_system(
        action="reported.record" if is_new else "reported.correct",
        by=by,
        subject=figure,
        measure=figure.measure,
        as_of=figure.as_of.isoformat(),
        value=figure.value,
        state=figure.state,
    )
    return figure


def _refuse_days(figure: ReportedFigure, today: date) -> None:
    if figure.as_of > today:
        raise FigureRefused(_("This day has not come yet."), field="as_of")
    for name in ("as_of", "since"):
        refuse_far(getattr(figure, name), on=today, field=name, refusal=FigureRefused)
    if figure.since and figure.since > figure.as_of:
        raise FigureRefused(_("The first day lies after the last."), field="since")


def _refuse_unsaid(figure: ReportedFigure) -> None:
    """Refuse a figure that does not say whom it covers and who has published it."""
    for name in ("coverage", "coverage_en", "source_name"):
        if not getattr(figure, name).strip():
            raise FigureRefused(
                _("Write whom the figure covers, in both languages, and who has published it."),
                field=name,
            )
