import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kkmp.lib.ids
import kkmp.registry.constraints
import kkmp.registry.tenancy


class Migration(migrations.Migration):
    initial = True

    dependencies = [("access", "__first__"), ("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("filename", models.CharField(max_length=120, verbose_name="file name")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[("uploaded", "In progress"), ("imported", "Imported"), ("discarded", "Discarded"), ("undone", "Undone")], default="uploaded", max_length=10, verbose_name="status"
                    ),
                ),
                ("is_mapped", models.BooleanField(default=False)),
                ("table_sealed", models.BinaryField(null=True)),
                ("choices_sealed", models.BinaryField(null=True)),
                ("balance_on", models.DateField(verbose_name="balances as of")),
                ("imported_rows", models.PositiveIntegerField(default=0, verbose_name="rows imported")),
                ("changed_rows", models.PositiveIntegerField(default=0, verbose_name="rows changed")),
                ("existing_rows", models.PositiveIntegerField(default=0, verbose_name="rows known already")),
                ("problem_rows", models.PositiveIntegerField(default=0, verbose_name="rows with problems")),
                ("skipped_rows", models.PositiveIntegerField(default=0, verbose_name="rows skipped")),
                ("amounts", models.JSONField(default=dict)),
                ("journals", models.PositiveIntegerField(default=0, verbose_name="journals")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="sent at")),
                ("created_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="sent by")),
                ("imported_at", models.DateTimeField(blank=True, null=True, verbose_name="imported at")),
                ("kept_sealed", models.BinaryField(null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
                ("undone_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="undone by")),
                ("undone_why", models.CharField(blank=True, max_length=120, verbose_name="why")),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "indexes": [models.Index(fields=["cooperative", "kind", "-created_at"], name="imports_batch_latest")],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="imports_importbatch_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="imports_importbatch_rows"),
                    models.CheckConstraint(condition=models.Q(models.Q(("status", "imported"), _negated=True), ("imported_at__isnull", False), _connector="OR"), name="imports_batch_imported_at"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("status", "uploaded"), _negated=True), models.Q(("choices_sealed__isnull", False), ("table_sealed__isnull", False)), _connector="OR"),
                        name="imports_batch_has_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("status", "discarded"), _negated=True), models.Q(("choices_sealed", None), ("table_sealed", None)), _connector="OR"),
                        name="imports_batch_discarded_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("undone_why", ""), _negated=True), ("imported_at__isnull", False), ("kept_sealed", None), ("status", "undone"), ("undone_at__isnull", False)),
                            models.Q(models.Q(("status", "undone"), _negated=True), ("undone_at", None), ("undone_why", "")),
                            _connector="OR",
                        ),
                        name="imports_batch_undone_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("batch", kkmp.registry.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="items", to="imports.importbatch")),
                ("subject_id", models.UUIDField()),
                ("is_new", models.BooleanField(verbose_name="added")),
                ("fingerprint", models.BinaryField()),
            ],
            options={
                "verbose_name": "item of an import",
                "verbose_name_plural": "items of imports",
                "indexes": [models.Index(fields=["cooperative", "subject_id"], name="imports_item_subject")],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="imports_batchitem_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="imports_batchitem_rows"),
                    kkmp.registry.constraints.CompositeForeignKey("batch", name="imports_batchitem_batch_tenant"),
                    kkmp.registry.constraints.AppendOnly(name="imports_batchitem_append_only"),
                    models.UniqueConstraint(fields=("cooperative", "batch", "subject_id"), name="imports_item_once"),
                ],
            },
        ),
    ]
