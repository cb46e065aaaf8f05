"""Tokens are revoked and devices signed out; what was done can be read."""

from django.utils import timezone

from kkmp.access.models import Device, SystemEvent
from kkmp.access.services import tokens


def test_a_token_is_revoked(agus_browses, sari):
    token, secret = tokens.issue(user=sari, name="akuntan", at=timezone.now(), by=sari)
    path = f"/admin/access/apitoken/{token.pk}/cabut/"
    assert "akuntan" in agus_browses.get(path).content.decode()
    assert tokens.find(secret=secret, at=timezone.now())
    assert agus_browses.post(path).status_code == 302
    assert tokens.find(secret=secret, at=timezone.now()) is None
    assert SystemEvent.objects.get(action="token.revoke").actor.username == "agus"


def test_neither_the_secret_nor_its_digest_is_shown(agus_browses, sari):
    token, secret = tokens.issue(user=sari, name="akuntan", at=timezone.now(), by=sari)
    page = agus_browses.get(f"/admin/access/apitoken/{token.pk}/change/").content.decode()
    assert secret not in page
    assert token.digest not in page


def test_a_device_is_signed_out(agus_browses, sari, melati, client_of):
    hers = client_of(sari)
    hers.get(f"/k/{melati.code}/")
    device = Device.objects.get(user=sari)
    path = f"/admin/access/device/{device.pk}/akhiri/"
    assert agus_browses.get(path).status_code == 200
    assert hers.get(f"/k/{melati.code}/").status_code == 200
    assert agus_browses.post(path)["Location"] == "/admin/access/device/"
    assert hers.get(f"/k/{melati.code}/").status_code == 302
    assert SystemEvent.objects.get(action="session.end").subject_id == str(sari.pk)


def test_a_session_s_key_is_not_shown(agus_browses, sari, client_of):
    hers = client_of(sari)
    hers.get("/profil/")
    device = Device.objects.get(user=sari)
    page = agus_browses.get(f"/admin/access/device/{device.pk}/change/").content.decode()
    assert device.session_id not in page
    assert hers.cookies["sessionid"].value not in page


def test_events_are_read_with_their_details(agus_browses, sari, melati):
    event = SystemEvent.objects.filter(action="role.grant", subject_id=sari.pk).get()
    page = agus_browses.get(f"/admin/access/systemevent/{event.pk}/change/").content.decode()
    assert "role: cashier" in page
    assert f"place: {melati.name}" in page


def test_what_an_event_holds_is_never_markup(agus_browses, agus):
    from kkmp.access.services import audit

    audit.record_system(action="token.issue", by=agus, name="<script>alert(1)</script>")
    page = agus_browses.get("/admin/access/systemevent/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
