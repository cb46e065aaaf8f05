"""Founding a cooperative: everything it needs before its first member comes."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger.services import chart
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.city.cooperatives.services import profile
from kkmp.lib.errors import DomainError
from kkmp.lib.periods import refuse_far
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, CooperativeSettings, Kelurahan
from members.savings.services import kinds

#: Naming pattern of the programme (SE Menkop 1/2025).
NAME = "Koperasi Kelurahan Merah Putih {kelurahan}"


class AlreadyEstablished(DomainError):
    """The kelurahan has its cooperative already; there is one each."""


def establish(
    *,
    kelurahan: Kelurahan,
    by: User | None,
    on: date,
    today: date,
    principal_idr: int,
    mandatory_idr: int,
    member_target: int = 500,
    ahu_number: str = "",
    nib: str = "",
    npwp: str = "",
    nomor_induk_koperasi: str = "",
    address: str = "",
    phone: str = "",
    opened_on: date | None = None,
) -> Cooperative:
    """Found the cooperative of a kelurahan, with its settings, chart and kinds of savings.

    :param on: the day its first settings are in force from; nothing can be saved before it
    :param today: amounts begin, and business is opened, within a year of it
    :param principal_idr: principal savings of a member, whole rupiah
    :param mandatory_idr: mandatory savings a month, whole rupiah
    :param opened_on: day its business opened, if it has
    :raises AlreadyEstablished: the kelurahan has a cooperative
    :raises DateError: a day lies too far off to be meant
    :raises SettingsRefused: an amount or the number of members makes no sense
    """
    refuse_far(on, on=today, field="on")
    refuse_far(opened_on, on=today, field="opened_on")
    profile.refuse_amounts({"principal_idr": principal_idr, "mandatory_idr": mandatory_idr})
    profile.refuse_target(member_target)
    if Cooperative.objects.filter(kelurahan=kelurahan).exists():
        raise AlreadyEstablished(
            _("%(kelurahan)s already has its cooperative.") % {"kelurahan": kelurahan.name}
        )
    with transaction.atomic():
        cooperative = Cooperative.objects.create(
            code=kelurahan.code.replace(".", ""),
            kelurahan=kelurahan,
            name=NAME.format(kelurahan=kelurahan.name),
            ahu_number=ahu_number,
            nib=nib,
            npwp=npwp,
            nomor_induk_koperasi=nomor_induk_koperasi,
            address=address,
            phone=phone,
            opened_on=opened_on,
        )
        with scope.cooperative(cooperative.pk):
            CooperativeSettings.objects.create(
                cooperative=cooperative,
                valid_from=on,
                principal_idr=principal_idr,
                mandatory_idr=mandatory_idr,
                member_target=member_target,
            )
            chart.lay_down(cooperative=cooperative)
            kinds.lay_down(cooperative=cooperative)
            audit.record(
                cooperative=cooperative,
                action="cooperative.establish",
                by=by,
                subject=cooperative,
                principal_idr=principal_idr,
                mandatory_idr=mandatory_idr,
            )
    return cooperative
