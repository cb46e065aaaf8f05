"""The bench of the till compares like with like."""

import json
import socket

import pytest

from kkmp.bench import pgbench
from kkmp.bench.browser import Failed
from kkmp.bench.clients import Cashier, _answer
from kkmp.bench.processes import Work
from kkmp.bench.report import Figure

SAID = """pgbench (18.6)
progress: 1.0 s, 900.0 tps, lat 1 ms stddev 1, 0 failed
progress: 2.0 s, 800.0 tps, lat 1 ms stddev 1, 0 failed
progress: 3.0 s, 410.0 tps, lat 1 ms stddev 1, 0 failed
progress: 4.0 s, 390.0 tps, lat 1 ms stddev 1, 0 failed
progress: 5.0 s, 100.0 tps, lat 1 ms stddev 1, 0 failed
"""


def test_the_first_two_seconds_of_pgbench_do_not_count():
    looked = iter([Work({}, {7: 1.0, 8: 1.0}), Work({}, {7: 2.0, 8: 2.6})])
    counted = pgbench._counted(SAID.splitlines(keepends=True), 2, lambda: next(looked))
    # 410 and 390 sales in two seconds, for 2.6 seconds of the two sessions' processors.
    assert (counted.rate, round(counted.database_ms, 2)) == (400, 3.25)


def test_pgbench_that_fails_is_told_in_its_own_words():
    with pytest.raises(Failed, match="no such function"):
        pgbench._counted(["pgbench: error: no such function\n"], 2, lambda: Work({}, {}))


def test_work_is_told_apart_and_begins_anew_with_each_window():
    earlier, now = Work({1: 5.0, 2: 5.0}, {9: 2.0}), Work({1: 8.0, 2: 6.0}, {9: 3.0, 10: 0.5})
    work = now.since(earlier)
    assert (work.server, work.database) == ({1: 3.0, 2: 1.0}, {9: 1.0, 10: 0.5})
    assert (work.seconds, work.busiest) == (5.5, 0.75)


def test_the_baseline_writes_ids_as_the_application_does(db):
    assert pgbench._new_id() == "uuidv7"
    assert "random_uuid" not in pgbench._FUNCTION + pgbench._PARTS


def test_an_answer_is_read_to_its_end_however_it_comes():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nab")
        theirs.sendall(b"cd")
        assert _answer(ours).endswith(b"\r\n\r\nabcd")
        theirs.close()
        with pytest.raises(Failed, match="hung up"):
            _answer(ours)


def test_requests_are_ready_before_they_are_sent(monkeypatch):
    class SignedIn:
        cookies = {"csrftoken": type("Morsel", (), {"value": "t"})()}

        def __init__(self, address):
            pass

        def sign_in(self, username, password):
            pass

    monkeypatch.setattr("kkmp.bench.clients.Browser", SignedIn)
    goods = [(str(number), 1_000 + number) for number in range(9)]
    cashier = Cashier("127.0.0.1:1", "kasir", "rahasia", "melati", goods)
    cashier.prepare(3)
    heads, bodies = zip(*(one.split(b"\r\n\r\n") for one in cashier._requests), strict=True)
    assert all(
        f"Content-Length: {len(body)}".encode() in head
        for head, body in zip(heads, bodies, strict=True)
    )
    sales = [json.loads(body) for body in bodies]
    assert len({sale["key"] for sale in sales}) == 3
    assert all(len(sale["lines"]) == 5 for sale in sales)


def test_a_ratio_is_shown_with_its_decimals():
    figure = Figure("Rate", "", 0.314, target=1 / 3, more_is_better=True, places=2)
    assert (str(figure), figure.amount(figure.target), figure.verdict) == (
        "Rate: 0.31",
        "0.33",
        "NO",
    )
