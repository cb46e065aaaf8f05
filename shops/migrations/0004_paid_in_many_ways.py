"""Sales add up to their payments, and what was paid, counted and given back never changes."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("shops", "0003_tills_and_shifts")]
    operations = [run_sql_file(__file__, "paid")]
