"""What a real installation is protected by, as the environment sets it."""

import runpy
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from kkmp.runner import environment

FILE = settings.BASE_DIR / "kkmp" / "settings.py"
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """The settings of a real installation, with some values more."""
    for name in environment.TEST_ENVIRONMENT:
        monkeypatch.delenv(name)

    def settings_with(**more: str) -> dict[str, Any]:
        for name, value in (environment.real_environment() | more).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(FILE))

    return settings_with


def test_cookies_leave_by_tls_alone(read: Read) -> None:
    real = read()
    assert real["SESSION_COOKIE_SECURE"]
    assert real["CSRF_COOKIE_SECURE"]
    assert real["SECURE_SSL_REDIRECT"]
    assert real["SECURE_HSTS_SECONDS"] > 0


def test_the_policy_allows_nothing_inline(read: Read) -> None:
    directives = read()["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]


def test_sign_in_limits_look_past_the_proxy(read: Read) -> None:
    assert read()["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert read(TRUSTED_PROXIES="2")["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2


def test_on_this_machine_no_proxy_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert runpy.run_path(str(FILE))["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
