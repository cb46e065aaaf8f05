"""Payments of many members taken together: a meeting's collection, or an older system's bills."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Keyed
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class CollectionSource(models.TextChoices):
    MEETING = "meeting", _("Collected together")
    #: Payments that another system recorded, by member number and month.
    BILLS = "bills", _("Taken over from another system")


class Collection(Keyed, TenantModel):
    """One act that took payments of many members; it never changes, as its entries."""

    number = models.PositiveBigIntegerField(_("number"))
    source = models.CharField(_("source"), max_length=7, choices=CollectionSource)
    #: Where or from whom: ``Rapat RW 03``.
    title = models.CharField(_("title"), max_length=80)
    date = models.DateField(_("date"))
    payments = models.PositiveIntegerField(_("payments"))
    total_idr = models.BigIntegerField(_("total"))
    taken_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        constraints = [
            *tenant_constraints(append_only=True),
            models.UniqueConstraint(fields=["cooperative", "key"], name="members_collection_key"),
            models.UniqueConstraint(
                fields=["cooperative", "number"], name="members_collection_number"
            ),
            models.CheckConstraint(
                condition=models.Q(payments__gt=0, total_idr__gt=0),
                name="members_collection_takes_something",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "date"], name="members_collection_date")]

    def __str__(self) -> str:
        return self.title


class CollectionEntry(TenantModel):
    """A savings entry that a collection made."""

    collection = TenantForeignKey(Collection, related_name="entries")
    entry = TenantForeignKey("members.SavingsEntry", related_name="collected")

    class Meta(TenantModel.Meta):
        constraints = [
            *tenant_constraints("collection", "entry", append_only=True),
            models.UniqueConstraint(fields=["cooperative", "entry"], name="members_collected_once"),
        ]
        indexes = [
            models.Index(fields=["cooperative", "collection"], name="members_collected_by"),
        ]
