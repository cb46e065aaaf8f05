from datetime import date, timedelta

import pytest

from kkmp.access.models import AuditEvent
from kkmp.city.cooperatives.services import profile
from kkmp.city.cooperatives.services.profile import Particulars, SettingsRefused
from kkmp.registry.models import CooperativeSettings
from kkmp.registry.queries import settings_on
from tests.conftest import MONDAY

NEXT = MONDAY + timedelta(days=7)


def decide(cooperative, by, **changes):
    decision = {"valid_from": NEXT, "principal_idr": 150_000, "mandatory_idr": 15_000}
    return profile.decide(
        cooperative=cooperative, by=by, **(decision | {"member_target": 600} | changes)
    )


def test_details_are_changed_and_written_down(in_melati, budi):
    particulars = Particulars(
        nib="1234567890123", phone="+622474712345", opened_on=date(2026, 9, 1)
    )
    changed = profile.edit(cooperative=in_melati, particulars=particulars, by=budi)
    assert (changed.nib, changed.phone) == ("1234567890123", "+622474712345")
    event = AuditEvent.objects.of(in_melati).get(action="cooperative.edit")
    assert sorted(event.details["fields"]) == ["nib", "opened_on", "phone"]


def test_saving_the_same_again_leaves_no_trace(in_melati, budi):
    profile.edit(cooperative=in_melati, particulars=Particulars(), by=budi)
    assert not AuditEvent.objects.of(in_melati).filter(action="cooperative.edit").exists()


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
    [("principal_idr", 0), ("mandatory_idr", -1)],
    ids=["principal", "mandatory"],
)
def test_amounts_that_make_no_sense_are_refused(in_melati, budi, field, value):
    with pytest.raises(SettingsRefused) as refused:
        decide(in_melati, budi, **{field: value})
    assert field in refused.value.fields


def test_no_mandatory_savings_is_a_decision_too(in_melati, budi):
    assert decide(in_melati, budi, mandatory_idr=0).mandatory_idr == 0
