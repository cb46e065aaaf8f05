"""A closed month stays closed, and so does everything before it."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("finance", "0003_seal_journals")]
    operations = [run_sql_file(__file__, "closed_for_good")]
