from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from kkmp.city.figures.services import rebuild
from kkmp.registry import scope
from kkmp.registry.models import CooperativeFigures, DayFigures


def checked(*args, **options) -> str:
    out = StringIO()
    call_command("check_figures", *args, stdout=out, **options)
    return out.getvalue()


def differences(*args, **options) -> str:
    """What the command says when it ends in an error with exit code 1."""
    out = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("check_figures", *args, stdout=out, **options)
    assert ended.value.returncode == 1
    return out.getvalue()


def break_it(cooperative, statement: str) -> None:
    with scope.cooperative(cooperative.pk), connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE cooperative_id = %s", [cooperative.pk])
        assert cursor.rowcount


def status(cooperative) -> CooperativeFigures:
    with scope.cooperative(cooperative.pk):
        return CooperativeFigures.objects.of(cooperative).get()


def test_counters_kept_by_the_services_agree(trading, mawar):
    assert "2 cooperatives checked: every figure agrees." in checked()


def test_what_the_services_kept(trading):
    kept = status(trading)
    assert (kept.active_members, kept.principal_idr) == (1, 100_000)
    assert (kept.mandatory_idr, kept.voluntary_idr) == (10_000, 25_000)
    assert (kept.member_turnover_idr, kept.other_turnover_idr) == (34_600, 52_500)
    assert (kept.cost_idr, kept.sales) == (81_000, 2)


def test_a_broken_day_is_named_with_all_that_tells_where(trading):
    break_it(
        trading, "UPDATE registry_dayfigures SET member_turnover_idr = member_turnover_idr + 1"
    )
    said = differences()
    assert (
        "3374111002 Koperasi Kelurahan Merah Putih Gedawang, 2026-11-23, unit gerai, "
        "member_turnover_idr: counted 34600, kept 34601" in said
    )
    assert "unit -, member_turnover_idr: counted 0, kept 1" in said
    assert "2 differences, 0 fixed" in said


def test_a_broken_total_is_named(trading):
    break_it(trading, "UPDATE registry_cooperativefigures SET active_members = 9")
    assert "status, unit -, active_members: counted 1, kept 9" in differences()


def test_a_missing_day_is_named(trading, as_owner):
    break_it(trading, "UPDATE registry_dayfigures SET date = '2026-01-01'")
    said = differences()
    assert "2026-11-23, unit gerai, sales: counted 2, kept 0" in said
    assert "2026-01-01, unit gerai, sales: counted 0, kept 2" in said


def test_fixing_writes_what_was_counted(trading):
    before = status(trading)
    break_it(trading, "UPDATE registry_dayfigures SET sales = 40, date = '2026-01-01'")
    break_it(trading, "UPDATE registry_cooperativefigures SET sales = 7, last_sale_on = NULL")
    assert "0 fixed" not in differences(fix=True)
    assert "every figure agrees" in checked()
    after = status(trading)
    assert (after.sales, after.last_sale_on) == (before.sales, before.last_sale_on)
    with scope.cooperative(trading.pk):
        emptied = DayFigures.objects.of(trading).filter(date="2026-01-01")
        assert set(emptied.values_list("sales", flat=True)) == {0}


def test_a_register_that_contradicts_its_history_is_named_and_not_fixed(trading):
    break_it(trading, "UPDATE members_member SET status = 'left'")
    said = differences(fix=True)
    assert "active_members: counted 0, kept 1 (register against its history)" in said
    assert "identity_marks_left_over: counted 0, kept 1" in said
    assert "2 differences, 1 fixed" in said
    assert status(trading).active_members == 1


def test_only_those_named_are_checked(trading, mawar):
    break_it(trading, "UPDATE registry_cooperativefigures SET sales = 7")
    assert "1 cooperatives checked: every figure agrees." in checked(mawar.code)


def test_an_unknown_code_is_named(melati):
    with pytest.raises(CommandError, match="0000000000"):
        checked("0000000000")


def test_one_that_never_reported_gets_no_counter(melati):
    with scope.cooperative(melati.pk):
        rebuild.fix(cooperative=melati)
        assert not CooperativeFigures.objects.of(melati).exists()
