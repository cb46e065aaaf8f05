"""What published figures add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences
from kkmp.access.audit_sentences import Group
from kkmp.city.figures.models import Measure, State


def register() -> None:
    audit_sentences.register(
        Group.CITY,
        {
            "reported.record": _(
                "%(who)s recorded a published figure: %(measure)s %(value)s (%(as_of)s)"
            ),
            "reported.correct": _(
                "%(who)s corrected a published figure: %(measure)s %(value)s (%(as_of)s)"
            ),
        },
        words={"measure": Measure, "state": State},
    )
