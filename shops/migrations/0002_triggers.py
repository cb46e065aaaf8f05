"""Sales that add up, and shifts that are closed once; the functions are in ``till/sql`` and ``drawers/sql``."""

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


class Migration(migrations.Migration):
    dependencies = [("shops", "0001_initial")]
    operations = [migrations.RunSQL(_MAKE, _DROP)]
