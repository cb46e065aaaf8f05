"""Give every cooperative the account of special savings, as the chart now has it."""

from django.db import migrations

_ADD = """
    INSERT INTO finance_account (cooperative_id, id, code, kind, is_contra, name, name_en)
    SELECT cooperative.id, gen_random_uuid(), '2-1118', 'liability', false,
           'Simpanan khusus (hari raya/pendidikan)', 'Special savings (holiday, education)'
    FROM registry_cooperative cooperative
    ON CONFLICT (cooperative_id, code) DO NOTHING
"""
_TAKE = "DELETE FROM finance_account WHERE code = '2-1118'"


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0004_close_for_good"),
        ("registry", "0001_initial"),
    ]
    operations = [migrations.RunSQL(_ADD, _TAKE)]
