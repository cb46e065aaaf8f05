"""Consents, contacts, collections, returns and refunds never change."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("members", "0004_whole_life_of_a_membership")]
    operations = [run_sql_file(__file__, "append_only_acts")]
