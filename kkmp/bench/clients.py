"""A cashier as a program: signed in once, then one sale after the other over one connection.

It works as little as it can, because it shares the cores with the server that it measures: its
requests are made beforehand, and it sends and reads over a plain socket.
"""

import json
import re
import socket
import time
from collections import deque
from random import Random
from uuid import UUID, uuid4

from kkmp.bench.browser import Browser, Failed

LINES = 5
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Cashier:
    """:param goods: id and price of what the shop sells"""

    def __init__(
        self,
        host: str,
        username: str,
        password: str,
        code: str,
        goods: list[tuple[str, int]],
    ) -> None:
        browser = Browser(f"http://{host}")
        browser.sign_in(username, password)
        self.host, self.goods = host, goods
        self._random = Random(username)
        cookies = "; ".join(f"{name}={one.value}" for name, one in browser.cookies.items())
        self._head = (
            f"POST /api/v1/sales/ HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\n"
            f"X-CSRFToken: {browser.cookies['csrftoken'].value}\r\nX-Cooperative: {code}\r\n"
            f"Content-Type: application/json\r\nReferer: http://{host}/\r\n"
        )
        self._requests: deque[bytes] = deque()
        self._connection: socket.socket | None = None
        self._taken: list[float] = []

    def prepare(self, count: int) -> None:
        """Have as many requests ready."""
        while len(self._requests) < count:
            self._requests.append(self._request())

    def open(self) -> int:
        """Connect, and sell once: the worker that has answered keeps the connection.

        :returns: the port that it comes from
        """
        self.close()
        address, _colon, port = self.host.partition(":")
        self._connection = socket.create_connection((address, int(port)), timeout=60)
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sell(self._connection)
        return int(self._connection.getsockname()[1])

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def sell_until(self, moment: float) -> None:
        """Sell without a pause; what each sale took is in :meth:`taken`."""
        if self._connection is None:
            raise Failed("no connection is open")
        while (start := time.perf_counter()) < moment:
            self._sell(self._connection)
            self._taken.append(time.perf_counter() - start)

    def taken(self) -> list[float]:
        """Seconds of each sale since it was asked last."""
        taken, self._taken = self._taken, []
        return taken

    def _sell(self, connection: socket.socket) -> None:
        connection.sendall(self._requests.popleft() if self._requests else self._request())
        answer = _answer(connection)
        if not answer.startswith(b"HTTP/1.1 201"):
            raise Failed(f"a sale was answered {answer[:400]!r}")

    def _request(self) -> bytes:
        lines = self._random.sample(self.goods, LINES)
        total = sum(price for _id, price in lines)
        body = json.dumps(
            {
                "key": str(_key(self._random)),
                "unit": "gerai",
                "lines": [{"product": product, "quantity": "1"} for product, _price in lines],
                "payments": [{"method": "cash", "amount_idr": -(-total // 5_000) * 5_000}],
                "shown_idr": total,
                "device": "bench",
            }
        ).encode()
        return f"{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _key(random: Random) -> UUID:
    """A key as a till makes it: a UUIDv7. Made in advance, those of one till still rise."""
    parts = bytearray(uuid4().bytes)
    parts[:6] = (time.time_ns() // 1_000_000).to_bytes(6, "big")
    parts[6] = 0x70 | random.randrange(16)
    return UUID(bytes=bytes(parts))


def _answer(connection: socket.socket) -> bytes:
    """One whole answer; ours always say how long they are."""
    read = b""
    while True:
        part = connection.recv(65536)
        if not part:
            raise Failed(f"the server hung up after {read[:200]!r}")
        read += part
        head = read.find(b"\r\n\r\n")
        if head < 0:
            continue
        length = _LENGTH.search(read, 0, head)
        if length is None:
            raise Failed(f"an answer without its length: {read[:head]!r}")
        if len(read) >= head + 4 + int(length[1]):
            return read
