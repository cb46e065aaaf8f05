"""Limited tries: counted before they are compared, for good, and by more than one way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import override

from kkmp.access.models import AuditEvent, SystemEvent, Tries
from kkmp.access.services import tries
from kkmp.access.services.tries import Limit, Told, TooManyTries
from kkmp.registry import scope

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OWNER = Limit(kind="t_owner", most=3, rest=timedelta(minutes=10))
PLACE = Limit(kind="t_place", most=4, window=HOUR, rest=HOUR, is_cleared=False)
FOR_GOOD = Limit(kind="t_for_good", most=2)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def shut(*keys, at=NOW, told=None):
    with pytest.raises(TooManyTries) as found:
        tries.begin(*keys, at=at, told=told)
    return found.value


def fail(*keys, times=1, at=NOW, told=None):
    for _try in range(times):
        tries.wrong(tries.begin(*keys, at=at, told=told))


def failures(key, at=NOW):
    return tries.state(key, at=at).failures


@pytest.mark.django_db
def test_after_the_last_wrong_try_nothing_is_compared_until_the_rest_is_over():
    fail(OWNER.key("ani"), times=3)
    refusal = shut(OWNER.key("ani"), at=NOW + timedelta(minutes=3))
    assert refusal.until == NOW + timedelta(minutes=10)
    assert str(refusal) == "Too many wrong tries. Try again in 7 minutes."
    assert tries.begin(OWNER.key("ani"), at=NOW + timedelta(minutes=10)).failures == 1


@pytest.mark.django_db
def test_another_one_is_not_shut_with_it():
    fail(OWNER.key("ani"), times=3)
    assert tries.begin(OWNER.key("wulan"), at=NOW).failures == 1


@pytest.mark.django_db
def test_parts_of_a_key_do_not_run_together():
    fail(OWNER.key("ab", "c"))
    assert failures(OWNER.key("a", "bc")) == 0


@pytest.mark.django_db
def test_the_owners_right_try_forgets_the_wrong_ones_and_that_of_a_place_only_itself():
    fail(OWNER.key("ani"), PLACE.key("till"), times=2)
    tries.right(tries.begin(OWNER.key("ani"), PLACE.key("till"), at=NOW), at=NOW)
    assert (failures(OWNER.key("ani")), failures(PLACE.key("till"))) == (0, 2)


@pytest.mark.django_db
def test_one_place_does_not_try_everybody():
    for name in ("ani", "wulan", "budi", "sari"):
        fail(OWNER.key(name), PLACE.key("till"))
    shut(OWNER.key("tono"), PLACE.key("till"))
    assert failures(OWNER.key("tono")) == 0


@pytest.mark.django_db
def test_wrong_tries_of_a_window_are_forgotten_after_it():
    fail(PLACE.key("till"), times=3)
    assert tries.begin(PLACE.key("till"), at=NOW + HOUR).failures == 1


@pytest.mark.django_db
def test_what_has_no_rest_stays_shut_until_it_is_opened():
    fail(FOR_GOOD.key("ani"), times=2)
    assert shut(FOR_GOOD.key("ani"), at=NOW + timedelta(days=900)).until is None
    tries.forget(FOR_GOOD.key("ani"))
    assert tries.begin(FOR_GOOD.key("ani"), at=NOW).failures == 1


@pytest.mark.django_db
def test_tries_that_are_never_ended_stay_counted():
    """As those of a process that was killed while it compared."""
    for _try in range(3):
        tries.begin(OWNER.key("ani"), at=NOW)
    shut(OWNER.key("ani"))


@pytest.mark.django_db
def test_each_wrong_try_is_on_record_and_who_goes_on_fills_no_trail(melati, sari, budi):
    told = Told(action="pin.refuse", by=sari, subject=budi)
    fail(OWNER.key("budi"), times=3, told=told)
    for _try in range(tries.MOST_TOLD + 30):
        shut(OWNER.key("budi"), told=told)
    recorded = list(SystemEvent.objects.filter(action="pin.refuse").order_by("id"))
    assert [one.details["failures"] for one in recorded[:4]] == [1, 2, 3, 3]
    assert [one.details["was_blocked"] for one in recorded[:4]] == [False] * 3 + [True]
    assert (len(recorded), {one.actor for one in recorded}) == (3 + tries.MOST_TOLD, {sari})


@pytest.mark.django_db
def test_a_wrong_try_in_a_cooperative_stands_in_its_trail(melati, sari):
    fail(OWNER.key("x"), told=Told(action="pin.refuse", by=sari, cooperative=melati))
    with scope.cooperative(melati.pk):
        assert AuditEvent.objects.of(melati).filter(action="pin.refuse", actor=sari).count() == 1


@pytest.mark.django_db
def test_the_table_names_nobody():
    fail(OWNER.key("3374115203900012"))
    (row,) = Tries.objects.values()
    assert "3374" not in str({**row, "key": bytes(row["key"])})


@pytest.mark.django_db
def test_counts_that_are_over_are_deleted_and_those_in_force_never():
    fail(OWNER.key("ani"), times=3)
    fail(PLACE.key("till"))
    fail(FOR_GOOD.key("wulan"))
    assert tries.forget_old(at=NOW + timedelta(minutes=11)) == 1
    assert (failures(PLACE.key("till")), failures(FOR_GOOD.key("wulan"))) == (1, 1)
    call_command("forget_tries")
    assert [row.kind for row in Tries.objects.all()] == ["t_for_good"]


@pytest.mark.django_db
def test_many_strangers_push_nobodys_count_out():
    fail(OWNER.key("ani"), times=3)
    for number in range(400):
        tries.begin(PLACE.key(f"198.51.100.{number}"), at=NOW)
    shut(OWNER.key("ani"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("garbage", ""),
        (None, ""),
    ],
)
def test_an_address_is_counted_by_connection(address, counted):
    assert tries.network(address) == counted


# --- With real commits -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_try_within_another_transaction_is_a_fault():
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        tries.begin(OWNER.key("ani"), at=NOW)


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_no_more_than_one_after_the_other():
    """Twelve doors at once, each with its two keys in another order."""
    keys = [OWNER.key("ani"), PLACE.key("till")]
    start = Barrier(12)

    def guess(number):
        try:
            start.wait(timeout=120)
            return tries.begin(*keys[:: 1 if number % 2 else -1], at=NOW).failures
        except TooManyTries:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        compared = [one for one in pool.map(guess, range(12)) if one is not None]
    assert sorted(compared) == [1, 2, 3]
