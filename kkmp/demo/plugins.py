"""What the demo adds to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences
from kkmp.access.audit_sentences import Group


def register() -> None:
    audit_sentences.register(
        Group.CITY,
        {
            "demo.loaded": _("The invented data were loaded, up to %(last)s"),
        },
    )
