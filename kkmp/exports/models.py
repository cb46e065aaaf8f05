from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.lib.existing import present
from kkmp.registry.tenancy import TenantModel, tenant_constraints

#: A job whose process gives no sign of life for so long is taken for dead.
SILENCE = timedelta(seconds=30)
#: A job that no worker has taken for so long is given up.
PATIENCE = timedelta(hours=1)
#: A file is forgotten so long after it was made, and sooner once it has been fetched.
KEPT_FOR = timedelta(days=1)
KEPT_AFTER_DOWNLOAD = timedelta(hours=1)


class JobState(models.TextChoices):
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    #: The process that made it was ended.
    INTERRUPTED = "interrupted", _("Interrupted")
    FAILED = "failed", _("Failed")


class ExportJob(TenantModel):
    """A list that somebody takes out and that takes a while; only they may have the file.

    The file is sealed, because lists hold what people have told, and forgotten soon.
    """

    #: Of the :class:`~kkmp.exports.lists.ExportList`.
    list_code = models.CharField(_("list"), max_length=40)
    #: What stands behind the ``?`` of the page's address, as :func:`~kkmp.exports.words.plain`.
    query = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=10)
    on = models.DateField(_("date"))
    state = models.CharField(_("status"), max_length=11, choices=JobState, default=JobState.RUNNING)
    done = models.PositiveIntegerField(_("rows written"), default=0)
    total = models.PositiveIntegerField(_("rows"))
    filename = models.CharField(_("file name"), max_length=160)
    content_sealed = models.BinaryField(null=True)
    #: Of the file, in bytes; 0 while there is none and when it is forgotten.
    size = models.PositiveIntegerField(_("size"), default=0)
    created_at = models.DateTimeField(_("asked for at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name=_("asked for by")
    )
    #: The last sign of life of the process that makes it; empty while it waits its turn.
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    downloaded_at = models.DateTimeField(_("first fetched at"), null=True, blank=True)

    #: Set by the service on what it returns: nobody makes it yet.
    is_new = False

    class Meta(TenantModel.Meta):
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            *tenant_constraints(),
            models.CheckConstraint(
                condition=models.Q(state=JobState.RUNNING, finished_at=None)
                | models.Q(~models.Q(state=JobState.RUNNING), finished_at__isnull=False),
                name="exports_job_finished_at",
            ),
            models.CheckConstraint(
                condition=models.Q(content_sealed=None, size=0)
                | models.Q(content_sealed__isnull=False, size__gt=0, state=JobState.DONE),
                name="exports_job_content_when_done",
            ),
            models.CheckConstraint(
                condition=models.Q(downloaded_at=None) | models.Q(state=JobState.DONE),
                name="exports_job_fetched_when_done",
            ),
            # A double click asks for one file.
            models.UniqueConstraint(
                fields=["cooperative", "created_by", "list_code", "query", "language"],
                condition=models.Q(state=JobState.RUNNING),
                name="exports_job_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["cooperative", "created_by", "-created_at"], name="exports_job_latest"
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_running(self) -> bool:
        return self.state == JobState.RUNNING

    @property
    def is_waiting(self) -> bool:
        """Whether no worker has taken it yet."""
        return self.is_running and self.beat_at is None

    def is_silent(self, at: datetime) -> bool:
        """Whether the process that should make it seems to be dead, or none comes for it."""
        if self.beat_at is None:
            return self.is_running and at - self.created_at > PATIENCE
        return self.is_running and at - self.beat_at > SILENCE

    def has_file(self, at: datetime) -> bool:
        """Whether the file can still be fetched."""
        return self.size > 0 and at < self.kept_until

    @property
    def kept_until(self) -> datetime:
        """The moment at which the file is deleted; only for a finished job."""
        last = present(self.finished_at, "a finished job is asked") + KEPT_FOR
        if self.downloaded_at is None:
            return last
        return min(last, self.downloaded_at + KEPT_AFTER_DOWNLOAD)
