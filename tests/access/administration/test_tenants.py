"""One cooperative at a time, chosen first, and nobody's but its rows; looks are written down."""

import pytest

from kkmp.access.models import AuditEvent
from kkmp.registry import scope
from members.models import Member, SavingsEntry

TENANT_LISTS = [
    "/admin/members/member/",
    "/admin/members/savingsentry/",
    "/admin/finance/journal/",
    "/admin/finance/account/",
    "/admin/shops/product/",
    "/admin/shops/sale/",
    "/admin/access/auditevent/",
    "/admin/registry/cooperativesettings/",
]


def looks(cooperative):
    with scope.cooperative(cooperative.pk):
        rows = (
            AuditEvent.objects.of(cooperative)
            .filter(action__startswith="admin.look")
            .order_by("id")
        )
        return [(row.details["page"], row.subject_id, row.actor.username) for row in rows]


@pytest.mark.parametrize("path", TENANT_LISTS)
def test_without_a_choice_one_is_sent_to_choose(path, agus_browses, melati):
    answer = agus_browses.get(path)
    assert answer["Location"] == f"/admin/koperasi/pilih/?next={path}"


def test_after_choosing_one_is_back_where_one_was(agus_browses, melati):
    page = agus_browses.get("/admin/members/member/", follow=True)
    assert "Choose a cooperative first." in page.content.decode()
    answer = agus_browses.post(
        "/admin/koperasi/pilih/", {"cooperative": melati.code, "next": page.context["next"]}
    )
    assert answer["Location"] == "/admin/members/member/"


def test_the_way_back_never_leads_elsewhere(agus_browses, melati):
    data = {"cooperative": melati.code, "next": "https://example.org/"}
    assert agus_browses.post("/admin/koperasi/pilih/", data)["Location"] == "/admin/"


def test_a_cooperative_that_does_not_exist_cannot_be_chosen(agus_browses, melati):
    answer = agus_browses.post("/admin/koperasi/pilih/", {"cooperative": "tidak-ada"})
    assert answer.status_code == 422


def test_the_page_says_whose_rows_it_shows(look_into, melati):
    page = look_into(melati).get("/admin/finance/journal/").content.decode()
    assert "You are looking into:" in page
    assert melati.name in page


def test_the_choice_is_offered_by_kecamatan(agus_browses, melati):
    page = agus_browses.get("/admin/koperasi/pilih/").content.decode()
    assert f'<optgroup label="{melati.kelurahan.kecamatan.name}">' in page


def test_only_the_chosen_ones_rows_are_listed(look_into, melati, melatis_shop, mawars_shop):
    browser = look_into(melati)
    with scope.cooperative(melati.pk):
        ours = list(Member.objects.of(melati).values_list("id", flat=True))
    listed = browser.get("/admin/members/member/").context["cl"].queryset
    with scope.cooperative(melati.pk):
        assert list(listed.values_list("id", flat=True)) == ours


@pytest.mark.parametrize("page", ["change", "history"])
def test_another_cooperatives_row_is_not_found(
    page, look_into, melati, melatis_shop, mawar, mawars_shop
):
    browser = look_into(melati)
    theirs = {
        "members/member": mawars_shop.ani.pk,
        "shops/product": mawars_shop.gula.pk,
        "finance/businessunit": mawars_shop.unit.pk,
    }
    for name, id in theirs.items():
        assert browser.get(f"/admin/{name}/{id}/{page}/").status_code == 404, name
    assert (
        look_into(mawar).get(f"/admin/members/member/{mawars_shop.ani.pk}/change/").status_code
        == 200
    )


def test_looking_at_members_is_written_down_where_it_happened(look_into, melati, melatis_shop):
    browser, ani = look_into(melati), melatis_shop.ani
    browser.get("/admin/members/member/")
    browser.get(f"/admin/members/member/{ani.pk}/change/")
    assert looks(melati) == [
        ("members.Member", "", "agus"),
        ("members.Member", str(ani.pk), "agus"),
    ]


@pytest.mark.parametrize("path", ["members/savingsentry", "finance/journal", "shops/sale"])
def test_looking_at_peoples_money_is_written_down(path, look_into, melati, melatis_shop):
    look_into(melati).get(f"/admin/{path}/")
    assert len(looks(melati)) == 1


def test_looking_at_goods_and_accounts_is_not(look_into, melati, melatis_shop):
    browser = look_into(melati)
    browser.get("/admin/shops/product/")
    browser.get("/admin/finance/account/")
    assert looks(melati) == []


def test_what_is_not_found_leaves_no_trace(look_into, melati, mawars_shop):
    look_into(melati).get(f"/admin/members/member/{mawars_shop.ani.pk}/change/")
    assert looks(melati) == []


def test_no_identity_number_is_shown(look_into, melati, melatis_shop):
    browser, ani = look_into(melati), melatis_shop.ani
    for path in ("/admin/members/member/", f"/admin/members/member/{ani.pk}/change/"):
        page = browser.get(path).content.decode()
        # The day of birth in it; four digits alone stand in an id by chance now and then.
        assert "3374115203" not in page
        assert "********" not in page
        assert "nik" not in page.lower().replace("teknik", "").split()


def test_a_list_shows_no_whole_name_and_no_telephone(look_into, melati, melatis_shop):
    page = look_into(melati).get("/admin/members/member/").content.decode()
    assert "A•• L•••••" in page
    assert "Lestari" not in page
    assert "81897825707" not in page


def test_savings_show_a_member_by_number(look_into, melati, melatis_shop):
    page = look_into(melati).get("/admin/members/savingsentry/").content.decode()
    assert "0001 A•• L•••••" in page
    assert "Lestari" not in page


def test_a_journal_shows_its_lines(look_into, melati, melatis_shop):
    browser = look_into(melati)
    with scope.cooperative(melati.pk):
        entry = SavingsEntry.objects.of(melati).get()
        journal = entry.journal_id
    page = browser.get(f"/admin/finance/journal/{journal}/change/").content.decode()
    assert "1-1101" in page
    assert page.count("Rp\xa0100,000") >= 3


def test_a_member_shows_savings_and_the_path(look_into, melati, melatis_shop):
    page = look_into(melati).get(f"/admin/members/member/{melatis_shop.ani.pk}/change/")
    assert "Rp\xa0100,000" in page.content.decode()
    assert "Active" in page.content.decode()


def test_looking_into_a_cooperative_from_its_page_chooses_it(agus_browses, melati):
    answer = agus_browses.get(f"/admin/registry/cooperative/{melati.pk}/lihat/")
    assert answer["Location"] == "/admin/members/member/"
    assert melati.name in agus_browses.get("/admin/members/member/").content.decode()
