"""Who runs the cooperative and who watches over it, term by term."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.idempotency import Recorded
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from members.register.persons import Sex


class Body(models.TextChoices):
    BOARD = "board", _("Board (pengurus)")
    SUPERVISORS = "supervisors", _("Supervisors (pengawas)")


class Position(models.TextChoices):
    """A position in a body, as the Juklak of Menkop 1/2025 lists them."""

    CHAIR = "chair", _("Chair")
    VICE_BUSINESS = "vice_business", _("Vice chair for business")
    VICE_MEMBERS = "vice_members", _("Vice chair for members")
    SECRETARY = "secretary", _("Secretary")
    TREASURER = "treasurer", _("Treasurer")
    MEMBER = "member", _("Member of the body")


class Officer(Recorded, TenantModel):
    """Somebody's term in a body. A new term is a new row; an ended one stays."""

    body = models.CharField(_("body"), max_length=11, choices=Body)
    position = models.CharField(_("position"), max_length=13, choices=Position)
    name = models.CharField(_("name"), max_length=120)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    #: The kelurahan's head chairs the supervisors by office, without being a member.
    member = TenantForeignKey("members.Member", null=True, blank=True, verbose_name=_("member"))
    is_kelurahan_head = models.BooleanField(_("head of the kelurahan"), default=False)
    decision_number = models.CharField(_("number of the decision"), max_length=80, blank=True)
    started_on = models.DateField(_("in office since"))
    term_ends_on = models.DateField(_("term ends on"))
    ended_on = models.DateField(_("left office on"), null=True, blank=True)
    ended_why = models.CharField(_("why"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        constraints = [
            *tenant_constraints("member"),
            models.CheckConstraint(
                condition=models.Q(term_ends_on__gt=models.F("started_on")),
                name="members_officer_term",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="members_officer_ended_after",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "body", "started_on"], name="members_officer_body"),
        ]

    def __str__(self) -> str:
        return self.name
