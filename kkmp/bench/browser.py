"""A browser just good enough to sign in, send forms and wait for answers."""

import http.client
import re
import time
from collections.abc import Mapping
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

REDIRECTS = (301, 302, 303)


class Failed(Exception):
    """The server answered something that a measurement must not count."""


class Browser:
    """:param address: such as ``http://127.0.0.1:8000``"""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.cookies: SimpleCookie = SimpleCookie()
        #: Seconds that the last answer took, redirects not included.
        self.seconds = 0.0
        self.text = ""
        self.path = ""

    def get(self, path: str) -> str:
        """Open a page, following redirects; its text."""
        return self._ask("GET", path, None, {})

    def post(
        self, path: str, data: Mapping[str, str], file: tuple[str, bytes] | None = None
    ) -> str:
        """Send a form and open the page that it leads to.

        :param file: name of its box and content of a spreadsheet
        """
        fields = {"csrfmiddlewaretoken": self._token(), **data}
        if file is None:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        else:
            body, kind = _multipart(fields, file)
        return self._ask("POST", path, body, {"Content-Type": kind})

    def sign_in(self, username: str, password: str) -> None:
        self.get("/akun/login/")
        self.post("/akun/login/", {"login": username, "password": password})
        self.get("/profil/")
        if "login" in self.path:
            raise Failed("the sign-in was refused")

    def form(self, action: str = "") -> dict[str, str]:
        """What a form of the page at hand holds; the first whose address ends like this."""
        parser = _Forms()
        parser.feed(self.text)
        for where, fields in parser.found:
            if where.endswith(action):
                return fields
        raise Failed(f"no form to {action!r} on {self.path}")

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> str:
        connection = http.client.HTTPConnection(self.host, timeout=180)
        cookies = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        headers = headers | {"Cookie": cookies, "Referer": f"http://{self.host}/"}
        start = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        self.seconds = time.perf_counter() - start
        connection.close()
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(value)
        if answer.status in REDIRECTS:
            took = self.seconds
            target = urlsplit(answer.headers["Location"])
            text = self.get(target.path + (f"?{target.query}" if target.query else ""))
            self.seconds = took if method == "POST" else self.seconds
            return text
        if answer.status != 200:
            raise Failed(f"{method} {path} answered {answer.status}")
        self.text, self.path = content.decode(errors="replace"), path
        return self.text

    def _token(self) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.text)
        if found is None:
            raise Failed(f"no form on {self.path}")
        return found[1]


class _Forms(HTMLParser):
    """The forms of a page with the values of their boxes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((given.get("action", ""), {}))
        if not self.found:
            return
        fields = self.found[-1][1]
        if tag == "input" and given.get("name") and given.get("type") not in ("submit", "file"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                fields[given["name"]] = given.get("value", "")
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and "selected" in given:
            fields[self._select] = given.get("value", "")


def _multipart(fields: Mapping[str, str], file: tuple[str, bytes]) -> tuple[bytes, str]:
    line = uuid4().hex
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    name, content = file
    parts.append(
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"; filename="daftar.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
    )
    return b"".join([*parts, content, f"\r\n--{line}--\r\n".encode()]), (
        f"multipart/form-data; boundary={line}"
    )
