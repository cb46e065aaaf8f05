"""A cashier's own receipts of a day: a page of them, however many there are."""

import html
import re

from tests.conftest import MONDAY
from tests.shops.conftest import MORNING

SIZE = 50


def numbers(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'kasir/nota/[0-9a-f-]{36}/">(\d+)</a>', page)]


def test_a_long_day_is_shown_in_pages_of_one_size(shop, sari, saris, monkeypatch):
    monkeypatch.setattr("shops.till.views.business_today", lambda: MONDAY)
    address = f"/k/{shop.cooperative.code}/gerai/kasir/nota/"
    for _ in range(SIZE):
        shop.sell(sari, (shop.telur, "0.1"), at=MORNING)
    whole = saris.get(address).content.decode()
    assert 'rel="next"' not in whole
    for _ in range(SIZE):
        shop.sell(sari, (shop.telur, "0.1"), at=MORNING)
    first = saris.get(address).content.decode()
    assert numbers(first) == list(range(2 * SIZE, SIZE, -1))
    assert len(first) < len(whole) * 1.05
    (way,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert numbers(saris.get(address + html.unescape(way)).content.decode()) == list(
        range(SIZE, 0, -1)
    )
