"""Load the published figures of ``kkmp/city/figures/data/reported.csv``."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "figures" / "data"


def rows():
    with (DATA / "reported.csv").open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def load(apps, schema_editor):
    ReportedFigure = apps.get_model("city", "ReportedFigure")
    Regency = apps.get_model("registry", "Regency")
    served = set(Regency.objects.values_list("code", flat=True))
    ReportedFigure.objects.bulk_create(
        ReportedFigure(
            regency_id=row.pop("regency"),
            kelurahan_id=row.pop("kelurahan") or None,
            value=row.pop("value") or None,
            since=row.pop("since") or None,
            is_disputed=row.pop("disputed") == "yes",
            **row,
        )
        for row in rows()
        if row["regency"] in served
    )


def unload(apps, schema_editor):
    apps.get_model("city", "ReportedFigure").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("city", "0001_initial"), ("registry", "0002_load_areas")]
    operations = [migrations.RunPython(load, unload)]
