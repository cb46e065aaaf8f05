"""A journal carries its amount, so that no line can be added to it later."""

from django.db import migrations, models

from kkmp.registry.migration_sql import run_sql_file

# The owner too is held to append-only rows; what an earlier installation posted is filled in once.
_FILL = """
    ALTER TABLE finance_journal DISABLE TRIGGER finance_journal_append_only;
    UPDATE finance_journal j SET amount_idr = (
        SELECT sum(l.debit_idr) FROM finance_line l
        WHERE l.cooperative_id = j.cooperative_id AND l.journal_id = j.id
    );
    ALTER TABLE finance_journal ENABLE TRIGGER finance_journal_append_only;
"""


class Migration(migrations.Migration):
    dependencies = [("finance", "0002_rules")]
    operations = [
        migrations.AddField(
            "journal",
            "amount_idr",
            models.BigIntegerField(default=0, verbose_name="amount"),
            preserve_default=False,
        ),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "journal",
            models.CheckConstraint(
                condition=models.Q(amount_idr__gt=0), name="finance_journal_moves_something"
            ),
        ),
        migrations.AddConstraint(
            "journal",
            models.CheckConstraint(
                condition=~models.Q(reverses=models.F("id")), name="finance_journal_not_its_own"
            ),
        ),
        run_sql_file(__file__, "sealed"),
    ]
