from datetime import date

import pytest

from finance.models import Account
from kkmp.access.models import AuditEvent
from kkmp.city.cooperatives.services.establish import AlreadyEstablished, establish
from kkmp.city.cooperatives.services.profile import SettingsRefused
from kkmp.lib.periods import DateError
from kkmp.registry import scope
from kkmp.registry.models import Cooperative, CooperativeSettings, Kelurahan
from members.models import SavingsKind

DAY = date(2025, 6, 24)


def found(code: str, by, **details) -> Cooperative:
    return establish(
        kelurahan=Kelurahan.objects.get(code=code),
        by=by,
        **{"on": DAY, "principal_idr": 50_000, "mandatory_idr": 5_000} | details,
        today=date(2026, 11, 23),
    )


def test_its_name_and_code_come_from_the_kelurahan(agus):
    cooperative = found("33.74.10.1003", agus)
    assert cooperative.name == "Koperasi Kelurahan Merah Putih Mangunharjo"
    assert cooperative.code == "3374101003"


def test_two_kelurahan_of_the_same_name_each_have_their_own(agus):
    names = {found(code, agus).name for code in ("33.74.10.1003", "33.74.16.1007")}
    assert names == {"Koperasi Kelurahan Merah Putih Mangunharjo"}


def test_it_has_settings_chart_and_kinds_of_savings(agus):
    cooperative = found("33.74.10.1003", agus, member_target=300)
    with scope.cooperative(cooperative.pk):
        settings = CooperativeSettings.objects.of(cooperative).get()
        assert (settings.principal_idr, settings.mandatory_idr) == (50_000, 5_000)
        assert settings.member_target == 300
        assert Account.objects.of(cooperative).count() > 80
        assert SavingsKind.objects.of(cooperative).count() == 3


def test_it_is_written_down_who_founded_it(agus):
    cooperative = found("33.74.10.1003", agus)
    with scope.cooperative(cooperative.pk):
        event = AuditEvent.objects.of(cooperative).get(action="cooperative.establish")
    assert event.actor == agus
    assert event.details["principal_idr"] == 50_000


def test_a_kelurahan_has_only_one(melati, agus):
    with pytest.raises(AlreadyEstablished, match="Gedawang"):
        found("33.74.11.1002", agus)


def test_its_papers_are_kept(agus):
    cooperative = found("33.74.10.1003", agus, nib="1234567890123", opened_on=date(2026, 9, 7))
    cooperative.refresh_from_db()
    assert cooperative.nib == "1234567890123"
    assert cooperative.opened_on == date(2026, 9, 7)


@pytest.mark.parametrize("field", ["on", "opened_on"])
@pytest.mark.parametrize("year", [1926, 2028, 2126])
def test_a_cooperative_is_not_founded_in_another_century(agus, field, year):
    with pytest.raises(DateError) as refusal:
        found("33.74.10.1003", agus, **{field: date(year, 6, 24)})
    assert list(refusal.value.fields) == [field]
    assert not Cooperative.objects.filter(code="3374101003").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("principal_idr", 0), ("mandatory_idr", -1), ("member_target", 0)],
)
def test_nobody_is_founded_with_amounts_that_make_no_sense(agus, field, value):
    with pytest.raises(SettingsRefused) as refused:
        found("33.74.10.1003", agus, **{field: value})
    assert field in refused.value.fields
