"""Sales that add up, shifts that are closed once, counters of what was sold, and what is awaited.

The functions are in ``till/sql``, ``drawers/sql``, ``reports/sql`` and ``payments/sql``.
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

#: What is told of each row that is added, and by which function.
_COUNTED = {
    ("shops_sale", "counted"): "shops_count_sales",
    ("shops_salereturn", "counted"): "shops_count_returns",
    ("shops_saleline", "counted"): "shops_count_lines",
    ("shops_returnedline", "counted"): "shops_count_returned_lines",
    ("shops_salepayment", "counted"): "shops_count_payments",
    ("shops_refund", "counted"): "shops_count_refunds",
    ("shops_salepayment", "awaited"): "shops_await_payments",
    ("shops_creditpayment", "awaited"): "shops_await_credits",
    ("members_savingsentry", "awaited"): "shops_await_savings",
    ("shops_confirmation", "told"): "shops_move_arrivals",
    ("shops_refund", "lessened"): "shops_lessen_arrivals",
}
_MAKE_COUNTED = "".join(
    f"CREATE TRIGGER {table}_{what} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    for (table, what), function in _COUNTED.items()
)
_DROP_COUNTED = "".join(f"DROP TRIGGER {table}_{what} ON {table};" for table, what in _COUNTED)


class Migration(migrations.Migration):
    dependencies = [("shops", "0001_initial"), ("members", "0001_initial")]
    operations = [
        migrations.RunSQL(_MAKE, _DROP),
        migrations.RunSQL(_MAKE_COUNTED, _DROP_COUNTED),
    ]
