"""Audit and system events never change."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("access", "0002_holdings_tokens_audit")]
    operations = [run_sql_file(__file__, "append_only")]
