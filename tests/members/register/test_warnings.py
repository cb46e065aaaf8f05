from datetime import date

import pytest

from kkmp.lib.identity import Nik
from kkmp.registry.models import Cooperative
from members.models import Sex
from members.register.services import warnings
from members.register.services.membership import Particulars
from tests.conftest import MONDAY

#: A woman born on 12 March 1990, first registered in Banyumanik, where Melati is.
HERE = Nik("3374115203900001")


def _codes(cooperative: Cooperative, **particulars: object) -> list[str]:
    person = Particulars(name="Wulan", **particulars)  # type: ignore[arg-type]
    return [d.code for d in warnings.about(person, cooperative=cooperative, on=MONDAY)]


def test_nothing_is_odd_about_a_neighbour(melati: Cooperative) -> None:
    assert _codes(melati, nik=HERE, birth_date=date(1990, 3, 12), sex=Sex.FEMALE) == []


def test_nothing_is_odd_about_who_gave_nothing_yet(melati: Cooperative) -> None:
    assert _codes(melati) == []


def test_a_nik_of_another_kecamatan_is_asked_about(melati: Cooperative) -> None:
    person = Particulars(name="Wulan", nik=Nik("3273015203900001"))
    (warning,) = warnings.about(person, cooperative=melati, on=MONDAY)
    assert (warning.code, warning.field) == ("nik_area", "nik")
    assert "3273" not in warning.message


@pytest.mark.parametrize("born", [date(1990, 3, 13), date(1990, 4, 12), date(1991, 3, 12)])
def test_another_birth_date_than_the_nik_s_is_asked_about(melati: Cooperative, born: date) -> None:
    assert _codes(melati, nik=HERE, birth_date=born) == ["nik_birth_date"]


def test_the_century_cannot_be_told_from_a_nik(melati: Cooperative) -> None:
    assert _codes(melati, nik=Nik("3374115203100001"), birth_date=date(1910, 3, 12)) == []


def test_another_sex_than_the_nik_s_is_asked_about(melati: Cooperative) -> None:
    assert _codes(melati, nik=HERE, sex=Sex.MALE) == ["nik_sex"]
    assert _codes(melati, nik=Nik("3374111203900001"), sex=Sex.FEMALE) == ["nik_sex"]


@pytest.mark.parametrize(
    ("born", "codes"), [(date(2009, 11, 23), []), (date(2009, 11, 24), ["minor"])]
)
def test_whoever_is_under_17_is_asked_about(
    melati: Cooperative, born: date, codes: list[str]
) -> None:
    assert _codes(melati, birth_date=born) == codes
