"""After signing out the device tells nothing more; what was taken out before is still a file."""

from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from kkmp.lib.clock import business_today
from kkmp.lib.identity import parse_nik
from kkmp.registry import scope
from kkmp.registry.models import Cooperative
from members.models import Status
from members.register.services.membership import Particulars
from members.takeover.services import opening
from members.takeover.services.opening import Opening
from tests.browser.conftest import DESKTOP

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Ani Lestari"


@pytest.fixture(params=[DESKTOP], ids=["desktop"])
def screen(request: pytest.FixtureRequest) -> dict[str, int]:
    return request.param


@pytest.fixture
def people(melati: Cooperative, agus):
    today = business_today()
    nik = parse_nik("3374115203900001")
    particulars = Particulars(name=NAME, rw="003", phone="+6281200000001", nik=nik)
    with scope.cooperative(melati.pk):
        opening.take_over(
            cooperative=melati,
            people=[
                Opening(
                    particulars=particulars,
                    status=Status.ACTIVE,
                    since=today,
                    principal_idr=100_000,
                )
            ],
            key=uuid4(),
            on=today,
            by=agus,
        )


def sign_out(page: Page) -> None:
    """As the menu does; it lies in another place on each screen."""
    page.evaluate("document.querySelector('form[action$=\"/akun/logout/\"]').requestSubmit()")
    page.wait_for_url(lambda url: "/k/" not in url)


def test_back_shows_no_members_after_signing_out(page, sign_in, melati, rini, people):
    sign_in(rini)
    page.goto(f"/k/{melati.code}/anggota/")
    assert NAME in page.content()
    sign_out(page)
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert NAME not in page.content()
    assert "login" in page.url


def test_a_document_is_downloaded_although_nothing_is_kept(page, sign_in, melati, rini, people):
    sign_in(rini)
    page.goto(f"/k/{melati.code}/anggota/")
    address = f"/k/{melati.code}/anggota/buku/daftar-anggota.pdf"
    with page.expect_download() as started:
        page.evaluate(
            """address => {
                const link = document.createElement("a");
                Object.assign(link, {href: address, download: ""});
                document.body.append(link);
                link.click();
            }""",
            address,
        )
    assert Path(started.value.path()).read_bytes().startswith(b"%PDF")


def test_one_comes_back_to_what_one_left_while_signed_in(page, sign_in, melati, rini, people):
    sign_in(rini)
    page.goto(f"/k/{melati.code}/anggota/")
    page.goto("/profil/")
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert NAME in page.content()
