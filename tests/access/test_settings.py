"""What a real installation is protected by, as the environment sets it."""

import runpy
from typing import Any

import pytest
from django.conf import settings

FILE = settings.BASE_DIR / "kkmp" / "settings.py"


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.delenv("SECURE")
    return runpy.run_path(str(FILE))


def test_cookies_leave_by_tls_alone(real):
    assert real["SESSION_COOKIE_SECURE"]
    assert real["CSRF_COOKIE_SECURE"]
    assert real["SECURE_SSL_REDIRECT"]
    assert real["SECURE_HSTS_SECONDS"] > 0


def test_the_policy_allows_nothing_inline(real):
    directives = real["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]


def test_sign_in_limits_look_past_the_proxy(real, monkeypatch):
    assert real["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    monkeypatch.setenv("TRUSTED_PROXIES", "2")
    assert runpy.run_path(str(FILE))["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2


def test_on_this_machine_no_proxy_is_believed(monkeypatch):
    monkeypatch.setenv("SECURE", "0")
    assert runpy.run_path(str(FILE))["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
