"""Books that balance, and months that stay closed; the functions are in ``ledger/sql``."""

from django.db import migrations

_MAKE = """
    CREATE CONSTRAINT TRIGGER finance_journal_balanced AFTER INSERT ON finance_journal
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION finance_check_of_journal();
    CREATE TRIGGER finance_line_balanced AFTER INSERT ON finance_line
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT
        EXECUTE FUNCTION finance_check_of_lines();
    CREATE TRIGGER finance_journal_open_month BEFORE INSERT ON finance_journal
        FOR EACH ROW EXECUTE FUNCTION finance_refuse_closed_month();
    CREATE TRIGGER finance_journal_counted AFTER INSERT ON finance_journal
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT
        EXECUTE FUNCTION finance_count_journals();
"""
_DROP = """
    DROP TRIGGER finance_journal_counted ON finance_journal;
    DROP TRIGGER finance_journal_open_month ON finance_journal;
    DROP TRIGGER finance_line_balanced ON finance_line;
    DROP TRIGGER finance_journal_balanced ON finance_journal;
"""


class Migration(migrations.Migration):
    dependencies = [("finance", "0001_initial")]
    operations = [migrations.RunSQL(_MAKE, _DROP)]
