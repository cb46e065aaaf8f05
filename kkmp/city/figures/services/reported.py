"""Writing down what others have published, with its source; mistakes are corrected in place."""

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.city.figures.models import ReportedFigure, State
from kkmp.lib.errors import DomainError


class FigureRefused(DomainError):
    """The figure contradicts itself or one that stands already."""


@transaction.atomic
def record(*, figure: ReportedFigure, by: User) -> ReportedFigure:
    """Write a published figure, or the corrected version of one.

    :raises FigureRefused: the value does not fit its state, the days are the wrong way round,
        or the series has a figure of that day already
    """
    if (figure.state == State.REPORTED) != (figure.value is not None):
        raise FigureRefused(
            _("A reported figure has a value; one that is not reported or unknown has none."),
            field="value",
        )
    if figure.since and figure.since > figure.as_of:
        raise FigureRefused(_("The first day lies after the last."), field="since")
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
