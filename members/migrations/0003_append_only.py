"""Savings entries, steps through the funnel and printed receipts never change."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("members", "0002_sealed_niks_and_corrections")]
    operations = [run_sql_file(__file__, "append_only")]
