"""What members owe the shop, as a file."""

from datetime import timedelta

from shops.models import Method
from tests.conftest import MONDAY
from tests.exports.conftest import rows_of, table_of, taken, total_of
from tests.shops.conftest import MORNING
from tests.shops.payments.paying import give_credit, tenders


def bought(sell, gula, ani, many, on):
    paid = tenders(Method.CREDIT, 17_300 * many)
    sell((gula, str(many)), member=ani, payments=paid, at=MORNING + (on - MONDAY))


def test_the_file_says_who_owes_how_much_and_how_old_it_is(in_melati, sell, gula, ani, tono):
    give_credit(ani, tono, days=30)
    bought(sell, gula, ani, 1, MONDAY)
    bought(sell, gula, ani, 2, MONDAY + timedelta(days=25))
    on = MONDAY + timedelta(days=45)
    content = taken("credits", in_melati, on=on)
    head, row = table_of(content)
    told = dict(zip(head, row, strict=True))
    assert (told["Member"], told["Member number"]) == (ani.name, "0001")
    assert (told["Owes"], told["Limit"], told["Overdue"]) == (51_900, 500_000, 17_300)
    assert (told["Up to 30 days"], told["31 to 60 days"]) == (34_600, 17_300)
    assert told["First due"] == MONDAY + timedelta(days=30)
    assert told["Days late"] == 15
    total = total_of(content)
    assert (total["Owes"], total["31 to 60 days"], total["Limit"]) == (51_900, 17_300, "")


def test_the_file_shows_whom_the_page_shows(in_melati, sell, gula, ani, tono):
    give_credit(ani, tono)
    assert len(table_of(taken("credits", in_melati))) == 1
    content = taken("credits", in_melati, "show=all")
    assert [row[0] for row in table_of(content)[1:]] == [ani.name]
    assert rows_of(content)[2][0] == "Show: Everybody with a limit"
    assert len(table_of(taken("credits", in_melati, "show=overdue"))) == 1
    assert len(table_of(taken("credits", in_melati, "q=ani"))) == 2
    assert len(table_of(taken("credits", in_melati, "q=budi"))) == 1
