"""A walk over all that is registered: pages open, and what is read-only stays so."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kkmp.access.administration import sidebar
from kkmp.access.administration.tenant import TenantPage
from kkmp.access.models import User
from kkmp.access.services import tokens
from kkmp.city.cooperatives.services import ladder
from kkmp.lib.administration import ReadOnly
from kkmp.registry import scope
from kkmp.registry.models import Stage
from members.pins.services import pins
from tests.access.administration.trading import trade
from tests.access.devices import device_of
from tests.conftest import MONDAY

PAGES = sorted(admin.site._registry.items(), key=lambda item: item[0]._meta.label)
MAY_ADD = {
    "access.RoleHolding",
    "access.User",
    "city.ReportedFigure",
    "registry.Cooperative",
    "registry.CooperativeSettings",
}
MAY_CHANGE = {
    "access.User",
    "city.ReportedFigure",
    "registry.Cooperative",
    "registry.Kelurahan",
    "registry.Regency",
}
#: What only those write who work in a cooperative, or what nobody may write.
MONEY_STOCK_AND_TRACES = {
    "access.AuditEvent",
    "access.SystemEvent",
    "finance.Account",
    "finance.BusinessUnit",
    "finance.Journal",
    "members.Member",
    "members.MemberPin",
    "members.SavingsEntry",
    "members.SavingsKind",
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


@pytest.fixture
def office(melatis_shop, melati, sari, budi, tono, agus, look_into):
    """Agus's browser, with at least one row of everything to look at."""
    trade(melatis_shop, cashier=sari, chair=budi, treasurer=tono)
    with scope.cooperative(melati.pk):
        pins.choose(
            member=melatis_shop.ani,
            digits="482915",
            has_seen_ktp=True,
            version=0,
            at=timezone.now(),
            by=budi,
        )
        ladder.record(
            today=MONDAY,
            cooperative=melati,
            stage=Stage.DEED,
            on=MONDAY,
            by=budi,
            document_number="7/2025",
        )
    tokens.issue(user=agus, name="akuntan", at=timezone.now(), by=agus)
    device_of(agus)
    return look_into(melati)


def address(model, name, *args):
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)


def one_of(model, page, cooperative):
    """The id of some row that a page shows."""
    if not isinstance(page, TenantPage):
        return model.objects.order_by("pk").first().pk
    with scope.cooperative(cooperative.pk):
        return model.objects.of(cooperative).order_by("id").first().pk


def labels(pages):
    return {model._meta.label for model, _page in pages}


def answering(status, answers):
    """Labels of the models whose answer had the status."""
    return {label for label, answer in answers.items() if answer.status_code == status}


EVERYTHING = labels(PAGES)


def test_money_stock_and_traces_are_read_only():
    assert labels((m, p) for m, p in PAGES if isinstance(p, ReadOnly)) >= MONEY_STOCK_AND_TRACES
    assert not (MAY_ADD | MAY_CHANGE) & MONEY_STOCK_AND_TRACES


def test_every_list_opens_with_few_statements(office, case):
    for model, _page in PAGES:
        with case(model._meta.label):
            with CaptureQueriesContext(connection) as captured:
                assert office.get(address(model, "changelist")).status_code == 200
            assert len(captured) <= 32


def test_every_list_takes_a_search_and_an_order(office, case):
    for model, _page in PAGES:
        for query in ("q=an", "q=1234567890123456&o=1", "all=&o=-2"):
            with case(f"{model._meta.label} {query}"):
                assert office.get(f"{address(model, 'changelist')}?{query}").status_code == 200


def test_the_form_for_something_new_opens_where_there_is_one(office):
    answers = {m._meta.label: office.get(address(m, "add")) for m, _p in PAGES}
    assert answering(200, answers) == MAY_ADD
    assert answering(403, answers) == EVERYTHING - MAY_ADD


def test_the_page_of_one_opens_and_can_be_saved_where_a_service_saves_it(office, melati):
    answers = {
        m._meta.label: office.get(address(m, "change", one_of(m, p, melati))) for m, p in PAGES
    }
    assert answering(200, answers) == EVERYTHING
    assert {n for n, a in answers.items() if b'name="_save"' in a.content} == MAY_CHANGE


def test_its_history_opens(office, melati):
    answers = {
        m._meta.label: office.get(address(m, "history", one_of(m, p, melati))) for m, p in PAGES
    }
    assert answering(200, answers) == EVERYTHING


def test_nothing_is_deleted(office, melati):
    for model, page in PAGES:
        path = address(model, "delete", one_of(model, page, melati))
        assert office.get(path).status_code == 403, path
        assert office.post(path, {"post": "yes"}).status_code == 403, path


def test_nothing_is_done_in_bulk(office, rf, agus):
    request = rf.get("/")
    request.user = agus
    assert not [page for _model, page in PAGES if page.get_actions(request)]
    data = {"action": "delete_selected", "_selected_action": agus.pk, "post": "yes"}
    office.post(address(User, "changelist"), data)
    assert User.objects.filter(pk=agus.pk).exists()


def test_what_is_read_only_refuses_additions_and_changes(office, melati):
    for model, page in PAGES:
        label = model._meta.label
        if label not in MAY_ADD:
            assert office.post(address(model, "add"), {"name": "x"}).status_code == 403, label
        if label not in MAY_CHANGE:
            path = address(model, "change", one_of(model, page, melati))
            assert office.post(path, {"name": "x"}).status_code == 403, label


def test_an_unknown_one_is_not_found(office, case):
    for model, _page in PAGES:
        for id in ("01890000-0000-7000-8000-000000000000", "tidak-ada"):
            with case(f"{model._meta.label} {id}"):
                assert office.get(address(model, "change", id)).status_code == 404


def test_the_menu_leads_to_every_page(office):
    start = office.get("/admin/").content.decode()
    assert not [m for m, _p in PAGES if f'href="{address(m, "changelist")}"' not in start]


def test_the_menu_names_each_page_once():
    links = [item["link"] for group in sidebar.groups() for item in group["items"]]
    assert len(links) >= len(PAGES)
    assert sorted(links) == sorted(set(links))


def test_every_app_s_own_page_opens(office):
    for app in {model._meta.app_label for model, _page in PAGES}:
        assert office.get(f"/admin/{app}/").status_code == 200, app


def test_the_menu_s_search_opens(office):
    assert office.get("/admin/search/?s=mem").status_code == 200


def test_look_ups_of_the_forms_answer(office):
    for field in ("user", "cooperative"):
        query = f"?app_label=access&model_name=roleholding&field_name={field}&term=a"
        assert office.get(f"/admin/autocomplete/{query}").json()["results"], field
