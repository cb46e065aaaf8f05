from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.imports.choices import Choices
from kkmp.imports.tables import Table
from kkmp.lib.seal import unseal
from kkmp.registry.tenancy import TenantModel, tenant_constraints


class BatchStatus(models.TextChoices):
    UPLOADED = "uploaded", _("In progress")
    IMPORTED = "imported", _("Imported")
    DISCARDED = "discarded", _("Discarded")


class ImportBatch(TenantModel):
    """One file that was sent in, and how far its rows have come.

    What it holds is sealed, because lists of members hold identity numbers. It is there to go
    on with, and forgotten when nothing more can be done with it: all of it when the batch is
    discarded, the rows that went in when it is imported. What stays then are the rows that
    did not go in, until they are forgotten too.
    """

    #: Of the :class:`~kkmp.imports.kinds.ImportKind`.
    kind = models.CharField(_("kind"), max_length=20)
    filename = models.CharField(_("file name"), max_length=120)
    sha256 = models.CharField(max_length=64, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=BatchStatus, default=BatchStatus.UPLOADED
    )
    #: Whether somebody has looked at which column is which.
    is_mapped = models.BooleanField(default=False)
    table_sealed = models.BinaryField(null=True)
    choices_sealed = models.BinaryField(null=True)
    #: The day that opening balances are dated.
    balance_on = models.DateField(_("balances as of"))
    imported_rows = models.PositiveIntegerField(_("rows imported"), default=0)
    existing_rows = models.PositiveIntegerField(_("rows known already"), default=0)
    problem_rows = models.PositiveIntegerField(_("rows with problems"), default=0)
    skipped_rows = models.PositiveIntegerField(_("rows skipped"), default=0)
    #: Sums posted, in rupiah, by the names of the kind's totals.
    amounts = models.JSONField(default=dict)
    journals = models.PositiveIntegerField(_("journals"), default=0)
    created_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    imported_at = models.DateTimeField(_("imported at"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            *tenant_constraints(),
            models.CheckConstraint(
                condition=~models.Q(status=BatchStatus.IMPORTED)
                | models.Q(imported_at__isnull=False),
                name="imports_batch_imported_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=BatchStatus.UPLOADED)
                | models.Q(table_sealed__isnull=False, choices_sealed__isnull=False),
                name="imports_batch_has_content",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=BatchStatus.DISCARDED)
                | models.Q(table_sealed=None, choices_sealed=None),
                name="imports_batch_discarded_is_empty",
            ),
        ]
        indexes = [
            models.Index(
                fields=["cooperative", "kind", "-created_at"], name="imports_batch_latest"
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_open(self) -> bool:
        return self.status == BatchStatus.UPLOADED

    @property
    def has_content(self) -> bool:
        """Whether there are rows left to work on or to give back."""
        return self.table_sealed is not None

    def table(self) -> Table:
        """The rows, unsealed. Ask only where :attr:`has_content`."""
        assert self.table_sealed is not None
        return Table.loaded(unseal(bytes(self.table_sealed)))

    def choices(self) -> Choices:
        """What was chosen so far, unsealed. Ask only where :attr:`has_content`."""
        assert self.choices_sealed is not None
        return Choices.loaded(unseal(bytes(self.choices_sealed)))
