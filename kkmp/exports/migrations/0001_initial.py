import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kkmp.lib.ids
import kkmp.registry.constraints


class Migration(migrations.Migration):
    initial = True

    dependencies = [("access", "__first__"), ("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ExportJob",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("list_code", models.CharField(max_length=40, verbose_name="list")),
                ("query", models.CharField(blank=True, max_length=1000)),
                ("language", models.CharField(max_length=10)),
                ("on", models.DateField(verbose_name="date")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Being made"), ("done", "Ready"), ("interrupted", "Interrupted"), ("failed", "Failed")], default="running", max_length=11, verbose_name="status"
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="rows written")),
                ("total", models.PositiveIntegerField(verbose_name="rows")),
                ("filename", models.CharField(max_length=160, verbose_name="file name")),
                ("content_sealed", models.BinaryField(null=True)),
                ("size", models.PositiveIntegerField(default=0, verbose_name="size")),
                ("created_at", models.DateTimeField(verbose_name="asked for at")),
                ("created_by", models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="asked for by")),
                ("beat_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                ("downloaded_at", models.DateTimeField(blank=True, null=True, verbose_name="first fetched at")),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "indexes": [models.Index(fields=["cooperative", "created_by", "-created_at"], name="exports_job_latest")],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="exports_exportjob_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="exports_exportjob_rows"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("state", "running")), models.Q(models.Q(("state", "running"), _negated=True), ("finished_at__isnull", False)), _connector="OR"
                        ),
                        name="exports_job_finished_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("content_sealed", None), ("size", 0)), models.Q(("content_sealed__isnull", False), ("size__gt", 0), ("state", "done")), _connector="OR"),
                        name="exports_job_content_when_done",
                    ),
                    models.CheckConstraint(condition=models.Q(("downloaded_at", None), ("state", "done"), _connector="OR"), name="exports_job_fetched_when_done"),
                    models.UniqueConstraint(condition=models.Q(("state", "running")), fields=("cooperative", "created_by", "list_code", "query", "language"), name="exports_job_one_at_a_time"),
                ],
            },
        )
    ]
