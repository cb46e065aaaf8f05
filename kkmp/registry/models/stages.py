from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantModel, tenant_constraints


class Stage(models.IntegerChoices):
    """The stages from nothing to a growing business; each needs evidence."""

    NONE = 0, _("Not started yet")
    DELIBERATION = 1, _("Founding meeting")
    DEED = 2, _("Notarial deed")
    LEGAL_ENTITY = 3, _("Legal entity")
    FULLY_LICENSED = 4, _("Papers complete")
    PORTAL_ACCOUNT = 5, _("Simkopdes account")
    READY = 6, _("Ready to operate")
    OPERATING = 7, _("Operating")
    GROWING = 8, _("Growing")

    @property
    def needs_verification(self) -> bool:
        """Whether the stage counts only once the Dinas has verified it."""
        return self >= Stage.OPERATING


class StageStep(TenantModel):
    """A stage of the ladder that a cooperative reached, with its evidence.

    A stage from *operating* up counts only when verified. A withdrawn step stays on record.
    """

    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage)
    reached_on = models.DateField(_("reached on"))
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    document = models.FileField(_("document"), upload_to="stages/%Y/", blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("recorded by")
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("verified by"),
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_why = models.CharField(_("why withdrawn"), max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("stage step")
        verbose_name_plural = _("stage steps")
        constraints = [
            *tenant_constraints(city_reads=True),
            models.UniqueConstraint(
                fields=["cooperative", "stage"],
                condition=models.Q(withdrawn_on=None),
                name="registry_stage_once",
            ),
            models.CheckConstraint(
                condition=models.Q(stage__gte=1, stage__lte=8), name="registry_stage_known"
            ),
            models.CheckConstraint(
                condition=models.Q(verified_by=None, verified_on=None)
                | models.Q(verified_by__isnull=False, verified_on__isnull=False),
                name="registry_stage_verified_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def counts(self) -> bool:
        """Whether it lifts its cooperative: not withdrawn, and verified where it must be."""
        if self.withdrawn_on is not None:
            return False
        return self.verified_on is not None or not Stage(self.stage).needs_verification
