"""Thousands of invented people with identity numbers that can be."""

from datetime import date, timedelta
from random import Random

from kkmp.lib.identity import Nik
from members.register.services.membership import Particulars

_FIRST = (
    "Sri",
    "Siti",
    "Dewi",
    "Rini",
    "Wati",
    "Budi",
    "Agus",
    "Joko",
    "Slamet",
    "Eko",
    "Heru",
    "Andi",
    "Rudi",
)
_MIDDLE = (
    "Ayu",
    "Putri",
    "Indah",
    "Lestari",
    "Ratna",
    "Adi",
    "Bagus",
    "Teguh",
    "Imam",
    "Fajar",
    "Tri",
    "Nur",
)
_LAST = ("Santoso", "Wibowo", "Prasetyo", "Hartono", "Hidayat", "Saputra", "Utomo", "Astuti")


def person(serial: int, random: Random) -> Particulars:
    """An invented person, another one for every serial number up to a million."""
    born = date(1955, 1, 1) + timedelta(days=random.randrange(18_000))
    female = serial % 2 == 0
    day = born.day + (40 if female else 0)
    # A thousand districts and a thousand serials within each, so that no number comes twice.
    area, counter = 330_000 + serial // 1000, serial % 1000 + 1
    nik = Nik(f"{area:06d}{day:02d}{born:%m%y}{counter:04d}")
    return Particulars(
        name=" ".join(random.choice(names) for names in (_FIRST, _MIDDLE, _LAST)),
        nik=nik,
        birth_date=born,
        sex="F" if female else "M",
        address=f"Jl. Rekaan No. {serial}",
        rt=f"{random.randrange(1, 9):03d}",
        rw=f"{random.randrange(1, 13):03d}",
        phone=f"+62800{serial:07d}",
        occupation=random.choice(["Pedagang", "Karyawan", "Guru", "Buruh", "Petani"]),
    )
