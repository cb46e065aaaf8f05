import re
from typing import ClassVar, Self, TypeAlias, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Recorded
from kkmp.registry.models.cooperatives import EXTRAORDINARY
from kkmp.registry.tenancy import (
    TenantForeignKey,
    TenantManager,
    TenantModel,
    TenantQuerySet,
    tenant_constraints,
)
from members.register.persons import Person

#: Members, alone or with what a query brings along.
People = TypeVar("People", bound="Member", covariant=True)


class Status(models.TextChoices):
    """The funnel, from a name on an RW list to a member, and out again."""

    LEAD = "lead", _("Lead")
    APPLIED = "applied", _("Applied")
    INCOMPLETE = "incomplete", _("Incomplete")
    ACTIVE = "active", _("Active")
    LEFT = "left", _("Left")


class Category(models.TextChoices):
    """UU 25/1992 art. 18: who cannot be a full member may be an extraordinary one."""

    ORDINARY = "ordinary", _("Member")
    #: From outside the kelurahan.
    EXTRAORDINARY = EXTRAORDINARY, _("Extraordinary member")


class MemberQuerySet(TenantQuerySet[People]):
    def with_status(self, *statuses: str) -> Self:
        return self.filter(status__in=statuses)

    def search(self, text: str) -> Self:
        """What people type into one box: part of a name, a member number, part of a phone number.

        A NIK finds nobody here: what is typed stands in an address, and could be guessed at.
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
        return self.filter(found)


#: Some of a register, with nothing brought along.
Members: TypeAlias = "MemberQuerySet[Member]"


class Member(Recorded, TenantModel, Person):
    """Somebody on the cooperative's register, from lead to former member.

    The identity number (NIK) is kept sealed and as a keyed hash, which makes it unique within the
    cooperative and finds it. No part of it stands in the clear or has a hash of its own, because
    area, birth date, sex and the last four digits together are the number. The number of a
    member is given on becoming active.
    """

    party = TenantForeignKey("finance.Party", verbose_name=_("party"))
    number = models.PositiveIntegerField(_("member number"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    applied_on = models.DateField(_("registered on"))
    joined_on = models.DateField(_("member since"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    category = models.CharField(
        _("category"), max_length=13, choices=Category, default=Category.ORDINARY
    )
    #: Counts edits of particulars, so that two people editing at once notice.
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar = TenantManager.from_queryset(MemberQuerySet)()

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
                condition=models.Q(nik_sealed=None, nik_hash=None)
                | models.Q(nik_sealed__isnull=False, nik_hash__isnull=False),
                name="members_nik_sealed_with_hash",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "status", "name"], name="members_status_name"),
            models.Index(fields=["cooperative", "phone"], name="members_phone"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE


class StatusChange(TenantModel):
    """A step through the funnel; the register keeps them all."""

    member = TenantForeignKey(Member, related_name="status_changes")
    before = models.CharField(max_length=10, choices=Status, blank=True)
    after = models.CharField(max_length=10, choices=Status)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = tenant_constraints("member", append_only=True)
        indexes = [models.Index(fields=["cooperative", "member"], name="members_change_member")]
