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
            name="Account",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=10, verbose_name="code")),
                (
                    "kind",
                    models.CharField(choices=[("asset", "Asset"), ("liability", "Liability"), ("equity", "Equity"), ("income", "Income"), ("expense", "Expense")], max_length=9, verbose_name="kind"),
                ),
                ("is_contra", models.BooleanField(default=False, verbose_name="contra account")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(max_length=80, verbose_name="English name")),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="finance_account_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="finance_account_rows"),
                    models.UniqueConstraint(fields=("cooperative", "code"), name="finance_account_code"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField(verbose_name="number")),
                ("date", models.DateField(verbose_name="date")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("memo", models.CharField(max_length=200, verbose_name="description")),
                ("key", models.UUIDField(verbose_name="idempotency key")),
                ("content_hash", models.CharField(editable=False, max_length=64)),
                ("amount_idr", models.BigIntegerField(verbose_name="amount")),
                (
                    "reverses",
                    kkmp.registry.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="finance.journal", verbose_name="reverses"),
                ),
                ("posted_at", models.DateTimeField(auto_now_add=True, verbose_name="posted at")),
                ("posted_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="posted by")),
            ],
            options={
                "verbose_name": "journal",
                "verbose_name_plural": "journals",
                "indexes": [
                    models.Index(fields=["cooperative", "date", "number"], name="finance_journal_date"),
                    models.Index(fields=["cooperative", "kind", "date", "number"], name="finance_journal_kind", condition=models.Q(("kind", "sale"), _negated=True)),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="finance_journal_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="finance_journal_rows"),
                    kkmp.registry.constraints.CompositeForeignKey("reverses", name="finance_journal_reverses_tenant"),
                    kkmp.registry.constraints.AppendOnly(name="finance_journal_append_only"),
                    models.UniqueConstraint(fields=("cooperative", "key"), name="finance_journal_key"),
                    models.UniqueConstraint(fields=("cooperative", "number"), name="finance_journal_number"),
                    models.UniqueConstraint(condition=models.Q(("reverses__isnull", False)), fields=("cooperative", "reverses"), name="finance_journal_reversed_once"),
                    models.CheckConstraint(condition=models.Q(("amount_idr__gt", 0)), name="finance_journal_moves_something"),
                    models.CheckConstraint(condition=models.Q(("reverses", models.F("id")), _negated=True), name="finance_journal_not_its_own"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("person", "Person"), ("body", "Organisation")], max_length=6, verbose_name="kind")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="finance_party_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="finance_party_rows"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Month",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField(help_text="its first day", verbose_name="month")),
                ("closed_at", models.DateTimeField(auto_now_add=True, verbose_name="closed at")),
                ("closed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="closed by")),
            ],
            options={
                "verbose_name": "closed month",
                "verbose_name_plural": "closed months",
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="finance_month_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="finance_month_rows"),
                    kkmp.registry.constraints.AppendOnly(name="finance_month_append_only"),
                    models.UniqueConstraint(fields=("cooperative", "month"), name="finance_month_once"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="finance_month_first_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("account", kkmp.registry.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="finance.account")),
                ("debit_idr", models.BigIntegerField(default=0)),
                ("credit_idr", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="finance_balance_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="finance_balance_rows"),
                    kkmp.registry.constraints.CompositeForeignKey("account", name="finance_balance_account_tenant"),
                    models.UniqueConstraint(fields=("cooperative", "month", "account"), name="finance_balance_once"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="finance_balance_first_day"),
                    models.CheckConstraint(condition=models.Q(("credit_idr__gte", 0), ("debit_idr__gte", 0)), name="finance_balance_not_negative"),
                ]
            },
        ),
        migrations.CreateModel(
            name="BusinessUnit",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("code", models.SlugField(max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "unit of business",
                "verbose_name_plural": "units of business",
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="finance_businessunit_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="finance_businessunit_rows"),
                    models.UniqueConstraint(fields=("cooperative", "code"), name="finance_unit_code"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("journal", kkmp.registry.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="lines", to="finance.journal")),
                ("position", models.PositiveSmallIntegerField()),
                ("date", models.DateField()),
                ("account", kkmp.registry.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="finance.account")),
                ("party", kkmp.registry.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="finance.party")),
                ("unit", kkmp.registry.tenancy.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="finance.businessunit")),
                ("debit_idr", models.BigIntegerField(default=0, verbose_name="debit")),
                ("credit_idr", models.BigIntegerField(default=0, verbose_name="credit")),
            ],
            options={
                "verbose_name": "line",
                "verbose_name_plural": "lines",
                "indexes": [
                    models.Index(fields=["cooperative", "account", "date"], name="finance_line_account"),
                    models.Index(condition=models.Q(("party__isnull", False)), fields=["cooperative", "party", "date"], name="finance_line_party"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="finance_line_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="finance_line_rows"),
                    kkmp.registry.constraints.CompositeForeignKey("journal", name="finance_line_journal_tenant"),
                    kkmp.registry.constraints.CompositeForeignKey("account", name="finance_line_account_tenant"),
                    kkmp.registry.constraints.CompositeForeignKey("party", name="finance_line_party_tenant"),
                    kkmp.registry.constraints.CompositeForeignKey("unit", name="finance_line_unit_tenant"),
                    kkmp.registry.constraints.AppendOnly(name="finance_line_append_only"),
                    models.UniqueConstraint(fields=("cooperative", "journal", "position"), name="finance_line_position"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("credit_idr", 0), ("debit_idr__gt", 0)), models.Q(("credit_idr__gt", 0), ("debit_idr", 0)), _connector="OR"), name="finance_line_one_positive_side"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalCount",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("journals", models.BigIntegerField(default=0)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="finance_journalcount_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="finance_journalcount_rows"),
                    models.UniqueConstraint(fields=("cooperative", "month"), name="finance_journalcount_once"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="finance_journalcount_first_day"),
                ],
            },
        ),
    ]
