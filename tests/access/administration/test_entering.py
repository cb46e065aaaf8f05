"""Who may enter the administration, and through which door."""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from kkmp.access.models import User
from kkmp.access.permissions import Role

PAGES = ["/admin/", "/admin/koperasi/pilih/", "/admin/access/user/", "/admin/members/member/"]


def test_anonymous_is_sent_to_our_own_sign_in(db):
    for path in PAGES:
        answer = Client().get(path, follow=True)
        assert answer.redirect_chain[-1][0].startswith(reverse("account_login") + "?next="), path
        assert answer.templates[0].name == "account/login.html", path


@pytest.mark.parametrize("person", ["sari", "tono", "rini", "budi", "wati", "joko", "dewi", "bayu"])
def test_no_other_role_enters(person, request, client_of):
    browser = client_of(request.getfixturevalue(person))
    for path in (*PAGES, "/admin/login/", "/admin/search/", "/admin/jsi18n/"):
        assert browser.get(path).status_code == 403, path
        assert browser.post(path).status_code == 403, path


def test_an_administrator_enters(agus_browses):
    assert agus_browses.get("/admin/").status_code == 200


def test_an_administrator_who_was_switched_off_does_not_enter(agus, agus_browses):
    User.objects.filter(pk=agus.pk).update(is_active=False)
    assert agus_browses.get("/admin/").status_code == 302


def test_an_administrator_has_nothing_to_do_at_the_sign_in(agus_browses):
    assert agus_browses.get("/admin/login/")["Location"] == "/admin/"


def test_django_s_own_sign_in_is_not_there_to_be_tried(agus):
    answer = Client().post(
        "/admin/login/", {"username": "agus", "password": "melati-dan-mawar-2026"}
    )
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_signing_out_ends_the_session(agus_browses):
    assert agus_browses.post("/admin/logout/")["Location"] == "/"
    assert agus_browses.get("/admin/").status_code == 302


def test_the_password_is_changed_on_our_own_page(agus_browses):
    answer = agus_browses.get("/admin/password_change/")
    assert answer["Location"] == reverse("account_change_password")


def test_the_look_up_of_any_table_is_closed(agus_browses):
    assert agus_browses.get("/admin/r/1/1/").status_code == 404


def test_packages_bring_no_pages_of_their_own():
    registered = {model._meta.label for model in admin.site._registry}
    assert registered == {
        "access.ApiToken",
        "access.AuditEvent",
        "access.Device",
        "access.RoleHolding",
        "access.SystemEvent",
        "access.User",
        "city.ReportedFigure",
        "finance.Account",
        "finance.BusinessUnit",
        "finance.Journal",
        "members.Member",
        "members.MemberPin",
        "members.SavingsEntry",
        "members.SavingsKind",
        "registry.Cooperative",
        "registry.CooperativeSettings",
        "registry.Kecamatan",
        "registry.Kelurahan",
        "registry.Regency",
        "registry.StageStep",
        "shops.Category",
        "shops.Confirmation",
        "shops.CreditPayment",
        "shops.CreditTerms",
        "shops.Product",
        "shops.Sale",
        "shops.SaleReturn",
        "shops.Settlement",
        "shops.Shift",
        "shops.TillSettings",
        "shops.UnknownCode",
        "shops.VoucherBatch",
    }


def test_its_pages_alone_may_evaluate_attributes(agus_browses, melati):
    policy = agus_browses.get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy.split("; ")
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in agus_browses.get("/")["Content-Security-Policy"]


def test_the_first_administrator_comes_from_the_command_line(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "melati-dan-mawar-2026")
    call_command("createsuperuser", "--noinput", "--username=citra", verbosity=0)
    citra = User.objects.get(username="citra")
    assert citra.is_staff
    assert citra.holdings.get().role == Role.ADMINISTRATOR
