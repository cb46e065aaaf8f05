"""What one member has put on credit: a page of purchases, however many there were."""

import html
import re

from kkmp.registry import scope
from shops.models import Method
from tests.shops.payments.paying import give_credit, tenders

SHOWN = 25


def rows(page: str) -> list[int]:
    return [int(found) for found in re.findall(r"Receipt (\d+)</a>", page)]


def test_a_long_history_is_shown_in_pages(shop, sari, budi, budis):
    with scope.cooperative(shop.cooperative.pk):
        give_credit(shop.ani, budi)
    for _ in range(SHOWN + 1):
        on_credit = tenders(Method.CREDIT, 17_300)
        shop.sell(sari, (shop.gula, "1"), member=shop.ani, payments=on_credit)
    address = f"/k/{shop.cooperative.code}/gerai/bon/{shop.ani.id}/"
    first = budis.get(address).content.decode()
    assert rows(first) == list(range(SHOWN + 1, 1, -1))
    (way,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert rows(budis.get(address + html.unescape(way)).content.decode()) == [1]
