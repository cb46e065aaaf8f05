"""Mark everybody who is on a register already, apart from those who have left."""

from django.db import migrations

from kkmp.lib.identity import Nik
from kkmp.lib.seal import unseal
from kkmp.registry.services import identity_marks

ROWS = 1000


def mark(apps, schema_editor):
    Cooperative = apps.get_model("registry", "Cooperative")
    Member = apps.get_model("members", "Member")
    for cooperative in Cooperative.objects.select_related("kelurahan__kecamatan").order_by("code"):
        registered = Member.objects.filter(cooperative=cooperative, nik_sealed__isnull=False)
        sealed = registered.exclude(status="left").order_by("id").values_list("nik_sealed", flat=True)
        rows = [
            (
                cooperative.kelurahan.kecamatan.regency_id,
                identity_marks.mark_of(cooperative, Nik(unseal(bytes(one)))),
                cooperative.pk,
            )
            for one in sealed
        ]
        with schema_editor.connection.cursor() as cursor:
            for start in range(0, len(rows), ROWS):
                cursor.executemany(
                    "INSERT INTO registry_identitymark (regency_id, hash, cooperative_id)"
                    " VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                    rows[start : start + ROWS],
                )


def forget(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_identitymark")


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0030_exits_said_once"),
        ("registry", "0004_identity_marks"),
    ]

    operations = [migrations.RunPython(mark, forget)]
