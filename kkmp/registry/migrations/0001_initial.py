import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kkmp.lib.ids
import kkmp.registry.constraints


class Migration(migrations.Migration):
    initial = True

    dependencies = [("access", "__first__")]

    operations = [
        migrations.CreateModel(
            name="Regency",
            fields=[
                ("code", models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("province", models.CharField(max_length=80, verbose_name="province")),
                ("target", models.PositiveIntegerField(verbose_name="target of operating cooperatives")),
            ],
            options={"verbose_name": "regency", "verbose_name_plural": "regencies"},
        ),
        migrations.CreateModel(
            name="Kecamatan",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False, verbose_name="code")),
                ("regency", models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="kecamatan", to="registry.regency")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
            ],
            options={"verbose_name": "kecamatan", "verbose_name_plural": "kecamatan"},
        ),
        migrations.CreateModel(
            name="Kelurahan",
            fields=[
                ("code", models.CharField(max_length=13, primary_key=True, serialize=False, verbose_name="code")),
                ("kecamatan", models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="kelurahan", to="registry.kecamatan")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("tile_column", models.PositiveSmallIntegerField(verbose_name="tile column")),
                ("tile_row", models.PositiveSmallIntegerField(verbose_name="tile row")),
            ],
            options={"verbose_name": "kelurahan", "verbose_name_plural": "kelurahan"},
        ),
        migrations.CreateModel(
            name="Cooperative",
            fields=[
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("code", models.SlugField(max_length=10, unique=True, verbose_name="code")),
                ("kelurahan", models.OneToOneField(on_delete=django.db.models.deletion.RESTRICT, related_name="cooperative", to="registry.kelurahan")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("ahu_number", models.CharField(blank=True, max_length=60, verbose_name="AHU number")),
                ("nib", models.CharField(blank=True, max_length=13, verbose_name="NIB")),
                ("npwp", models.CharField(blank=True, max_length=20, verbose_name="NPWP")),
                ("nomor_induk_koperasi", models.CharField(blank=True, max_length=20, verbose_name="Nomor Induk Koperasi")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="phone")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opening day")),
            ],
            options={"verbose_name": "cooperative", "verbose_name_plural": "cooperatives"},
        ),
        migrations.CreateModel(
            name="CooperativeSettings",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("principal_idr", models.BigIntegerField(verbose_name="principal savings (Rp)")),
                ("mandatory_idr", models.BigIntegerField(verbose_name="mandatory savings a month (Rp)")),
                ("member_target", models.PositiveIntegerField(default=500, verbose_name="member target")),
                ("extraordinary_principal_idr", models.BigIntegerField(blank=True, null=True, verbose_name="principal savings of extraordinary members (Rp)")),
                ("extraordinary_mandatory_idr", models.BigIntegerField(blank=True, null=True, verbose_name="mandatory savings of extraordinary members a month (Rp)")),
                ("allows_instalments", models.BooleanField(default=True, verbose_name="principal savings in instalments")),
                ("return_tax_free_idr", models.BigIntegerField(default=240000, verbose_name="return on savings free of tax a month (Rp)")),
                ("return_tax_percent", models.DecimalField(decimal_places=2, default=10, max_digits=5, verbose_name="tax on the return above it (%)")),
            ],
            options={
                "verbose_name": "cooperative settings",
                "verbose_name_plural": "cooperative settings",
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="registry_cooperativesettings_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=True, name="registry_cooperativesettings_rows"),
                    models.UniqueConstraint(fields=("cooperative", "valid_from"), name="registry_settings_one_a_day"),
                    models.CheckConstraint(condition=models.Q(("mandatory_idr__gte", 0), ("principal_idr__gt", 0)), name="registry_settings_amounts"),
                    models.CheckConstraint(
                        condition=models.Q(("extraordinary_principal_idr", None), ("extraordinary_principal_idr__gt", 0), _connector="OR"), name="registry_settings_extraordinary_principal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("extraordinary_mandatory_idr", None), ("extraordinary_mandatory_idr__gte", 0), _connector="OR"), name="registry_settings_extraordinary_mandatory"
                    ),
                    models.CheckConstraint(condition=models.Q(("return_tax_free_idr__gte", 0), ("return_tax_percent__gte", 0), ("return_tax_percent__lte", 100)), name="registry_settings_return_tax"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CooperativeFigures",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("active_members", models.BigIntegerField(default=0)),
                ("principal_idr", models.BigIntegerField(default=0)),
                ("mandatory_idr", models.BigIntegerField(default=0)),
                ("voluntary_idr", models.BigIntegerField(default=0)),
                ("member_turnover_idr", models.BigIntegerField(default=0)),
                ("other_turnover_idr", models.BigIntegerField(default=0)),
                ("cost_idr", models.BigIntegerField(default=0)),
                ("sales", models.BigIntegerField(default=0)),
                ("last_sale_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="registry_cooperativefigures_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=True, name="registry_cooperativefigures_rows"),
                    models.UniqueConstraint(fields=("cooperative",), name="registry_figures_one_row"),
                ]
            },
        ),
        migrations.CreateModel(
            name="DayFigures",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("active_members", models.BigIntegerField(default=0)),
                ("principal_idr", models.BigIntegerField(default=0)),
                ("mandatory_idr", models.BigIntegerField(default=0)),
                ("voluntary_idr", models.BigIntegerField(default=0)),
                ("member_turnover_idr", models.BigIntegerField(default=0)),
                ("other_turnover_idr", models.BigIntegerField(default=0)),
                ("cost_idr", models.BigIntegerField(default=0)),
                ("sales", models.BigIntegerField(default=0)),
                ("date", models.DateField()),
                ("unit", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "indexes": [models.Index(fields=["date"], name="registry_dayfigures_date")],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="registry_dayfigures_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=True, name="registry_dayfigures_rows"),
                    models.UniqueConstraint(fields=("cooperative", "date", "unit"), name="registry_dayfigures_one_row"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")), ("is_demo", models.BooleanField(default=False))],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="registry_one_installation")]},
        ),
        migrations.CreateModel(
            name="DocumentCounter",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("series", models.CharField(max_length=20)),
                ("last", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="registry_documentcounter_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="registry_documentcounter_rows"),
                    models.UniqueConstraint(fields=("cooperative", "series"), name="registry_counter_series"),
                ]
            },
        ),
        migrations.CreateModel(
            name="StageStep",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                (
                    "stage",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Not started yet"),
                            (1, "Founding meeting"),
                            (2, "Notarial deed"),
                            (3, "Legal entity"),
                            (4, "Papers complete"),
                            (5, "Simkopdes account"),
                            (6, "Ready to operate"),
                            (7, "Operating"),
                            (8, "Growing"),
                        ],
                        verbose_name="stage",
                    ),
                ),
                ("reached_on", models.DateField(verbose_name="reached on")),
                ("document_number", models.CharField(blank=True, max_length=80, verbose_name="document number")),
                ("document", models.FileField(blank=True, upload_to="stages/%Y/", verbose_name="document")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="recorded by")),
                ("verified_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="verified by")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="verified on")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
                ("withdrawn_why", models.CharField(blank=True, max_length=200, verbose_name="why withdrawn")),
            ],
            options={
                "verbose_name": "stage step",
                "verbose_name_plural": "stage steps",
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="registry_stagestep_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=True, name="registry_stagestep_rows"),
                    models.UniqueConstraint(condition=models.Q(("withdrawn_on", None)), fields=("cooperative", "stage"), name="registry_stage_once"),
                    models.CheckConstraint(condition=models.Q(("stage__gte", 1), ("stage__lte", 8)), name="registry_stage_known"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("verified_by", None), ("verified_on", None)), models.Q(("verified_by__isnull", False), ("verified_on__isnull", False)), _connector="OR"),
                        name="registry_stage_verified_by_someone",
                    ),
                ],
            },
        ),
    ]
