import re
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.identity import Nik
from kkmp.lib.seal import keyed_hash, unseal
from kkmp.registry.tenancy import (
    TenantForeignKey,
    TenantModel,
    TenantQuerySet,
    tenant_constraints,
)


class Status(models.TextChoices):
    """The funnel, from a name on an RW list to a member, and out again."""

    LEAD = "lead", _("Lead")
    APPLIED = "applied", _("Applied")
    INCOMPLETE = "incomplete", _("Incomplete")
    ACTIVE = "active", _("Active")
    LEFT = "left", _("Left")


class Sex(models.TextChoices):
    FEMALE = "F", _("Woman")
    MALE = "M", _("Man")


class MemberQuerySet(TenantQuerySet):
    def with_status(self, *statuses: str) -> Self:
        return self.filter(status__in=statuses)

    def search(self, cooperative_id: object, text: str) -> Self:
        """What people type into one box: part of a name, a member number, part of a phone
        number, or the last four digits of a NIK.
        """
        words = text.split()
        named = models.Q(*(models.Q(name__icontains=word) for word in words))
        digits = re.sub(r"[\s().+-]", "", text)
        if not re.fullmatch(r"[0-9]{1,15}", digits):
            return self.filter(named)
        found = named | models.Q(number=int(digits)) if len(digits) < 10 else named
        if len(digits) >= 4:
            # Kept as +62812…, typed as 0812…, 62812… or any part of it.
            found |= models.Q(phone__contains=re.sub("^(62|0)", "", digits))
        if len(digits) == 4:
            found |= models.Q(nik_last4_hash=nik_last4_hash(cooperative_id, digits))
        return self.filter(found)


class Member(TenantModel):
    """Somebody on the cooperative's register, from lead to former member.

    The identity number (NIK) is kept sealed and as keyed hashes: of the whole, which makes it
    unique within the cooperative, and of its last four digits, which finds it. No part of it
    stands in the clear, because area, birth date, sex and the last four digits together are
    the number. The number of a member is given on becoming active.
    """

    party = TenantForeignKey("finance.Party", verbose_name=_("party"))
    number = models.PositiveIntegerField(_("member number"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    name = models.CharField(_("name"), max_length=120)
    nik_sealed = models.BinaryField(null=True)
    nik_hash = models.BinaryField(null=True)
    nik_last4_hash = models.BinaryField(null=True)
    birth_place = models.CharField(_("place of birth"), max_length=60, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    rt = models.CharField(_("RT"), max_length=3, blank=True)
    rw = models.CharField(_("RW"), max_length=3, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    occupation = models.CharField(_("occupation"), max_length=60, blank=True)
    is_civil_servant = models.BooleanField(_("civil servant (ASN)"), default=False)
    agency = models.CharField(_("agency (OPD)"), max_length=120, blank=True)
    applied_on = models.DateField(_("registered on"))
    joined_on = models.DateField(_("member since"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    #: Counts edits of particulars, so that two people editing at once notice.
    version = models.PositiveIntegerField(default=1)

    #: Set by the service on what it returns: the form had been sent before.
    was_registered_before = False

    objects = models.Manager.from_queryset(MemberQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            *tenant_constraints("party"),
            models.UniqueConstraint(fields=["cooperative", "nik_hash"], name="members_nik_once"),
            models.UniqueConstraint(fields=["cooperative", "number"], name="members_number_once"),
            models.CheckConstraint(
                condition=~models.Q(status="active") | models.Q(number__isnull=False),
                name="members_active_has_number",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="active") | models.Q(joined_on__isnull=False),
                name="members_active_has_joined",
            ),
            models.CheckConstraint(
                condition=models.Q(nik_sealed=None, nik_hash=None, nik_last4_hash=None)
                | models.Q(
                    nik_sealed__isnull=False,
                    nik_hash__isnull=False,
                    nik_last4_hash__isnull=False,
                ),
                name="members_nik_sealed_with_hash",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "status", "name"], name="members_status_name"),
            models.Index(fields=["cooperative", "nik_last4_hash"], name="members_nik_last4"),
            models.Index(fields=["cooperative", "phone"], name="members_phone"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def nik_masked(self) -> str:
        """``3374********0012``; empty where there is none."""
        return Nik(self.unsealed_nik()).masked() if self.nik_sealed else ""

    @property
    def nik_hash_bytes(self) -> bytes | None:
        """The hash as bytes, whether it was just made or has come from the database."""
        return None if self.nik_hash is None else bytes(self.nik_hash)

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE

    def unsealed_nik(self) -> str:
        """The identity number in the clear. Ask for it only in an audited act."""
        return unseal(bytes(self.nik_sealed)) if self.nik_sealed else ""


class StatusChange(TenantModel):
    """A step through the funnel; the register keeps them all."""

    member = TenantForeignKey(Member, related_name="status_changes")
    before = models.CharField(max_length=10, choices=Status, blank=True)
    after = models.CharField(max_length=10, choices=Status)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = tenant_constraints("member")
        indexes = [models.Index(fields=["cooperative", "member"], name="members_change_member")]


def nik_hash(cooperative_id: object, digits: str) -> bytes:
    """The keyed hash of an identity number, different in every cooperative."""
    return keyed_hash("nik", str(cooperative_id), digits)


def nik_last4_hash(cooperative_id: object, last4: str) -> bytes:
    """The keyed hash of an identity number's last four digits."""
    return keyed_hash("nik.last4", str(cooperative_id), last4)
