"""What an import has added and changed never changes."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("imports", "0003_undo_of_imports")]
    operations = [run_sql_file(__file__, "append_only")]
