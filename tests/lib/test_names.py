import pytest

from kkmp.lib.names import tidy_name


@pytest.mark.parametrize(
    ("written", "proper"),
    [
        ("EKA WIDODO", "Eka Widodo"),
        ("  Raharja   Yulianti ", "Raharja Yulianti"),
        ("DR. ASMUNI PRATIWI", "Dr. Asmuni Pratiwi"),
        ("DRG. KANDA DABUKKE", "drg. Kanda Dabukke"),
        ("DRS. INDAH AGUSTINA, S.I.KOM", "Drs. Indah Agustina, S.I.Kom"),
        ("R.A. RAISA WALUYO, S.E.I", "R.A. Raisa Waluyo, S.E.I"),
        ("JASMIN SAPTONO, M.KOM.", "Jasmin Saptono, M.Kom."),
        ("PUTI TAMI RAJATA, M.TI.", "Puti Tami Rajata, M.TI."),
        ("KH. ARTA ADRIANSYAH", "KH. Arta Adriansyah"),
        ("IBRANI KUSUMO, S.IP", "Ibrani Kusumo, S.IP"),
        ("TGK. CARAKA ARYANI", "Tgk. Caraka Aryani"),
        ("HJ. SITI NUR'AINI BINTI H. MA'RUF", "Hj. Siti Nur'aini binti H. Ma'ruf"),
        ("siti aminah , se", "Siti Aminah, SE"),
        ("R.M. Nalar Prasasta, S.Pt", "R.M. Nalar Prasasta, S.Pt"),
        ("Hj. Fitriani Wahyudin", "Hj. Fitriani Wahyudin"),
        ("dr. Siska Padmasari, S.Ked", "dr. Siska Padmasari, S.Ked"),
        ("ABDUL-AZIZ III", "Abdul-Aziz III"),
        ("ANI NAPITUPULU, S.PD, M.SI", "Ani Napitupulu, S.Pd, M.Si"),
        ("", ""),
    ],
)
def test_shouted_names_become_proper(written, proper):
    assert tidy_name(written) == proper
    assert tidy_name(proper) == proper
