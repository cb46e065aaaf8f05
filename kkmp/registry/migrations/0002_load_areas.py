"""Load the regencies of ``kkmp/registry/data`` with their kecamatan and kelurahan."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name):
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def load(apps, schema_editor):
    Regency = apps.get_model("registry", "Regency")
    Kecamatan = apps.get_model("registry", "Kecamatan")
    Kelurahan = apps.get_model("registry", "Kelurahan")
    for regency in rows("regencies.csv"):
        areas = list(rows(regency.pop("areas")))
        regency = Regency.objects.create(**regency)
        names = {area["kecamatan_code"]: area["kecamatan"] for area in areas}
        Kecamatan.objects.bulk_create(
            Kecamatan(code=code, regency=regency, name=name) for code, name in names.items()
        )
        Kelurahan.objects.bulk_create(
            Kelurahan(
                code=area["code"],
                kecamatan_id=area["kecamatan_code"],
                name=area["kelurahan"],
                tile_column=area["tile_column"],
                tile_row=area["tile_row"],
            )
            for area in areas
        )
    apps.get_model("registry", "Installation").objects.create(id=1, is_demo=False)


def unload(apps, schema_editor):
    for name in ("Kelurahan", "Kecamatan", "Regency", "Installation"):
        apps.get_model("registry", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
