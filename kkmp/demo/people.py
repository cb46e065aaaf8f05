"""Invented people: nobody with this name, number and address exists.

Their phone numbers begin with 0800, which no mobile number in Indonesia does, so that no message
can reach a stranger by mistake.
"""

from datetime import date, timedelta
from random import Random

from kkmp.lib.identity import Nik, parse_nik
from members.register.services.membership import Particulars

_WOMEN = [
    "Sri",
    "Siti",
    "Dewi",
    "Rini",
    "Wati",
    "Endang",
    "Yuliana",
    "Ningsih",
    "Lestari",
    "Ratna",
    "Indah",
    "Kartika",
    "Wulan",
    "Fitri",
    "Nur",
    "Ayu",
    "Tri",
    "Eka",
    "Retno",
    "Puji",
    "Sulastri",
    "Mulyani",
    "Yanti",
    "Rahayu",
    "Anita",
    "Maya",
    "Murni",
    "Tuti",
    "Sumarni",
    "Hesti",
]
_MEN = [
    "Budi",
    "Agus",
    "Joko",
    "Bambang",
    "Slamet",
    "Sugeng",
    "Eko",
    "Dwi",
    "Heru",
    "Hadi",
    "Supriyadi",
    "Sutrisno",
    "Wahyu",
    "Andi",
    "Rudi",
    "Teguh",
    "Imam",
    "Arif",
    "Yanto",
    "Sigit",
    "Tono",
    "Bagus",
    "Rahmat",
    "Suyatno",
    "Mulyono",
    "Ahmad",
    "Fajar",
    "Kuncoro",
    "Darto",
    "Parno",
]
_FAMILY = [
    "Santoso",
    "Wibowo",
    "Prasetyo",
    "Kusuma",
    "Nugroho",
    "Setiawan",
    "Hidayat",
    "Susanto",
    "Utomo",
    "Saputra",
    "Hartono",
    "Gunawan",
    "Wijaya",
    "Purnomo",
    "Suryanto",
    "Handayani",
    "Astuti",
    "Maharani",
    "Puspita",
    "Permata",
    "Anggraini",
    "Kurniawan",
    "Firmansyah",
    "Ramadhan",
    "Subagyo",
    "Haryanto",
    "Widodo",
    "Rachman",
    "Basuki",
    "Sasongko",
]
_TOWNS = ("Semarang", "Kendal", "Demak", "Ungaran", "Kudus", "Jepara", "Solo", "Salatiga")
_OCCUPATIONS = (
    ("Ibu rumah tangga", False),
    ("Wiraswasta", False),
    ("Karyawan swasta", False),
    ("Pedagang", False),
    ("Buruh", False),
    ("Pensiunan", False),
    ("Pengemudi ojek daring", False),
    ("Mahasiswa", False),
    ("PNS", True),
    ("PPPK", True),
    ("Guru (ASN)", True),
)
_STREETS = ("Contoh", "Melati", "Mawar", "Kenanga", "Flamboyan", "Cempaka", "Anggrek", "Dahlia")


def somebody(random: Random, *, serial: int, kecamatan: str, on: date) -> Particulars:
    """Invent a person of the neighbourhood.

    :param serial: another number for each person of a cooperative
    :param kecamatan: its code, with which most identity numbers begin
    :param on: the day of registering, on which everybody is of age
    """
    female = random.random() < 0.54
    born = on - timedelta(days=random.randint(18 * 366, 74 * 365))
    occupation, civil_servant = random.choice(_OCCUPATIONS)
    given = random.choice(_WOMEN if female else _MEN)
    second = random.choice(_WOMEN if female else _MEN)
    name = " ".join(dict.fromkeys([given, second, random.choice(_FAMILY)]))
    return Particulars(
        name=name,
        nik=_nik(kecamatan, born, female, serial),
        birth_place=random.choice(_TOWNS),
        birth_date=born,
        sex="F" if female else "M",
        address=f"Jl. {random.choice(_STREETS)} No. {random.randint(1, 120)}",
        rt=f"{random.randint(1, 9):03}",
        rw=f"{random.randint(1, 9):03}",
        phone=f"+62800{serial:07}",
        occupation=occupation,
        is_civil_servant=civil_servant,
    )


def _nik(kecamatan: str, born: date, female: bool, serial: int) -> Nik:
    day = born.day + (40 if female else 0)
    area = kecamatan.replace(".", "")
    # Another one for each, and yet not what number and telephone are made of.
    mixed = serial * 7919 % 9973 + 1
    return parse_nik(f"{area}{day:02}{born:%m%y}{mixed:04}")
