from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    """A table and its functions, and no model: nobody reads or writes it in any other way."""

    dependencies = [("registry", "0003_membership_settings")]

    operations = [run_sql_file(__file__, "identity_marks")]
