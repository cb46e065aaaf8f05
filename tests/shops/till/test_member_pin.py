"""A member's PIN at the till: asked for by sale, counted by member, with real commits where it
matters that a try stays counted though its sale is refused."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from finance.ledger import checks
from finance.ledger.models import Journal
from kkmp.access.models import AuditEvent
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.leaving.services import exits
from members.models import ExitReason, MemberPin, SavingsBalance, SavingsKind
from members.pins.services import pins
from members.pins.services.pins import MemberPinRefused
from members.register.services import leaving_open
from members.savings.services import savings
from shops.models import Sale
from tests.conftest import MONDAY
from tests.shops.conftest import enrol_ani, open_shift

PIN, WRONG, OTHER = "482915", "739104", "610538"


@pytest.fixture
def pinned(shop, tono):
    """Ani has Rp30.000 of voluntary savings and a PIN."""
    with scope.cooperative(shop.cooperative.pk):
        kind = SavingsKind.objects.of(shop.cooperative).get(code="sukarela")
        savings.deposit(
            member=shop.ani, kind=kind, amount_idr=30_000, key=new_id(), on=MONDAY, by=tono
        )
    set_pin(shop, tono)
    return shop


def set_pin(shop, by, digits=PIN, version=0):
    with scope.cooperative(shop.cooperative.pk):
        pins.choose(
            member=shop.ani,
            digits=digits,
            has_seen_ktp=True,
            version=version,
            at=timezone.now(),
            by=by,
        )


def with_pin(shop, number, by):
    """Another member, with a PIN."""
    with scope.cooperative(shop.cooperative.pk):
        member = enrol_ani(shop.cooperative, by, f"33741152039001{number:02d}")
        pins.choose(
            member=member, digits=PIN, has_seen_ktp=True, version=0, at=timezone.now(), by=by
        )
        return member


def prove(shop, by, digits=PIN, member_id=None):
    return pins.prove(
        cooperative=shop.cooperative,
        member_id=member_id or shop.ani.id,
        digits=digits,
        at=timezone.now(),
        by=by,
    )


def refused(words, call, refusal=MemberPinRefused):
    with pytest.raises(refusal, match=words) as found:
        call()
    return found.value


def kept(shop):
    with scope.cooperative(shop.cooperative.pk):
        return MemberPin.objects.of(shop.cooperative).get(ended_on=None)


def tried(shop):
    return pins.tried(shop.ani.id, at=timezone.now()).failures


def events(shop, action="member.pin_refuse"):
    with scope.cooperative(shop.cooperative.pk):
        rows = AuditEvent.objects.of(shop.cooperative).filter(
            action=action, subject_id=str(shop.ani.id)
        )
        return list(rows.order_by("id"))


# --- Asking for it ---------------------------------------------------------------------------


def test_the_right_pin_proves_this_member(pinned, sari):
    assert prove(pinned, sari) == pins.Proof(pinned.ani.id)


def test_who_has_none_is_told_where_it_is_set(shop, sari):
    refused("has no PIN yet. It is set at the cooperative's desk", lambda: prove(shop, sari))


def test_wrong_tries_are_on_record_without_what_was_typed(pinned, sari):
    refused("not the PIN of Ani .*4 tries are left", lambda: prove(pinned, sari, WRONG))
    (event,) = events(pinned)
    assert (event.actor, event.details) == (sari, {"failures": 1, "was_blocked": False})


def test_what_cannot_be_a_pin_is_no_try(pinned, sari):
    for digits in ("", "0012", "8990000070030"):
        refused("has 6 digits", lambda digits=digits: prove(pinned, sari, digits))
    assert (tried(pinned), events(pinned)) == (0, [])


def test_after_five_wrong_tries_it_is_blocked_until_another_is_set(pinned, sari, tono):
    for left in (4, 3, 2):
        refused(f"{left} tries are left", lambda: prove(pinned, sari, WRONG))
    refused("1 try is left", lambda: prove(pinned, sari, WRONG))
    refused("is blocked after 5 wrong tries", lambda: prove(pinned, sari, WRONG))
    refused("is blocked after 5 wrong tries", lambda: prove(pinned, sari))
    assert [event.details["was_blocked"] for event in events(pinned)] == [False] * 5 + [True]
    set_pin(pinned, tono, OTHER, version=1)
    assert prove(pinned, sari, OTHER) == pins.Proof(pinned.ani.id)
    (event,) = events(pinned, "member.pin_reset")
    assert (event.actor, event.details["was_blocked"]) == (tono, True)


def test_the_right_pin_forgets_the_wrong_tries(pinned, sari):
    for _try in range(4):
        refused("not the PIN", lambda: prove(pinned, sari, WRONG))
    prove(pinned, sari)
    refused("4 tries are left", lambda: prove(pinned, sari, WRONG))


def test_the_pin_before_proves_nothing(pinned, sari, tono):
    set_pin(pinned, tono, OTHER, version=1)
    refused("not the PIN", lambda: prove(pinned, sari))


def test_another_cooperatives_member_is_nobody_here(pinned, mawar, joko):
    pinned.cooperative = mawar
    refused("no such member", lambda: prove(pinned, joko))


def test_whose_leaving_waits_pays_nothing_and_no_try_is_counted(pinned, sari, rini):
    with scope.cooperative(pinned.cooperative.pk):
        exits.request(
            member=pinned.ani, reason=ExitReason.RESIGNED, key=new_id(), on=MONDAY, by=rini
        )
    refused("Ani", lambda: prove(pinned, sari, WRONG), leaving_open.LeavingOpen)
    assert tried(pinned) == 0


def test_one_till_does_not_try_the_pins_of_everybody(pinned, sari, tono):
    """Four guesses at each member block nobody, and are many all the same."""
    others = [with_pin(pinned, number, tono) for number in range(1, 6)]
    for member in others:
        for _try in range(4):
            refused("not the PIN", lambda member=member: prove(pinned, sari, WRONG, member.id))
    refused("Too many wrong tries. Try again in 60 minutes", lambda: prove(pinned, sari))
    assert tried(pinned) == 0
    assert prove(pinned, tono) == pins.Proof(pinned.ani.id)


# --- Selling ---------------------------------------------------------------------------------


@pytest.fixture
def saris(pinned, sari, api_of):
    """The cashier's till, whose shift is open."""
    with scope.cooperative(pinned.cooperative.pk):
        open_shift(pinned.unit, sari)
    client = api_of(sari, pinned.cooperative)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def basket(shop, pin, **changes):
    return {
        "key": str(new_id()),
        "unit": "gerai",
        "member": str(shop.ani.id),
        "payments": [{"method": "savings", "amount_idr": 17_300}],
        "lines": [{"product": str(shop.gula.id), "quantity": "1", "price_tier": "member"}],
        "pin": pin,
    } | changes


