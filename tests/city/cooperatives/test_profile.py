from datetime import date, timedelta

import pytest
from django.utils.translation import override

from kkmp.access.models import AuditEvent
from kkmp.city.cooperatives.services import profile
from kkmp.city.cooperatives.services.profile import Particulars, ParticularsRefused, SettingsRefused
from kkmp.registry import scope
from kkmp.registry.models import CooperativeSettings
from kkmp.registry.queries import settings_on
from tests.conftest import MONDAY

NEXT = MONDAY + timedelta(days=7)


def decide(cooperative, by, **changes):
    decision = {"valid_from": NEXT, "principal_idr": 150_000, "mandatory_idr": 15_000}
    told = {"today": MONDAY, "member_target": 600} | decision | changes
    return profile.decide(cooperative=cooperative, by=by, **told)


def test_details_are_changed_and_written_down(in_melati, budi):
    particulars = Particulars(
        nib="1234567890123", phone="+622474712345", opened_on=date(2026, 9, 1)
    )
    changed = profile.edit(today=MONDAY, cooperative=in_melati, particulars=particulars, by=budi)
    assert (changed.nib, changed.phone) == ("1234567890123", "+622474712345")
    event = AuditEvent.objects.of(in_melati).get(action="cooperative.edit")
    assert sorted(event.details["fields"]) == ["nib", "opened_on", "phone"]


def test_saving_the_same_again_leaves_no_trace(in_melati, budi):
    profile.edit(today=MONDAY, cooperative=in_melati, particulars=Particulars(), by=budi)
    assert not AuditEvent.objects.of(in_melati).filter(action="cooperative.edit").exists()


@pytest.mark.parametrize("day", [date(2027, 11, 24), date(2126, 9, 1), date(1976, 11, 22)])
def test_an_opening_day_that_nobody_means_is_refused(in_melati, budi, day):
    with pytest.raises(ParticularsRefused) as refused:
        profile.edit(
            cooperative=in_melati, particulars=Particulars(opened_on=day), today=MONDAY, by=budi
        )
    assert "opened_on" in refused.value.fields
    in_melati.refresh_from_db()
    assert in_melati.opened_on is None


def test_new_amounts_begin_on_their_day(in_melati, budi):
    decide(in_melati, budi)
    assert settings_on(in_melati, NEXT - timedelta(days=1)).principal_idr == 100_000
    assert settings_on(in_melati, NEXT).principal_idr == 150_000
    assert AuditEvent.objects.of(in_melati).filter(action="cooperative.decide").count() == 1


def test_what_was_in_force_is_not_rewritten(in_melati, budi):
    decide(in_melati, budi)
    with pytest.raises(SettingsRefused) as refused:
        decide(in_melati, budi)
    assert "valid_from" in refused.value.fields
    assert CooperativeSettings.objects.of(in_melati).count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("principal_idr", 0), ("mandatory_idr", -1), ("member_target", 0), ("member_target", 100_001)],
)
def test_amounts_that_make_no_sense_are_refused(in_melati, budi, field, value):
    with pytest.raises(SettingsRefused) as refused:
        decide(in_melati, budi, **{field: value})
    assert field in refused.value.fields


def test_no_mandatory_savings_is_a_decision_too(in_melati, budi):
    assert decide(in_melati, budi, mandatory_idr=0).mandatory_idr == 0


def test_a_slip_in_a_year_decides_nothing_for_a_century(in_melati, budi):
    for day in (date(2126, 11, 30), MONDAY.replace(year=2028), date(1926, 11, 30)):
        with pytest.raises(SettingsRefused) as refusal:
            decide(in_melati, budi, valid_from=day)
        assert list(refusal.value.fields) == ["valid_from"]
    assert decide(in_melati, budi, valid_from=MONDAY.replace(year=2027)).principal_idr == 150_000


def test_what_has_not_begun_can_be_withdrawn_and_what_was_in_force_stays(in_melati, budi):
    later = decide(in_melati, budi, valid_from=MONDAY.replace(year=2027))
    profile.withdraw(settings=later, today=MONDAY, by=budi)
    assert decide(in_melati, budi).valid_from == NEXT
    assert CooperativeSettings.objects.of(in_melati).count() == 2
    event = AuditEvent.objects.of(in_melati).get(action="cooperative.decision_withdrawn")
    assert event.details["valid_from"] == "2027-11-23"


def test_what_is_in_force_cannot_be_withdrawn(in_melati, budi):
    now = CooperativeSettings.objects.of(in_melati).get()
    with override("en"), pytest.raises(SettingsRefused, match="in force already"):
        profile.withdraw(settings=now, today=MONDAY, by=budi)
    with override("en"), pytest.raises(SettingsRefused, match="the only amounts"):
        profile.withdraw(settings=now, today=date(2025, 1, 1), by=budi)


def test_amounts_that_nothing_has_begun_with_give_way_to_the_right_ones(in_melati, budi):
    """Founded with next year for this one: no principal could be paid until then."""
    CooperativeSettings.objects.of(in_melati).update(valid_from=MONDAY.replace(year=2027))
    decide(in_melati, budi, valid_from=MONDAY)
    assert [row.valid_from for row in CooperativeSettings.objects.of(in_melati)] == [MONDAY]


def test_the_chair_withdraws_it_on_the_page(melati, budi, client_of):
    with scope.cooperative(melati.pk):
        later = decide(melati, budi, valid_from=date(2027, 1, 1))
    budis = client_of(budi)
    page = f"/k/{melati.code}/koperasi/"
    path = f"{page}ketetapan/{later.id}/batalkan/"
    assert path in budis.get(page).content.decode()
    assert budis.post(path).status_code == 302
    assert path not in budis.get(page).content.decode()
