"""A sale asks once and writes once: two functions of the database."""

from django.db import migrations

from kkmp.registry.migration_sql import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("shops", "0004_paid_in_many_ways"),
        ("finance", "0006_post_in_one_statement"),
        ("registry", "0005_add_figures"),
        ("access", "0005_approval_pins"),
        ("members", "0005_append_only_acts"),
    ]
    operations = [run_sql_file(__file__, "sell")]