def sell(client, shop, pin, **changes):
    return client.post(reverse("api-sales"), basket(shop, pin, **changes), format="json")


def held_idr(shop):
    with scope.cooperative(shop.cooperative.pk):
        rows = SavingsBalance.objects.of(shop.cooperative).filter(member=shop.ani)
        return rows.get(kind__code="sukarela").balance_idr


def test_savings_pay_with_the_pin_and_keep_nothing_of_it(saris, pinned):
    answer = sell(saris, pinned, PIN)
    assert answer.status_code == 201
    assert held_idr(pinned) == 12_700
    assert PIN not in answer.content.decode()
    with scope.cooperative(pinned.cooperative.pk):
        sale = Sale.objects.of(pinned.cooperative).get()
        told = [vars(sale), *AuditEvent.objects.of(pinned.cooperative).values()]
        told += Journal.objects.of(pinned.cooperative).values()
    assert PIN not in str(told)


@pytest.mark.parametrize("pin", ["", "0012", "3374"])
def test_digits_of_the_nik_are_no_consent(saris, pinned, pin):
    answer = sell(saris, pinned, pin)
    assert (answer.status_code, answer.json()["code"]) == (422, "member_pin_refused")
    assert answer.json()["fields"] == {"pin": ["A PIN has 6 digits."]}
    assert held_idr(pinned) == 30_000


def test_the_word_of_before_is_not_taken_for_a_pin(saris, pinned):
    answer = sell(saris, pinned, "", confirmation="0012")
    assert answer.status_code in (400, 422)
    assert held_idr(pinned) == 30_000


