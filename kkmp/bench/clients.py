"""A cashier as a program: signed in once, then one sale after the other over one connection."""

import http.client
import json
import re
import time
from random import Random
from uuid import uuid4

from kkmp.bench.browser import Browser, Failed

LINES = 5


class Cashier:
    """:param goods: id and price of what the shop sells"""

    def __init__(
        self, host: str, username: str, password: str, code: str, goods: list[tuple[str, int]]
    ) -> None:
        browser = Browser(f"http://{host}")
        browser.sign_in(username, password)
        self.host, self.code, self.goods = host, code, goods
        self.random = Random(code)
        token = browser.cookies["csrftoken"].value
        self.headers = {
            "Cookie": "; ".join(f"{name}={one.value}" for name, one in browser.cookies.items()),
            "X-CSRFToken": token,
            "X-Cooperative": code,
            "Content-Type": "application/json",
            "Referer": f"http://{host}/",
        }
        self._taken: list[float] = []

    def sell_until(self, moment: float) -> None:
        """Sell without a pause; what each sale took is in :meth:`taken`."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        while time.perf_counter() < moment:
            body = self._sale()
            start = time.perf_counter()
            connection.request("POST", "/api/v1/sales/", body, self.headers)
            answer = connection.getresponse()
            content = answer.read()
            self._taken.append(time.perf_counter() - start)
            if answer.status != 201:
                raise Failed(f"a sale was answered {answer.status}: {content[:200]!r}")
        connection.close()

    def taken(self) -> list[float]:
        """Seconds of each sale since it was asked last."""
        taken, self._taken = self._taken, []
        return taken

    def _sale(self) -> bytes:
        lines = self.random.sample(self.goods, LINES)
        total = sum(price for _id, price in lines)
        return json.dumps(
            {
                "key": str(uuid4()),
                "unit": "gerai",
                "lines": [{"product": product, "quantity": "1"} for product, _price in lines],
                "payments": [{"method": "cash", "amount_idr": -(-total // 5_000) * 5_000}],
                "shown_idr": total,
                "device": "bench",
            }
        ).encode()


def rate_of(text: str) -> float:
    """What pgbench reports: transactions a second."""
    found = re.search(r"tps = ([0-9.]+)", text)
    if found is None:
        raise Failed(f"pgbench said nothing of its rate: {text[-300:]}")
    return float(found[1])
