"""Rules of the books that the database holds everybody to."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("finance", "0001_initial")]
    operations = [run_sql_file(__file__, "rules")]
