from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kkmp.imports.choices import Choices
from kkmp.imports.tables import Table
from kkmp.lib.existing import present
from kkmp.lib.seal import unseal
from kkmp.registry.tenancy import TenantForeignKey, TenantModel, tenant_constraints


class BatchStatus(models.TextChoices):
    UPLOADED = "uploaded", _("In progress")
    IMPORTED = "imported", _("Imported")
    DISCARDED = "discarded", _("Discarded")
    UNDONE = "undone", _("Undone")


class ImportBatch(TenantModel):
    """A file that was sent, and what has become of its rows.

    The content is encrypted, because lists of members hold identity numbers, and is deleted as
    soon as it is not needed: all of it when the batch is discarded; when it is imported, the
    rows that were imported. The other rows stay until they are forgotten too.
    """

    #: The code of its :class:`~kkmp.imports.kinds.ImportKind`.
    kind = models.CharField(_("kind"), max_length=20)
    filename = models.CharField(_("file name"), max_length=120)
    sha256 = models.CharField(max_length=64, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=BatchStatus, default=BatchStatus.UPLOADED
    )
    #: Whether a user has confirmed which column is which.
    is_mapped = models.BooleanField(default=False)
    table_sealed = models.BinaryField(null=True)
    choices_sealed = models.BinaryField(null=True)
    #: The day that opening balances are dated.
    balance_on = models.DateField(_("balances as of"))
    imported_rows = models.PositiveIntegerField(_("rows imported"), default=0)
    changed_rows = models.PositiveIntegerField(_("rows changed"), default=0)
    existing_rows = models.PositiveIntegerField(_("rows known already"), default=0)
    problem_rows = models.PositiveIntegerField(_("rows with problems"), default=0)
    skipped_rows = models.PositiveIntegerField(_("rows skipped"), default=0)
    #: Sums that were posted, in rupiah, by the names of the kind's totals.
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
    #: Old values of what the import changed; deleted when it can no longer be undone.
    kept_sealed = models.BinaryField(null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_why = models.CharField(_("why"), max_length=120, blank=True)

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
            models.CheckConstraint(
                condition=models.Q(
                    ~models.Q(undone_why=""),
                    status="undone",
                    undone_at__isnull=False,
                    imported_at__isnull=False,
                    kept_sealed=None,
                )
                | models.Q(~models.Q(status="undone"), undone_at=None, undone_why=""),
                name="imports_batch_undone_whole",
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
        """Whether it still has rows, to be imported or to be given back as a file."""
        return self.table_sealed is not None

    def kept(self) -> str:
        """The old values of what the import changed, decrypted; empty if there are none."""
        return unseal(bytes(self.kept_sealed)) if self.kept_sealed is not None else ""

    def table(self) -> Table:
        """The rows, decrypted. Only for a batch that :attr:`has_content`."""
        return Table.loaded(unseal(bytes(present(self.table_sealed, "the batch has content"))))

    def choices(self) -> Choices:
        """The user's choices, decrypted. Only for a batch that :attr:`has_content`."""
        return Choices.loaded(unseal(bytes(present(self.choices_sealed, "the batch has content"))))


class BatchItem(TenantModel):
    """Something that an import has added or changed, such as a person. It never changes.

    There is no foreign key to it: its table is of an app above this one.
    """

    batch = TenantForeignKey(ImportBatch, related_name="items")
    subject_id = models.UUIDField()
    is_new = models.BooleanField(_("added"))
    #: Keyed hash of its content after the import, which tells later whether it was edited.
    fingerprint = models.BinaryField()

    class Meta(TenantModel.Meta):
        verbose_name = _("item of an import")
        verbose_name_plural = _("items of imports")
        constraints = [
            *tenant_constraints("batch", append_only=True),
            models.UniqueConstraint(
                fields=["cooperative", "batch", "subject_id"], name="imports_item_once"
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "subject_id"], name="imports_item_subject"),
        ]
