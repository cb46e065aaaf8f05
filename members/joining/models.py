"""Before somebody is a member: an application, a consent, and whoever called on them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints
from members.register.models import Category
from members.register.persons import Person


class ApplicationState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Taken onto the register")
    DECLINED = "declined", _("Declined")


class Means(models.TextChoices):
    """How somebody told us something."""

    WEB = "web", _("Public form")
    PAPER = "paper", _("Signed paper")
    SPOKEN = "spoken", _("Spoken, at the office")


class Application(TenantModel, Person):
    """What somebody wrote into the cooperative's public form, until a clerk has decided.

    It is kept apart from the register: a stranger's typing neither takes a NIK nor tells
    whether one is registered. Once decided, nothing of the identity number is kept here.
    """

    #: Made by the page: the same form sent twice is one application.
    key = models.UUIDField(_("idempotency key"))
    state = models.CharField(
        _("state"), max_length=8, choices=ApplicationState, default=ApplicationState.WAITING
    )
    category = models.CharField(
        _("category"), max_length=13, choices=Category, default=Category.ORDINARY
    )
    notice_version = models.CharField(_("version of the privacy notice"), max_length=20)
    submitted_at = models.DateTimeField(_("sent at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_why = models.CharField(_("why"), max_length=200, blank=True)
    #: On the register since it was accepted.
    member = TenantForeignKey("members.Member", null=True, blank=True, related_name="applications")

    #: Set by the service on what it returns: the form had been sent before.
    is_repeat = False

    class Meta(TenantModel.Meta):
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            *tenant_constraints("member"),
            models.UniqueConstraint(fields=["cooperative", "key"], name="members_application_key"),
            models.CheckConstraint(
                condition=models.Q(state=ApplicationState.WAITING, decided_at=None, member=None)
                | models.Q(
                    state=ApplicationState.ACCEPTED,
                    decided_at__isnull=False,
                    member__isnull=False,
                )
                | models.Q(state=ApplicationState.DECLINED, decided_at__isnull=False, member=None),
                name="members_application_decided_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ApplicationState.WAITING)
                | models.Q(nik_sealed=None, nik_hash=None),
                name="members_application_forgets_nik",
            ),
        ]
        indexes = [
            models.Index(
                fields=["cooperative", "state", "submitted_at"], name="members_application_queue"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Consent(TenantModel):
    """Somebody agreed to a version of the privacy notice, or took that back (UU 27/2022)."""

    member = TenantForeignKey("members.Member", related_name="consents")
    notice_version = models.CharField(_("version of the privacy notice"), max_length=20)
    is_given = models.BooleanField(_("given"))
    means = models.CharField(_("means"), max_length=6, choices=Means)
    at = models.DateTimeField(_("time"))
    #: Who wrote it down; nobody where the person did it themselves.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+"
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = tenant_constraints("member", append_only=True)
        indexes = [
            models.Index(fields=["cooperative", "member", "at"], name="members_consent_latest")
        ]


class Purpose(models.TextChoices):
    """What somebody was called on for."""

    JOINING = "joining", _("Joining")
    ARREARS = "arrears", _("Mandatory savings")
    OTHER = "other", _("Other")


class Channel(models.TextChoices):
    WHATSAPP = "whatsapp", _("WhatsApp")
    CALL = "call", _("Phone call")
    VISIT = "visit", _("Visit")


class Contact(TenantModel):
    """Somebody of the cooperative called on a person; append-only."""

    member = TenantForeignKey("members.Member", related_name="contacts")
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    channel = models.CharField(_("how"), max_length=8, choices=Channel)
    on = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = tenant_constraints("member", append_only=True)
        indexes = [
            models.Index(fields=["cooperative", "member", "on"], name="members_contact_latest")
        ]
