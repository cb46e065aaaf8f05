"""What spares the drawing of refusals changes neither whether nor whom they refuse."""

from tests.guards.refusing import drawn_once


def test_a_page_that_refuses_is_drawn_once_for_each_person(db, client_of, sari, rini, melati):
    here = f"/k/{melati.code}/gerai/laporan/"
    cashier, clerk = client_of(sari), client_of(rini)
    with drawn_once():
        answers = [client.get(here) for client in (cashier, cashier, clerk, clerk)]
        elsewhere = cashier.get(f"/k/{melati.code}/anggota/jasa/2026-11/")
    assert [answer.status_code for answer in (*answers, elsewhere)] == [403] * 5
    assert [bool(answer.content) for answer in (*answers, elsewhere)] == [
        True, False, True, False, True,
    ]  # fmt: skip
    assert cashier.get(here).content, "as ever after that"
