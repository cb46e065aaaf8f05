"""Counters are written by one function of the database, so that a sale can call it too."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_identity_marks")]
    operations = [run_sql_file(__file__, "add_figures")]
