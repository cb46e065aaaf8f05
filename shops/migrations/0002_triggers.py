"""Sales that add up, shifts that are closed once, and counters of what was sold.

The functions are in ``till/sql``, ``drawers/sql`` and ``reports/sql``.
"""

from django.db import migrations

_MAKE = """
    CREATE CONSTRAINT TRIGGER shops_sale_adds_up AFTER INSERT ON shops_sale
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shops_check_of_sale();
    CREATE TRIGGER shops_saleline_adds_up AFTER INSERT ON shops_saleline
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION shops_check_added();
    CREATE TRIGGER shops_salepayment_adds_up AFTER INSERT ON shops_salepayment
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION shops_check_added();
    CREATE TRIGGER shops_shift_closed_once BEFORE UPDATE OR DELETE ON shops_shift
        FOR EACH ROW EXECUTE FUNCTION shops_refuse_reopening();
"""
_DROP = """
    DROP TRIGGER shops_shift_closed_once ON shops_shift;
    DROP TRIGGER shops_salepayment_adds_up ON shops_salepayment;
    DROP TRIGGER shops_saleline_adds_up ON shops_saleline;
    DROP TRIGGER shops_sale_adds_up ON shops_sale;
"""

_COUNTED = {
    "shops_sale": "shops_count_sales",
    "shops_salereturn": "shops_count_returns",
    "shops_saleline": "shops_count_lines",
    "shops_returnedline": "shops_count_returned_lines",
    "shops_salepayment": "shops_count_payments",
    "shops_refund": "shops_count_refunds",
}
_MAKE_COUNTED = "".join(
    f"CREATE TRIGGER {table}_counted AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    for table, function in _COUNTED.items()
)
_DROP_COUNTED = "".join(f"DROP TRIGGER {table}_counted ON {table};" for table in _COUNTED)


class Migration(migrations.Migration):
    dependencies = [("shops", "0001_initial")]
    operations = [
        migrations.RunSQL(_MAKE, _DROP),
        migrations.RunSQL(_MAKE_COUNTED, _DROP_COUNTED),
    ]
