import django.db.models.deletion
from django.db import migrations, models

import kkmp.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [("registry", "0002_load_areas")]

    operations = [
        migrations.CreateModel(
            name="ReportedFigure",
            fields=[
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("regency", models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.regency", verbose_name="regency")),
                ("kelurahan", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.kelurahan", verbose_name="kelurahan")),
                (
                    "series",
                    models.CharField(
                        choices=[("city", "Reported by the city"), ("cooperative", "Reported by the cooperative"), ("portal", "National portal (Simkopdes)")], max_length=12, verbose_name="series"
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("legal_entities", "Cooperatives that are legal entities"),
                            ("operating", "Cooperatives operating"),
                            ("accounts", "Cooperatives with a portal account"),
                            ("active_members", "Active members"),
                            ("members_capital_idr", "Members' capital"),
                            ("principal_idr", "Principal savings"),
                            ("principal_members", "Members with principal savings"),
                            ("mandatory_idr", "Mandatory savings"),
                            ("mandatory_members", "Members with mandatory savings"),
                            ("gross_sales_idr", "Gross sales"),
                            ("transactions_idr", "Value of transactions"),
                            ("with_principal", "Cooperatives with any principal savings"),
                            ("with_transactions", "Cooperatives with any transaction"),
                            ("with_transactions_1m", "Cooperatives with transactions of Rp 1,000,000 or more"),
                        ],
                        max_length=24,
                        verbose_name="measure",
                    ),
                ),
                ("state", models.CharField(choices=[("reported", "Reported"), ("not_reported", "Not reported"), ("unknown", "Unknown")], default="reported", max_length=12, verbose_name="state")),
                ("value", models.BigIntegerField(blank=True, null=True, verbose_name="value")),
                ("since", models.DateField(blank=True, null=True, verbose_name="counted from")),
                ("as_of", models.DateField(verbose_name="as of")),
                ("is_disputed", models.BooleanField(default=False, verbose_name="disputed")),
                ("coverage", models.CharField(max_length=200, verbose_name="coverage")),
                ("coverage_en", models.CharField(max_length=200, verbose_name="coverage in English")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                ("note_en", models.CharField(blank=True, max_length=400, verbose_name="note in English")),
                ("source_name", models.CharField(max_length=200, verbose_name="source")),
                ("source_name_en", models.CharField(blank=True, max_length=200, verbose_name="source in English")),
                ("source_title", models.CharField(blank=True, max_length=200, verbose_name="title of the source")),
                ("source_url", models.URLField(blank=True, verbose_name="address of the source")),
            ],
            options={
                "verbose_name": "reported figure",
                "verbose_name_plural": "reported figures",
                "constraints": [
                    models.UniqueConstraint(fields=("regency", "kelurahan", "series", "measure", "as_of"), name="city_reported_once", nulls_distinct=False),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("state", "reported"), ("value__isnull", False)), models.Q(models.Q(("state", "reported"), _negated=True), ("value", None)), _connector="OR"),
                        name="city_reported_value_fits_state",
                    ),
                    models.CheckConstraint(condition=models.Q(("since", None), ("since__lte", models.F("as_of")), _connector="OR"), name="city_reported_since_before_as_of"),
                ],
            },
        )
    ]
