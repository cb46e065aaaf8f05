"""The register and the savings as their services came to need them.

No part of an identity number stands in the clear, its last four digits are found by hash; a
correction points at what it corrects; receipts bear a number once and know their copies.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kkmp.lib.ids
from kkmp.registry.constraints import CompositeForeignKey, RowSecurity
from kkmp.registry.tenancy import TenantForeignKey


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("registry", "0001_initial"),
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint("member", "members_nik_sealed_with_hash"),
        migrations.RemoveIndex("member", "members_nik_last4"),
        migrations.RemoveField("member", "nik_area"),
        migrations.RemoveField("member", "nik_last4"),
        migrations.AddField("member", "nik_last4_hash", models.BinaryField(null=True)),
        migrations.AddIndex(
            "member",
            models.Index(fields=["cooperative", "nik_last4_hash"], name="members_nik_last4"),
        ),
        migrations.AddConstraint(
            "member",
            models.CheckConstraint(
                condition=models.Q(
                    ("nik_hash", None), ("nik_last4_hash", None), ("nik_sealed", None)
                )
                | models.Q(
                    ("nik_hash__isnull", False),
                    ("nik_last4_hash__isnull", False),
                    ("nik_sealed__isnull", False),
                ),
                name="members_nik_sealed_with_hash",
            ),
        ),
        # The same rule as before, said shorter.
        migrations.RemoveConstraint("member", "members_active_has_number"),
        migrations.AddConstraint(
            "member",
            models.CheckConstraint(
                condition=models.Q(("status", "active"), _negated=True)
                | models.Q(("number__isnull", False)),
                name="members_active_has_number",
            ),
        ),
        migrations.AddField(
            "savingsentry",
            "reverses",
            TenantForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="members.savingsentry",
                verbose_name="corrects",
            ),
        ),
        migrations.AddConstraint(
            "savingsentry",
            CompositeForeignKey("reverses", name="members_savingsentry_reverses_tenant"),
        ),
        migrations.AddConstraint(
            "savingsentry",
            models.UniqueConstraint(
                fields=("cooperative", "number"), name="members_entry_number_once"
            ),
        ),
        migrations.AddConstraint(
            "savingsentry",
            models.UniqueConstraint(
                fields=("cooperative", "reverses"),
                condition=models.Q(("reverses__isnull", False)),
                name="members_entry_reversed_once",
            ),
        ),
        migrations.RemoveIndex("savingsentry", "members_entry_member"),
        migrations.AddIndex(
            "savingsentry",
            models.Index(fields=["cooperative", "member", "number"], name="members_entry_member"),
        ),
        migrations.CreateModel(
            name="ReceiptPrint",
            fields=[
                (
                    "cooperative",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="registry.cooperative",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=kkmp.lib.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "entry",
                    TenantForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="prints",
                        to="members.savingsentry",
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        choices=[("58mm", "58 mm roll"), ("a4", "A4"), ("browser", "Browser")],
                        max_length=7,
                    ),
                ),
                ("copy", models.PositiveSmallIntegerField()),
                ("printed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "printed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "printed receipt",
                "verbose_name_plural": "printed receipts",
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            "receiptprint",
            models.UniqueConstraint(
                fields=("cooperative", "id"), name="members_receiptprint_tenant_key"
            ),
        ),
        migrations.AddConstraint(
            "receiptprint", RowSecurity(city_reads=False, name="members_receiptprint_rows")
        ),
        migrations.AddConstraint(
            "receiptprint", CompositeForeignKey("entry", name="members_receiptprint_entry_tenant")
        ),
        migrations.AddConstraint(
            "receiptprint",
            models.UniqueConstraint(
                fields=("cooperative", "entry", "copy"), name="members_print_copy_once"
            ),
        ),
    ]