def test_each_sale_is_asked_for_it_anew(saris, pinned):
    assert sell(saris, pinned, PIN).status_code == 201
    assert sell(saris, pinned, "").status_code == 422


def test_a_sale_that_is_sent_again_needs_no_pin_and_sells_nothing_more(saris, pinned):
    key = str(new_id())
    assert sell(saris, pinned, PIN, key=key).status_code == 201
    again = sell(saris, pinned, "", key=key)
    assert (again.status_code, held_idr(pinned)) == (200, 12_700)
    other = sell(saris, pinned, "", key=key, payments=[{"method": "savings", "amount_idr": 1}])
    assert (other.status_code, held_idr(pinned)) == (409, 12_700)


def test_cash_of_a_member_asks_for_no_pin(saris, pinned):
    cash = [{"method": "cash", "amount_idr": 20_000}]
    assert sell(saris, pinned, WRONG, payments=cash).status_code == 201
    assert tried(pinned) == 0


def test_programs_are_told_whether_there_is_one(saris, sari, pinned):
    address = reverse("api-member-pin", args=[pinned.ani.id])
    assert saris.get(address).json() == {"has_pin": True, "is_blocked": False}
    for _try in range(5):
        refused(".", lambda: prove(pinned, sari, WRONG))
    assert saris.get(address).json() == {"has_pin": True, "is_blocked": True}


# --- With real commits -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_wrong_pins_stay_counted_though_their_sales_are_undone(saris, pinned, tono):
    for tries in range(1, 5):
        assert sell(saris, pinned, WRONG).status_code == 422
        assert tried(pinned) == tries
    assert "is blocked" in sell(saris, pinned, WRONG).json()["message"]
    answer = sell(saris, pinned, PIN)
    assert (answer.status_code, answer.json()["code"]) == (422, "member_pin_refused")
    assert (held_idr(pinned), len(events(pinned))) == (30_000, 6)
    set_pin(pinned, tono, OTHER, version=1)
    assert sell(saris, pinned, OTHER).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_batch_gives_no_more_tries_than_single_sales(saris, pinned):
    """Nine guesses in one request, the right one among the last."""
    asked = [basket(pinned, f"73910{at}") for at in range(7)] + [basket(pinned, PIN)] * 2
    answers = saris.post(reverse("api-sales-batch"), asked, format="json").json()
    assert [answer["status"] for answer in answers] == [422] * 9
    assert {answer["error"]["code"] for answer in answers} == {"member_pin_refused"}
    assert (tried(pinned), held_idr(pinned)) == (5, 30_000)
    assert kept(pinned).blocked_at is not None
    assert len(events(pinned)) == 9


@pytest.mark.django_db(transaction=True)
def test_a_batch_sells_the_others_beside_a_wrong_pin(saris, pinned):
    asked = [basket(pinned, WRONG), basket(pinned, PIN)]
    answers = saris.post(reverse("api-sales-batch"), asked, format="json").json()
    assert [answer["status"] for answer in answers] == [422, 201]
    assert (tried(pinned), held_idr(pinned)) == (0, 12_700)
    assert len(events(pinned)) == 1


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_all_counted(pinned, sari):
    """Ten screens at once have five tries together, and then the right PIN is refused too."""
    guesses = [f"73910{at}" for at in range(8)] + [WRONG[::-1], WRONG]
    start = Barrier(len(guesses))

    def guess(digits):
        try:
            start.wait(timeout=120)
            with override("en"):
                return str(refused(".", lambda: prove(pinned, sari, digits)))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(guesses)) as pool:
        told = list(pool.map(guess, guesses))
    assert sorted(text.count("is blocked after") for text in told) == [0] * 4 + [1] * 6
    recorded = events(pinned)
    assert sorted(one.details["failures"] for one in recorded) == [1, 2, 3, 4] + [5] * 6
    assert sum(one.details["was_blocked"] for one in recorded) == 5
    refused("is blocked", lambda: prove(pinned, sari))
    with scope.cooperative(pinned.cooperative.pk):
        assert checks.differences(pinned.cooperative) == []
