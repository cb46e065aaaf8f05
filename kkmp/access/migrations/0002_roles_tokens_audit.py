import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import kkmp.lib.ids
import kkmp.registry.constraints


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("registry", "0001_initial"), ("sessions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="RoleHolding",
            fields=[
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="holdings", to=settings.AUTH_USER_MODEL)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "Administrator"),
                            ("city_officer", "City officer"),
                            ("city_mentor", "City mentor"),
                            ("chair", "Chair"),
                            ("treasurer", "Treasurer"),
                            ("cashier", "Cashier"),
                            ("membership_clerk", "Membership clerk"),
                            ("supervisor", "Supervisor"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("cooperative", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="registry.cooperative", verbose_name="cooperative")),
                ("regency", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="registry.regency", verbose_name="regency")),
            ],
            options={
                "verbose_name": "role holding",
                "verbose_name_plural": "role holdings",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "role", "cooperative", "regency"), name="access_holding_once", nulls_distinct=False),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cooperative__isnull", False), ("regency", None), ("role__in", ["cashier", "chair", "membership_clerk", "supervisor", "treasurer"])),
                            models.Q(("cooperative", None), ("regency__isnull", False), ("role__in", ["city_mentor", "city_officer"])),
                            models.Q(("cooperative", None), ("regency", None), ("role", "administrator")),
                            _connector="OR",
                        ),
                        name="access_holding_place_fits_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="api_tokens", to=settings.AUTH_USER_MODEL)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
            ],
            options={"verbose_name": "API token", "verbose_name_plural": "API tokens"},
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to=settings.AUTH_USER_MODEL)),
            ],
            options={"verbose_name": "invitation", "verbose_name_plural": "invitations"},
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("cooperative", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="registry.cooperative")),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                ("action", models.CharField(max_length=60, verbose_name="action")),
                ("actor", models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="who")),
                ("subject_label", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.CharField(blank=True, max_length=60)),
                ("details", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "verbose_name": "audit event",
                "verbose_name_plural": "audit events",
                "indexes": [
                    models.Index(fields=["cooperative", "-at"], name="access_audit_latest"),
                    models.Index(fields=["cooperative", "subject_id"], name="access_audit_subject"),
                    models.Index(fields=["cooperative", "action", "-at"], name="access_audit_action", condition=models.Q(("action", "sale.sell"), _negated=True)),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "id"), name="access_auditevent_tenant_key"),
                    kkmp.registry.constraints.RowSecurity(city_reads=False, name="access_auditevent_rows"),
                    kkmp.registry.constraints.AppendOnly(name="access_auditevent_append_only"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SystemEvent",
            fields=[
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                ("action", models.CharField(max_length=60, verbose_name="action")),
                ("actor", models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="who")),
                ("subject_label", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.CharField(blank=True, max_length=60)),
                ("details", models.JSONField(blank=True, default=dict)),
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "system event",
                "verbose_name_plural": "system events",
                "constraints": [kkmp.registry.constraints.AppendOnly(name="access_systemevent_append_only")],
                "indexes": [
                    models.Index(fields=["-at"], name="access_system_latest"),
                    models.Index(fields=["subject_id"], name="access_system_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.UUIDField(default=kkmp.lib.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("ip", models.GenericIPAddressField()),
                ("user_agent", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("session", models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="device", to="sessions.session")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="devices", to=settings.AUTH_USER_MODEL)),
            ],
            options={"verbose_name": "signed-in device", "verbose_name_plural": "signed-in devices"},
        ),
    ]
