"""A real browser on a real server: two sizes, accessibility and the security policy watched."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page

from kkmp.access.models import User
from tests.conftest import PASSWORD

# Playwright's own loop runs in this thread; the tests use the database between its calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": os.environ["CHROMIUM"],
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(autouse=True, scope="session")
def _files_stay_in_the_browser() -> Iterator[None]:
    """Let the browser keep files, as it does where a file's address changes with what it holds.

    Without it the browser asks for dozens of files again at each page of a test.
    """
    original = StaticFilesHandler.serve

    def serve(self: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        response = original(self, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    StaticFilesHandler.serve = serve
    yield
    StaticFilesHandler.serve = original


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def screen(request: pytest.FixtureRequest) -> dict[str, int]:
    return request.param


@pytest.fixture
def browser_context_args(screen: dict[str, int], live_server: Any) -> dict[str, Any]:
    phone = screen == PHONE
    return {
        "viewport": screen,
        "has_touch": phone,
        "is_mobile": phone,
        "locale": "id-ID",
        "timezone_id": "Asia/Jakarta",
        "base_url": live_server.url,
    }


@pytest.fixture(autouse=True)
def _nothing_is_blocked_or_broken(page: Page) -> Iterator[None]:
    """The policy blocks nothing of ours, no script fails, and no request leaves this machine."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if (
            message.type == "error"
            and "the server responded with a status of 4" not in message.text
            # A page that asks before it is left, left by a test that touched nothing on it.
            and "beforeunload" not in message.text
        ):
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            complaints.append(request.url)
            if not request.url.startswith(
                ("http://localhost", "http://127.0.0.1", "data:", "blob:")
            )
            else None
        ),
    )
    yield
    assert complaints == []


@pytest.fixture
def sign_in(page: Page, live_server: Any) -> Callable[[User], None]:
    """Through the view that signs in, without its page, which takes longer than many a test.

    The tests of a page that leads there, and the journey, sign in as people do.
    """

    def go(user: User) -> None:
        page.goto("about:blank")
        door = Client(headers={"user-agent": page.evaluate("navigator.userAgent")})
        answer = door.post("/akun/login/", {"login": user.username, "password": PASSWORD})
        assert answer.status_code == 302
        assert "login" not in answer.url
        page.context.clear_cookies()
        page.context.add_cookies(
            [
                {"name": name, "value": cookie.value, "url": live_server.url}
                for name, cookie in door.cookies.items()
            ]
        )

    return go


@pytest.fixture
def sign_in_by_hand(page: Page) -> Callable[[User], None]:
    """Through the sign-in page, as people do."""

    def go(user: User) -> None:
        page.context.clear_cookies()
        page.goto("/akun/login/")
        page.fill("input[name=login]", user.username)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "login" not in url)

    return go


@pytest.fixture
def looks_right(page: Page) -> Callable[[], None]:
    """The page fits the screen, speaks Indonesian, and axe finds nothing serious."""

    def look() -> None:
        page.wait_for_load_state("networkidle")
        assert page.get_attribute("html", "lang") == "id"
        width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, f"{page.url} is {width} pixels too wide"
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [
            f"{page.url}: {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"][:3]
        ]
        assert serious == []

    return look
