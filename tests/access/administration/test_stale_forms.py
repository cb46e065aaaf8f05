"""A page that was open while somebody else saved never puts the old back."""

import re
from html import unescape

import pytest

from kkmp.access.models import User
from kkmp.access.services import accounts
from kkmp.city.progress.services import areas
from kkmp.registry.models import Cooperative, Kelurahan, Regency


def opened(browser, path):
    """What a form holds when it is opened, as a browser would send it back."""
    answer = browser.get(path)
    form = answer.context["adminform"].form
    told = {name: form[name].value() for name in form.fields}
    assert "seen" in told
    assert 'name="seen"' in answer.content.decode()
    return {name: "" if value is None else value for name, value in told.items()}


def errors(answer):
    return " ".join(answer.context["adminform"].form.non_field_errors())


def test_a_rename_that_was_open_meanwhile_is_refused_with_the_differences(agus_browses, agus, sari):
    path = f"/admin/access/user/{sari.pk}/change/"
    told = opened(agus_browses, path)
    accounts.edit(user=sari, username="sari.gerai", name=sari.name, by=agus)
    answer = agus_browses.post(path, told | {"name": "Sari Rekaan"})
    assert answer.status_code == 200
    said = errors(answer)
    assert f"changed by {agus}" in said
    assert "was “sari”, is now “sari.gerai”" in said
    kept = User.objects.get(pk=sari.pk)
    assert (kept.username, kept.name) == ("sari.gerai", sari.name)


def test_saved_once_more_it_keeps_what_both_changed(agus_browses, agus, sari):
    path = f"/admin/access/user/{sari.pk}/change/"
    told = opened(agus_browses, path) | {"name": "Sari Rekaan"}
    accounts.edit(user=sari, username="sari.gerai", name=sari.name, by=agus)
    form = agus_browses.post(path, told).context["adminform"].form
    again = {name: form[name].value() for name in form.fields}
    assert agus_browses.post(path, again).status_code == 302
    kept = User.objects.get(pk=sari.pk)
    assert (kept.username, kept.name) == ("sari.gerai", "Sari Rekaan")


def test_a_target_and_a_tile_are_refused_too(agus_browses, agus, melati):
    regency = Regency.objects.get(code=melati.kelurahan.kecamatan.regency.code)
    path = f"/admin/registry/regency/{regency.pk}/change/"
    told = opened(agus_browses, path)
    areas.set_target(regency=regency, target=111, by=agus)
    assert "is now “111”" in errors(agus_browses.post(path, told | {"target": "112"}))
    tile = melati.kelurahan
    path = f"/admin/registry/kelurahan/{tile.pk}/change/"
    told = opened(agus_browses, path)
    areas.place_tile(kelurahan=tile, column=21, row=16, by=agus)
    assert "is now “21”" in errors(agus_browses.post(path, told | {"tile_row": "15"}))
    assert Regency.objects.get(pk=regency.pk).target == 111
    assert Kelurahan.objects.get(pk=tile.pk).tile_row == 16


def test_particulars_are_the_same_row_in_the_administration_and_on_the_cooperatives_page(
    agus_browses, melati, budi, client_of
):
    path = f"/admin/registry/cooperative/{melati.pk}/change/"
    told = opened(agus_browses, path)
    budis = client_of(budi)
    details = {"address": "Jalan Baru 1", "phone": "0812-1111-2222"}
    assert budis.post(f"/k/{melati.code}/koperasi/ubah/", details).status_code == 302
    said = errors(agus_browses.post(path, told | {"nib": "1234567890123"}))
    assert f"changed by {budi}" in said
    assert "Jalan Baru 1" in said
    kept = Cooperative.objects.get(pk=melati.pk)
    assert (kept.address, kept.nib) == ("Jalan Baru 1", "")


def test_the_cooperatives_own_page_is_refused_by_the_same_rule(melati, budi, tono, client_of):
    path = f"/k/{melati.code}/koperasi/ubah/"
    budis = client_of(budi)
    budis.cookies.load({"django_language": "en"})
    page = budis.get(path).content.decode()
    seen = unescape(re.search(r'name="seen" value="([^"]*)"', page)[1])
    assert budis.post(path, {"address": "Jalan Baru 1", "seen": seen}).status_code == 302
    answer = budis.post(path, {"npwp": "12.345.678.9-012.345", "address": "", "seen": seen})
    assert answer.status_code == 422
    assert "is now “Jalan Baru 1”" in answer.content.decode()
    # What was not touched is taken over.
    assert 'value="Jalan Baru 1"' in answer.content.decode()
    assert Cooperative.objects.get(pk=melati.pk).npwp == ""


def test_an_untouched_row_is_saved_at_once(agus_browses, sari):
    path = f"/admin/access/user/{sari.pk}/change/"
    told = opened(agus_browses, path)
    assert agus_browses.post(path, told | {"name": "Sari Rekaan"}).status_code == 302


@pytest.mark.parametrize("seen", ["", "no json", "[1]"])
def test_a_program_that_tells_nothing_of_it_is_served(agus_browses, sari, seen):
    path = f"/admin/access/user/{sari.pk}/change/"
    told = {"name": "Sari Rekaan", "username": "sari", "seen": seen}
    assert agus_browses.post(path, told).status_code == 302
