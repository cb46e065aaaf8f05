"""What the address bar of the administration can read: what its lists offer, and nothing else."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission as DjangoPermission
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone

from kkmp.access.administration import pages
from kkmp.access.models import ApiToken, Device, RoleHolding, User
from kkmp.access.services import tokens
from kkmp.city.progress.admin import Regencies
from kkmp.lib import look_ups
from kkmp.lib.administration import Page
from kkmp.registry.models import Cooperative, CooperativeSettings, Regency
from tests.access.devices import device_of

REGISTERED = sorted(admin.site._registry.items(), key=lambda item: item[0]._meta.label)
#: Decided page by page; a column that a page does not show may not stand here. `q` looks into the
#: columns behind it.
OFFERED = {
    "access.ApiToken": ("", "name user__username user__name"),
    "access.AuditEvent": ("act actor__id__exact actor__isnull at_from at_to", "action"),
    "access.Device": ("", "user__username user__name ip"),
    "access.RoleHolding": (
        "role__exact regency__code__exact regency__isnull",
        "user__username user__name cooperative__name",
    ),
    "access.SystemEvent": ("act actor__id__exact actor__isnull at_from at_to", "action"),
    "access.User": ("is_active__exact holdings__role__exact", "username name"),
    "city.ReportedFigure": (
        "as_of__year as_of__month as_of__day series__exact measure__exact state__exact "
        "is_disputed__exact",
        "source_name source_title kelurahan__name",
    ),
    "finance.Account": ("kind__exact", "code name name_en"),
    "finance.BusinessUnit": ("", ""),
    "finance.Journal": ("date__year date__month date__day date_from date_to", "=number kind"),
    "members.Member": ("status__exact is_civil_servant__exact", "=number name"),
    "members.MemberPin": ("set_at__year set_at__month set_at__day", "=member__number"),
    "members.SavingsEntry": (
        "date__year date__month date__day date_from date_to",
        "=number =member__number",
    ),
    "members.SavingsKind": ("", ""),
    "registry.Cooperative": (
        "kelurahan__kecamatan__code__exact chair",
        "code name kelurahan__name kelurahan__kecamatan__name",
    ),
    "registry.CooperativeSettings": ("", ""),
    "registry.Kecamatan": ("regency__code__exact", "code name"),
    "registry.Kelurahan": ("kecamatan__code__exact", "code name"),
    "registry.Regency": ("", ""),
    "registry.StageStep": ("stage__exact", ""),
    "shops.Category": ("", "name"),
    "shops.Confirmation": (
        "on__year on__month on__day has_arrived__exact",
        "=payment__sale__number =credit__number =savings__number",
    ),
    "shops.CreditPayment": (
        "date__year date__month date__day method__exact",
        "=number =member__number",
    ),
    "shops.CreditTerms": ("", "=member__number"),
    "shops.Product": (
        "is_active__exact is_weighed__exact is_service__exact is_subsidised__exact",
        "name code",
    ),
    "shops.Sale": ("date__year date__month date__day", "=number =member__number"),
    "shops.SaleReturn": (
        "date__year date__month date__day kind__exact",
        "=number =sale__number =sale__member__number",
    ),
    "shops.Settlement": ("date__year date__month date__day", "reference"),
    "shops.Shift": (
        "opened_at__year opened_at__month opened_at__day",
        "=number drawer cashier__username cashier__name",
    ),
    "shops.TillSettings": ("", ""),
    "shops.UnknownCode": ("is_done__exact", "code note"),
    "shops.VoucherBatch": (
        "date__year date__month date__day method__exact",
        "buyer purpose",
    ),
}
#: Which part of the list, its order, all of it, and what is looked for.
HOUSE = {"p", "o", "all", "q"}


@pytest.fixture
def asked(rf, agus):
    request = rf.get("/admin/")
    request.user = agus
    return request


def address(model):
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")


def spans(model):
    """Names by which a look-up may begin: each column, and each column behind a key."""
    for field in model._meta.concrete_fields:
        yield from {field.name, field.attname}
        if field.is_relation:
            for other in field.related_model._meta.concrete_fields:
                yield f"{field.name}__{other.name}"
    for field in model._meta.related_objects:
        yield from (
            f"{field.name}__{one.name}" for one in field.related_model._meta.concrete_fields
        )


def kinds():
    """Every way in which some column of some table may be compared."""
    fields = [one for model, _page in REGISTERED for one in model._meta.concrete_fields]
    return {"", *(f"__{kind}" for field in fields for kind in field.get_lookups())}


def test_each_list_offers_what_was_decided_for_it(asked):
    assert {model._meta.label for model, _page in REGISTERED} == OFFERED.keys()
    for model, page in REGISTERED:
        narrowed, searched = (set(words.split()) for words in OFFERED[model._meta.label])
        names = {name for name, _fits in look_ups.look_ups(page, asked)}
        assert names == narrowed | HOUSE, page
        assert set(page.get_search_fields(asked)) == searched, page


def test_no_other_column_can_be_asked_for_in_any_way(asked):
    every = kinds()
    assert {"", "__startswith", "__regex", "__gt", "__in", "__isnull", "__year"} <= every
    tried = 0
    for model, page in REGISTERED:
        offered = set(OFFERED[model._meta.label][0].split())
        for begins in spans(model):
            for name in {f"{begins}{kind}" for kind in every} - offered:
                tried += 1
                assert not page.lookup_allowed(name, "a", asked), f"{page}: {name}"
    assert tried > 20_000


def test_every_column_asked_for_in_the_address_bar_is_refused_in_words(
    look_into, melati, melatis_shop, case
):
    browser = look_into(melati)
    for model, _page in REGISTERED:
        with case(model._meta.label):
            for column in model._meta.concrete_fields:
                name = f"{column.name}__startswith"
                answer = browser.get(address(model), {name: "a"})
                assert answer.status_code == 400, name
                assert f"This list cannot be narrowed down by {name}." in answer.content.decode()


def test_a_live_session_cannot_be_read_letter_by_letter(agus_browses, tono):
    device_of(tono)
    for column in ("session_id", "session__session_key", "session__session_data", "session_key"):
        codes = {
            agus_browses.get("/admin/access/device/", {f"{column}__startswith": letter}).status_code
            for letter in "abq"
        }
        assert codes == {400}, column


@pytest.mark.parametrize(
    ("page", "asked_for"),
    [
        ("access/user", "password__startswith=pbkdf2"),
        ("access/user", "is_superuser__exact=1"),
        ("access/user", "approvalpin__digest__startswith=a"),
        ("access/apitoken", "digest__startswith=a"),
        ("access/apitoken", "user__password__startswith=pbkdf2"),
        ("members/member", "phone__endswith=1"),
        ("members/member", "birth_date__year=1967"),
        ("members/member", "nik_hash__startswith=a"),
        ("members/memberpin", "digest__startswith=a"),
        ("members/savingsentry", "member__name__startswith=A"),
        ("shops/voucherbatch", "vouchers__code__startswith=A"),
        ("members/member", "_to_field=nik_hash"),
        ("members/member", "_popup=1"),
        ("members/member", "_facets=True"),
        ("members/member", "e=1"),
        # What a list offers, with what it does not.
        ("access/user", "is_active__exact=maybe"),
        ("access/user", "holdings__role__exact=king"),
        ("access/systemevent", "actor__id__exact=xyz"),
        ("shops/sale", "date__year=1"),
        ("shops/sale", "date__year=99999"),
        ("shops/sale", "date__year=2026&date__month=2&date__day=31"),
        ("shops/sale", "p=99999999999999999999"),
        ("shops/sale", "p=-1"),
        ("shops/sale", "o=password"),
        ("shops/sale", "o=1.2.3.99999999999999999999"),
        ("shops/sale", f"q={'9' * 300}"),
    ],
)
def test_what_a_list_does_not_offer_is_refused(page, asked_for, look_into, melati, melatis_shop):
    answer = look_into(melati).get(f"/admin/{page}/?{asked_for}")
    assert answer.status_code == 400
    assert "This request was not understood" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "asked_for"),
    [
        ("access/user", "is_active__exact=1&holdings__role__exact=administrator&q=ag&o=-1.2&p=1"),
        ("access/roleholding", "regency__isnull=True"),
        ("access/systemevent", "at_from=1+november+2026&at_to=&act="),
        ("shops/sale", "date__year=2026&date__month=11&date__day=30&q=1&all="),
        ("members/member", "status__exact=active&is_civil_servant__exact="),
        ("registry/cooperative", "chair=yes&kelurahan__kecamatan__code__exact=33.74.01"),
    ],
)
def test_what_a_list_offers_is_answered(page, asked_for, look_into, melati, melatis_shop):
    assert look_into(melati).get(f"/admin/{page}/?{asked_for}").status_code == 200


def test_a_new_page_offers_nothing_and_an_action_names_its_permission(asked):
    class Plain(Page):
        """As somebody would write it who thinks of nothing."""

    class Careless(Regencies):
        actions_detail = ("burn",)

        def burn(self, request, object_id):
            """Without asking."""

    assert {name for name, _fits in look_ups.look_ups(Plain(Regency, admin.site), asked)} == HOUSE
    with pytest.raises(ImproperlyConfigured):
        Careless(Regency, admin.site)


def test_a_chooser_answers_for_the_columns_that_have_one(agus_browses):
    def choices(app, model, field):
        said = {"app_label": app, "model_name": model, "field_name": field, "term": "a"}
        return agus_browses.get("/admin/autocomplete/", said).status_code

    assert choices("access", "roleholding", "user") == 200
    assert choices("access", "systemevent", "actor") == 200
    assert choices("city", "reportedfigure", "kelurahan") == 200
    for elsewhere in (
        ("members", "savingsentry", "member"),
        ("access", "apitoken", "user"),
        ("shops", "sale", "member"),
        ("members", "member", "cooperative"),
        ("registry", "kelurahan", "kecamatan"),
    ):
        assert choices(*elsewhere) == 403, elsewhere


# --- Whoever may only look --------------------------------------------------------------------


@pytest.fixture
def onlooker(agus, client_of):
    """Somebody of the office who may see everything, and do nothing."""
    tamu = User.objects.create_user("tamu", name="Tamu", is_staff=True)
    tamu.user_permissions.set(DjangoPermission.objects.filter(codename__startswith="view_"))
    return client_of(tamu)


@pytest.fixture
def acts(melati, melatis_shop, agus, tono):
    """Every action on a thing, by its address, with the thing that it is tried on."""
    token, _secret = tokens.issue(user=tono, name="Laporan", at=timezone.now(), by=tono)
    things = {
        User: agus.pk,
        RoleHolding: RoleHolding.objects.get(user=agus).pk,
        ApiToken: token.pk,
        Device: device_of(tono).pk,
        Cooperative: melati.pk,
        CooperativeSettings: "01890000-0000-7000-8000-000000000000",
    }
    return {
        reverse(f"admin:{action.action_name}", args=(things[model],)): action.method
        for model, page in REGISTERED
        for action in page._get_base_actions_detail()
    }


def test_whoever_may_only_look_does_nothing_to_anything(onlooker, acts, agus):
    assert len(acts) == 10
    before = User.objects.get(pk=agus.pk).password
    secret = {"password1": "gerai-buka-jam-tujuh", "password2": "gerai-buka-jam-tujuh"}
    for here, method in acts.items():
        expected = {302} if method.__name__ == "look_into" else {403}
        for code in (onlooker.get(here).status_code, onlooker.post(here, secret).status_code):
            assert {code} == expected, here
    now = User.objects.get(pk=agus.pk)
    assert (now.password, now.is_active) == (before, True)
    assert RoleHolding.objects.filter(user=agus).exists()
    assert ApiToken.objects.get().revoked_at is None


def test_whoever_may_only_look_is_offered_no_button(onlooker, agus):
    page = onlooker.get(f"/admin/access/user/{agus.pk}/change/")
    assert page.status_code == 200
    assert not re.search("kata-sandi|blokir|beri-peran|lupakan", page.content.decode())


def test_whoever_may_see_nothing_finds_nothing(acts, client_of, client, agus):
    stranger = client_of(User.objects.create_user("orang", name="Orang", is_staff=True))
    for here in acts:
        assert stranger.post(here).status_code == 403, here
        assert client.post(here).status_code == 302, here
    for page in pages.registered():
        assert stranger.get(reverse(f"admin:{page.name}")).status_code == 403, page
    assert "agus" not in stranger.get("/admin/search/", {"s": "agus"}).content.decode().lower()
    home = stranger.get("/admin/")
    assert (home.status_code, home.context["urgent"], home.context["settled"]) == (200, [], [])
