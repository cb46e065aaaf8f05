"""Shifts as a file."""

from datetime import timedelta

from kkmp.lib.ids import new_id
from shops.drawers.services import shifts
from shops.drawers.services.shifts import Counted
from tests.exports.conftest import table_of, taken, total_of
from tests.shops.conftest import MORNING, open_shift


def closed(gerai, by, counted_idr):
    """A shift with a float of Rp100.000 and no sale, counted as it is said."""
    shift = open_shift(gerai, by, float_idr=100_000)
    counted = Counted({1_000: counted_idr // 1_000}) if counted_idr else Counted({})
    at = MORNING + timedelta(hours=8)
    return shifts.close(shift=shift, counted=counted, note="Catatan", key=new_id(), at=at, by=by)


def test_shifts_come_with_what_should_be_there_and_what_was_counted(in_melati, gerai, sari, budi):
    closed(gerai, sari, 97_000)
    closed(gerai, sari, 101_000)
    open_shift(gerai, budi, float_idr=50_000)
    content = taken("shifts", in_melati)
    head, running, second, first = table_of(content)
    at = [head.index(title) for title in ("Should be there", "Counted", "Difference")]
    assert [first[each] for each in at] == [100_000, 97_000, -3_000]
    assert [second[each] for each in at] == [100_000, 101_000, 1_000]
    assert [running[each] for each in at] == ["", "", ""]
    assert (running[head.index("Cashier")], first[head.index("Note")]) == (str(budi), "Catatan")
    total = total_of(content)
    assert [total[head[each]] for each in at] == [200_000, 198_000, -2_000]


def test_the_counts_of_each_cashier_stand_on_a_sheet_of_their_own(in_melati, gerai, sari, budi):
    closed(gerai, sari, 97_000)
    closed(gerai, sari, 101_000)
    closed(gerai, budi, 100_000)
    _head, *rows = table_of(taken("shifts", in_melati), 1)
    assert rows == [[str(sari), 2, 2, 3_000, 1_000], [str(budi), 1, 0, 0, 0]]
    total = total_of(taken("shifts", in_melati), 1)
    assert (total["Shifts"], total["Short"], total["Over"]) == (3, 3_000, 1_000)
