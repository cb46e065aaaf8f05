"""People who apply to a cooperative of the demo."""

from dataclasses import replace
from datetime import date
from random import Random

from kkmp.demo import people
from kkmp.demo.acting import Story, leads
from kkmp.lib.identity import Nik
from members.joining import notices
from members.joining.services import applications
from members.register.models import Category
from members.register.services.particulars import Particulars

#: Serial numbers of invented people who are not on the register.
_APPLICANTS = 9001

_ELSEWHERE = "33.74.12"


def apply(story: Story, _day: date) -> None:
    """Three waiting applications: without a NIK, from another kecamatan, and of a known lead."""
    for days, particulars in ((6, _hurried()), (3, _outsider(story)), (0, _known(story))):
        at = story.at(story.before(days), 19)
        applications.submit(
            cooperative=story.cooperative,
            particulars=particulars,
            notice_version=notices.CURRENT,
            key=story.key(f"application {days}"),
            at=at,
        )


def _hurried() -> Particulars:
    return Particulars(
        name="Dwi Astuti", phone="+628000009000", rw="005", category=Category.ORDINARY
    )


def _outsider(story: Story) -> Particulars:
    random = Random(f"{story.cooperative.code} outsider")
    person = people.somebody(random, serial=_APPLICANTS, kecamatan=_ELSEWHERE, on=story.last)
    return replace(
        person,
        address="Jl. Contoh No. 8, Kelurahan Jatirejo",
        category=Category.EXTRAORDINARY,
    )


def _known(story: Story) -> Particulars:
    lead = leads(story)[-1]
    return Particulars(
        name=lead.name,
        nik=Nik(lead.unsealed_nik()),
        birth_place=lead.birth_place,
        birth_date=lead.birth_date,
        sex=lead.sex,
        address=lead.address,
        rt=lead.rt,
        rw=lead.rw,
        phone=lead.phone,
        occupation=lead.occupation,
        category=Category.ORDINARY,
    )
