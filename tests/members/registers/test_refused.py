"""A document whose process dies: words and another try, and nothing half done."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kkmp.access.models import AuditEvent, User
from kkmp.lib import documents
from members.models import Member

Door = Callable[[User], Client]


@pytest.fixture
def killed(tmp_path, monkeypatch):
    """Every document is killed, as the kernel does where memory is short."""
    program = tmp_path / "killed.py"
    program.write_text("import os; os.kill(os.getpid(), 9)")
    monkeypatch.setattr(documents, "_WORKER", program)
    return monkeypatch.undo


def test_a_page_says_so_and_offers_another_try(killed, ayu: Member, rini: User, client_of: Door):
    browser = client_of(rini)
    url = reverse("members:register_members", args=[ayu.cooperative.code])
    answer = browser.get(url)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    page = answer.content.decode()
    assert "Dokumen tidak jadi dibuat" in page
    assert f'href="{url}"' in page
    killed()
    assert browser.get(url).content.startswith(b"%PDF")


def test_identity_numbers_that_nobody_saw_are_not_on_record(
    killed, ayu: Member, rini: User, client_of: Door
):
    url = reverse("members:register_members_whole", args=[ayu.cooperative.code])
    answer = client_of(rini).post(url)
    assert answer.status_code == 503
    assert not AuditEvent.objects.of(ayu.cooperative).filter(action="register.nik_reveal").exists()


def test_programs_get_the_shape_of_a_refusal(killed, ayu: Member, rini: User, api_of):
    answer = api_of(rini, ayu.cooperative).get(reverse("api-card-pdf", args=[ayu.id]))
    assert (answer.status_code, answer.json()["code"]) == (503, "document_refused")
