"""An application."""

from django.utils import timezone

from kkmp.lib.ids import new_id
from members.joining import notices
from members.joining.services import applications
from members.models import Application
from members.register.services import membership
from tests.guards.side import Side

WEIGHT = 32
KINDS = {"application": (Application, {})}
PLAIN = """
    address age agency birth_place channel is_given keadaan means name next nik note
    notice_version occupation phone purpose remarks rw state status untuk why
"""


def furnish(side: Side) -> None:
    applications.submit(
        cooperative=side.cooperative,
        particulars=membership.Particulars(name=f"Citra {side.word}", phone="+6281200000099"),
        notice_version=notices.CURRENT,
        key=new_id(),
        at=timezone.now(),
    )
