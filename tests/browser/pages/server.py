"""A server of pages that were made before: it has no database, and the browser keeps its files."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders


@dataclass
class Made:
    """:param answers: by address: kind of content, and content"""

    answers: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    url: str = ""


@contextmanager
def serving() -> Iterator[Made]:
    made = Made()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path
            if "HX-Request" in self.headers:
                # A page that asks after something again would be given itself.
                self.send_response(204)
                self.end_headers()
                return
            kind, content, age = "", b"", 0
            if path.startswith("/static/"):
                file = finders.find(unquote(path.removeprefix("/static/").partition("?")[0]))
                if isinstance(file, str):
                    kind, content = guess_type(file)[0] or "", Path(file).read_bytes()
                    age = 3600
            else:
                asked = path if path in made.answers else path.partition("?")[0]
                kind, content = made.answers.get(asked, ("", b""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", f"max-age={age}")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
