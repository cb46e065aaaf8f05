"""Books that balance, and months that stay closed; the functions are in ``ledger/sql``."""

from django.db import migrations

_MAKE = """
    -- One check a journal covers its lines; a line added later to an old journal has its own.
    CREATE CONSTRAINT TRIGGER finance_journal_balanced AFTER INSERT ON finance_journal
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION finance_check_of_journal();
    CREATE CONSTRAINT TRIGGER finance_line_balanced AFTER INSERT ON finance_line
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION finance_check_of_line();
    CREATE TRIGGER finance_journal_open_month BEFORE INSERT ON finance_journal
        FOR EACH ROW EXECUTE FUNCTION finance_refuse_closed_month();
"""
_DROP = """
    DROP TRIGGER finance_journal_open_month ON finance_journal;
    DROP TRIGGER finance_line_balanced ON finance_line;
    DROP TRIGGER finance_journal_balanced ON finance_journal;
"""


class Migration(migrations.Migration):
    dependencies = [("finance", "0001_initial")]
    operations = [migrations.RunSQL(_MAKE, _DROP)]
