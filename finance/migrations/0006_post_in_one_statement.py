"""Journals are written by one function of the database: one round trip instead of six."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("finance", "0005_special_savings"), ("registry", "0001_initial")]
    operations = [run_sql_file(__file__, "post")]
