"""The people of a cooperative: invited, given roles, blocked and helped by its own chair."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from kkmp.access.models import AuditEvent, Invitation, RoleHolding, SystemEvent, User
from kkmp.access.permissions import PERMISSIONS, Permission, Role
from kkmp.access.services import accounts, roles
from kkmp.access.staff.services import invitations, staff
from kkmp.registry import scope
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "jeruk-manis-dan-asam-8"
AT = timezone.now()


def act(which, melati, by, **what):
    with scope.cooperative(melati.pk):
        return getattr(staff, which)(cooperative=melati, by=by, **what)


def invited(melati, budi, role=Role.TREASURER, username="bendahara.melati"):
    return act("invite", melati, budi, name="Lestari", username=username, role=role, at=AT)


def acts(melati):
    with scope.cooperative(melati.pk):
        return list(AuditEvent.objects.of(melati).order_by("at").values_list("action", flat=True))


def test_an_invited_person_comes_in_by_the_link_once(melati, budi, client_of):
    page = client_of(budi).post(
        f"/k/{melati.code}/akun/undang/",
        {"name": "Lestari", "username": "lestari", "role": "treasurer"},
    )
    (link,) = set(re.findall(r"http://testserver(/undangan/[\w-]+/)", page.content.decode()))
    assert "no-store" in page["Cache-Control"]
    browser = Client()
    assert "lestari" in browser.get(link).content.decode()
    weak = browser.post(link, {"password1": "lestari", "password2": "lestari"})
    assert weak.status_code == 422
    assert browser.post(link, {"password1": NEW, "password2": NEW})["Location"] == "/akun/login/"
    assert browser.get(link).status_code == 410
    again = browser.post(link, {"password1": PASSWORD, "password2": PASSWORD})
    assert again.status_code == 410
    browser.post("/akun/login/", {"login": "lestari", "password": NEW})
    assert browser.get(f"/k/{melati.code}/").status_code == 200
    assert "staff.invite" in acts(melati)


def test_before_the_link_is_used_nobody_gets_in(melati, budi):
    user, _secret = invited(melati, budi)
    assert not user.has_usable_password()


def test_a_link_opens_nothing_after_a_week_or_once_there_is_a_newer_one(melati, budi):
    user, first = invited(melati, budi)
    assert invitations.find(secret=first, at=AT + timedelta(days=6, hours=23))
    assert invitations.find(secret=first, at=AT + timedelta(days=7)) is None
    second = act("link", melati, budi, user=user, at=AT)
    assert invitations.find(secret=first, at=AT) is None
    with pytest.raises(invitations.InvitationRefused):
        invitations.use(secret=first, password=NEW, at=AT)
    invitations.use(secret=second, password=NEW, at=AT)
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_the_secret_of_a_link_is_not_kept(melati, budi, caplog):
    _user, secret = invited(melati, budi)
    weak = Client().post(f"/undangan/{secret}/", {"password1": "1", "password2": "1"})
    assert weak.status_code == 422
    assert secret not in caplog.text
    kept = str(Invitation.objects.values())
    assert secret not in kept + str(list(SystemEvent.objects.values("details")))


@pytest.mark.parametrize("role", list(Role))
def test_a_chair_gives_no_role_that_may_do_more(melati, budi, role):
    is_higher = bool(PERMISSIONS[role] - PERMISSIONS[Role.CHAIR])
    assert is_higher == (role in {Role.ADMINISTRATOR, Role.CITY_OFFICER, Role.CITY_MENTOR})
    if is_higher:
        with pytest.raises(staff.StaffRefused):
            invited(melati, budi, role=role)
        assert not User.objects.filter(name="Lestari").exists()
    else:
        user, _secret = invited(melati, budi, role=role)
        assert [h.role for h in user.holdings.all()] == [role]


def test_only_a_chair_may(melati):
    may = {role for role in Role if Permission.STAFF_WRITE in PERMISSIONS[role]}
    assert may == {Role.CHAIR}


def test_a_blocked_person_is_out_at_once_and_let_in_again(melati, budi, tono, client_of):
    browser = client_of(tono)
    act("block", melati, budi, user=tono, at=AT)
    assert browser.get(f"/k/{melati.code}/").status_code == 302
    act("unblock", melati, budi, user=User.objects.get(pk=tono.pk))
    again = client_of(User.objects.get(pk=tono.pk))
    assert again.get(f"/k/{melati.code}/").status_code == 200
    assert browser.get(f"/k/{melati.code}/").status_code == 302
    assert {"staff.block", "staff.unblock"} <= set(acts(melati))
    assert SystemEvent.objects.get(action="user.deactivate").actor == budi


def test_a_blocked_person_has_no_way_in_by_an_open_link(melati, budi):
    user, secret = invited(melati, budi)
    act("block", melati, budi, user=user, at=AT)
    act("unblock", melati, budi, user=User.objects.get(pk=user.pk))
    assert invitations.find(secret=secret, at=AT) is None


ELSEWHERE = {
    "another cooperative": lambda user, mawar, semarang: roles.grant(
        user=user, role=Role.CASHIER, cooperative=mawar, by=None
    ),
    "the city": lambda user, mawar, semarang: roles.grant(
        user=user, role=Role.CITY_OFFICER, regency=semarang, by=None
    ),
    "the administration": lambda user, mawar, semarang: roles.grant(
        user=user, role=Role.ADMINISTRATOR, by=None
    ),
}


@pytest.mark.parametrize("where", ELSEWHERE)
def test_who_also_works_elsewhere_is_the_administrators(melati, mawar, semarang, budi, tono, where):
    ELSEWHERE[where](tono, mawar, semarang)
    for name in ("block", "link"):
        with pytest.raises(staff.StaffRefused):
            act(name, melati, budi, user=tono, at=AT)
    User.objects.filter(pk=tono.pk).update(is_active=False)
    with pytest.raises(staff.StaffRefused):
        act("unblock", melati, budi, user=User.objects.get(pk=tono.pk))
    holding = RoleHolding.objects.get(user=tono, cooperative=melati)
    with scope.cooperative(melati.pk):
        staff.take(holding=holding, at=AT, by=budi)
    assert tono.holdings.count() == 1, "the role at the other place is not the chair's to take"


@pytest.mark.parametrize("stranger", ["joko", "dewi", "agus"])
def test_a_stranger_is_nobody_to_a_chair(melati, budi, stranger, request, client_of, case):
    user = request.getfixturevalue(stranger)
    for name in ("block", "link"):
        with case(name), pytest.raises(staff.StaffRefused):
            act(name, melati, budi, user=user, at=AT)
    with case("give"), pytest.raises(staff.StaffRefused):
        act("give", melati, budi, user=user, role=Role.CASHIER)
    browser = client_of(budi)
    for way in ("tautan", "blokir", "buka-blokir", "peran"):
        with case(way):
            answer = browser.post(f"/k/{melati.code}/akun/{user.pk}/{way}/", {"role": "cashier"})
            assert answer.status_code == 404


def test_whom_an_administrator_has_blocked_only_they_let_in_again(melati, budi, tono, agus):
    blocked = accounts.block(user=tono, at=AT, by=agus)
    with pytest.raises(staff.StaffRefused):
        act("unblock", melati, budi, user=blocked)


def test_a_cooperative_keeps_a_chair(melati, budi, tono, client_of):
    own = RoleHolding.objects.get(user=budi, cooperative=melati)
    with scope.cooperative(melati.pk), pytest.raises(staff.StaffRefused):
        staff.take(holding=own, at=AT, by=budi)
    roles.grant(user=tono, role=Role.CHAIR, cooperative=melati, by=budi)
    with pytest.raises(accounts.AccountRefused):
        act("block", melati, budi, user=budi, at=AT)
    # A blocked chair is none.
    act("block", melati, budi, user=tono, at=AT)
    with scope.cooperative(melati.pk), pytest.raises(staff.StaffRefused):
        staff.take(holding=own, at=AT, by=budi)
    act("unblock", melati, budi, user=User.objects.get(pk=tono.pk))
    answer = client_of(budi).post(f"/k/{melati.code}/akun/{budi.pk}/peran/{own.pk}/cabut/")
    assert answer.status_code == 302
    assert not RoleHolding.objects.filter(pk=own.pk).exists()


def test_the_only_chair_is_not_blocked_by_who_has_lost_the_office_meanwhile(melati, budi, tono):
    """The page of the second chair was open when the first took the office away."""
    with pytest.raises(staff.StaffRefused):
        act("block", melati, tono, user=budi, at=AT)


def test_a_second_step_of_signing_in_stays_with_a_new_link(melati, budi, tono):
    Authenticator.objects.create(user=tono, type=Authenticator.Type.TOTP, data={"secret": "x"})
    secret = act("link", melati, budi, user=tono, at=AT)
    invitations.use(secret=secret, password=NEW, at=AT)
    assert Authenticator.objects.filter(user=tono).exists()


def test_the_old_password_works_until_the_link_is_used(melati, budi, tono):
    secret = act("link", melati, budi, user=tono, at=AT)
    tono.refresh_from_db()
    assert tono.check_password(PASSWORD)
    invitations.use(secret=secret, password=NEW, at=AT)
    tono.refresh_from_db()
    assert not tono.check_password(PASSWORD)


def test_the_page_shows_each_person_once_with_all_their_roles(melati, budi, tono, sari, client_of):
    act("give", melati, budi, user=tono, role=Role.CASHIER, is_meant=True)
    page = client_of(budi).get(f"/k/{melati.code}/akun/").content.decode()
    assert page.count(">tono<") == 1
    assert "Kasir, Bendahara" in page
    for who in (tono, sari):
        assert client_of(who).get(f"/k/{melati.code}/akun/").status_code == 403


def test_a_name_that_is_taken_is_said_beside_the_box(melati, budi, sari, client_of):
    answer = client_of(budi).post(
        f"/k/{melati.code}/akun/undang/", {"name": "Sari", "username": "SARI", "role": "cashier"}
    )
    assert answer.status_code == 422
    assert User.objects.filter(username__iexact="sari").count() == 1


def test_treasurer_and_cashier_in_one_hand_are_a_question(melati, tono, budi, client_of):
    give = f"/k/{melati.code}/akun/{tono.pk}/peran/"
    asked = client_of(budi).post(give, {"role": "cashier"})
    assert asked.status_code == 422
    assert 'type="checkbox" name="is_meant"' in asked.content.decode()
    assert tono.holdings.count() == 1
    assert client_of(budi).post(give, {"role": "cashier", "is_meant": "on"}).status_code == 302
    assert tono.holdings.count() == 2
