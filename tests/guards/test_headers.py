"""What a browser may keep of an answer, and what a page may use of the device: at every address."""

import re

from django.urls import reverse

from kkmp.access import rights
from kkmp.access.permissions import Role
from kkmp.lib import response_headers
from tests.guards.addresses import all_of_them, path
from tests.guards.world import ANONYMOUS, World

#: The same for everybody, or of no person: what a browser may keep although somebody is signed in.
KEPT = {
    "api/v1/city/progress/",
    "favicon.ico",
    "k/<slug:code>/gerai/barang/<uuid:product_id>/foto/",
    "kasir/",
    "kasir/en/",
    "robots.txt",
}
ASKED = ("GET", "POST")
WHO = (Role.CHAIR, Role.CITY_OFFICER, Role.ADMINISTRATOR)


def test_no_browser_keeps_what_somebody_was_answered(world: World, case):
    """Nor a refusal, nor a page that is not there: *Back* after signing out shows none of it."""
    asked = kept = 0
    for address in all_of_them():
        here = path(address, world.melati.code)
        with case(f"{address.route} {address.name}"):
            for who in WHO:
                for method in ASKED:
                    answer = world.ask(who, method, here, is_api=address.route.startswith("api/"))
                    asked += 1
                    told = answer.get("Cache-Control", "")
                    if address.route in KEPT and "no-store" not in told:
                        kept += 1
                        continue
                    assert "no-store" in told, f"{method} {here} to {who}: {told or 'nothing'}"
                    assert "ETag" not in answer
    assert asked > 1000
    assert kept


def test_signing_in_and_the_administration_are_not_kept_either(world: World, case):
    pages = [reverse("admin:index"), reverse("admin:access_user_changelist"), "/admin/jsi18n/"]
    pages += ["/" + address.route for address in rights.packages() if "<" not in address.route]
    for here in pages:
        with case(here):
            for who in (Role.ADMINISTRATOR, ANONYMOUS):
                assert "no-store" in world.ask(who, "GET", here)["Cache-Control"]


def test_what_is_for_everybody_is_kept_by_those_who_are_not_signed_in(world: World):
    assert "max-age=60" in world.ask(ANONYMOUS, "GET", "/")["Cache-Control"]
    assert "no-store" in world.ask(Role.CHAIR, "GET", "/")["Cache-Control"]


def test_a_page_may_use_the_camera_and_nothing_else_of_the_device(world: World):
    for who, here in ((ANONYMOUS, "/"), (Role.CASHIER, "/kasir/"), (Role.ADMINISTRATOR, "/admin/")):
        policy = world.ask(who, "GET", here)["Permissions-Policy"]
        allowed = dict(re.findall(r"([\w-]+)=(\([^)]*\))", policy))
        assert allowed["camera"] == "(self)"
        for feature in ("microphone", "geolocation", "usb", "serial", "payment"):
            assert allowed[feature] == "()"
        assert {name for name, who_may in allowed.items() if who_may != "()"} == {
            "camera",
            "clipboard-write",
            "publickey-credentials-create",
            "publickey-credentials-get",
        }


def test_a_view_that_forgets_is_no_exception():
    """What says nothing of itself is not kept, whoever asks."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    for said in ({}, {"Cache-Control": "private"}, {"Cache-Control": "no-store"}):
        answer = HttpResponse("x", headers=said)
        middleware = response_headers.HeadersMiddleware(lambda _request, a=answer: a)
        told = middleware(RequestFactory().get("/"))["Cache-Control"]
        assert ("no-store" in told) == (said != {"Cache-Control": "private"})
