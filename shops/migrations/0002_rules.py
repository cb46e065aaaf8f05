"""Rules of sales and stock that the database holds everybody to."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("shops", "0001_initial"), ("finance", "0002_rules")]
    operations = [run_sql_file(__file__, "rules")]
