"""Whether somebody may do what a second permission opens: real requests, undone afterwards.

Each takes what belongs to Melati, who asks, and the name of the address that is asked.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext, override

from finance.models import BusinessUnit
from kkmp.access.form_keys import PARAMETER
from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import pins, roles
from kkmp.exports import lists
from kkmp.exports.services import jobs
from kkmp.imports import kinds
from kkmp.imports.services import batches, choosing
from kkmp.lib.identity import Nik
from kkmp.lib.ids import new_id
from kkmp.registry import scope
from members.leaving.services import settlements
from members.models import Exit, ExitReason, Member, SavedView
from members.register.services import membership
from shops.drawers.services import shifts
from shops.models import Product, SaleReturn, Shift
from tests.conftest import MONDAY
from tests.guards.belongings import FILES
from tests.guards.side import PIN, Side
from tests.guards.test_strangers_in_bodies import statuses, there
from tests.guards.world import OUTSIDER, World, sign_in
from tests.imports.conftest import xlsx
from tests.shops.conftest import MORNING, open_shift

ELSEWHERE = (
    "Somebody with this NIK is on the register of another cooperative too. "
    "That may be right; ask the person."
)

Trial = Callable[[World, Side, str, str], bool]


def ask(world: World, side: Side, who: str, name: str, method: str = "GET", **given: Any) -> Any:
    """An answer; ``ids`` say which things are named where they are not the usual ones."""
    is_api, ids = name.startswith("api-"), side.ids | given.pop("ids", {})
    if method != "GET":
        given |= {"format": "json"} if is_api and "format" not in given else {}
        if isinstance(given.get("data"), dict):
            given["data"] = {"key": str(new_id())} | given["data"]
    here = there(name, ids, side.cooperative.code).replace("/baris/1/", "/baris/2/")
    if not is_api and method == "GET":
        given["data"] = {PARAMETER: str(new_id())} | given.get("data", {})
    return world.ask(who, method, here, is_api=is_api, **given)


def shown(answer: Any) -> str:
    return answer.content.decode() if answer.status_code == 200 else ""


def person(side: Side, who: str) -> User:
    return side.staff[Role(who)]


def another(side: Side, who: str, *roles: str) -> User:
    """Somebody else who works there, of these roles where some are named."""
    return person(side, next(role for role in roles or ("supervisor", "chair") if role != who))


def done(answer: Any, *refusals: int) -> bool:
    """Whether it went through; what refuses must refuse as it should.

    :param refusals: whatever stands in the way of those who may not
    """
    code = max(statuses(answer))
    assert code < 400 or code in refusals, answer.content
    return code < 400


def pays_out(world: World, side: Side, who: str, name: str) -> bool:
    with scope.cooperative(side.cooperative.pk):
        waiting = Exit.objects.of(side.cooperative).select_related("member")
        due_idr = settlements.settlement_of(waiting.get(id=side.ids["exit"]).member).refund_idr
    said = {"decision_number": "13/BA/2026", "decided_on": MONDAY.isoformat(), "when": "now"}
    said |= {"shown_idr": str(due_idr)}
    return done(ask(world, side, who, name, "POST", data=said), 403, 422)


def takes_back_dismissed(world: World, side: Side, who: str, name: str) -> bool:
    with scope.cooperative(side.cooperative.pk):
        left = Exit.objects.of(side.cooperative).filter(id=side.ids["decided exit"])
        left.update(reason=ExitReason.DISMISSED)
        member = left.get().member_id
        before = Member.objects.of(side.cooperative).get(id=member).status
    after: list[str] = []

    def look() -> None:
        with scope.cooperative(side.cooperative.pk):
            after.append(Member.objects.of(side.cooperative).get(id=member).status)

    given = {"ids": {"member": member}, "then": look, "data": {}}
    done(ask(world, side, who, name, "POST", **given), 403, 422)
    return after != [before]


def confirms_of_others(world: World, side: Side, who: str, name: str) -> bool:
    return _confirms(world, side, who, name, side.ids["payment" if who == "chair" else "qris"])


def confirms_own_only(world: World, side: Side, who: str, name: str) -> bool:
    own = {"chair": "qris", "cashier": "payment"}.get(who)
    if own is None or confirms_of_others(world, side, who, name):
        return False
    return _confirms(world, side, who, name, side.ids[own])


def says_missing(world: World, side: Side, who: str, name: str) -> bool:
    given = {"has_arrived": False, "note": "Bank ditanya"}
    ids = {"payment": side.ids["qris"]}
    return done(ask(world, side, who, name, "POST", data=given, ids=ids), 403)


def _confirms(world: World, side: Side, who: str, name: str, payment: UUID) -> bool:
    said: dict[str, Any] = {"has_arrived": True} if name.startswith("api-") else {"ids": [payment]}
    answer = ask(world, side, who, name, "POST", data=said, ids={"payment": payment})
    # What has reached the bank by now cannot be confirmed again, by whoever may.
    return answer.status_code == 422 or done(answer, 403)


def sees_payments(world: World, side: Side, who: str, name: str) -> bool:
    """The chair's for the cashier, the cashier's for everybody else."""
    wanted = side.ids["qris" if who == "cashier" else "payment"]
    answer = ask(
        world,
        side,
        who,
        name,
        data={"day": MONDAY.isoformat()} | ({} if name.startswith("api-") else {"show": "all"}),
    )
    if not done(answer, 403):
        return False
    if name.startswith("api-"):
        return str(wanted) in {one["id"] for one in answer.json()}
    return wanted in {one.id for one in answer.context["page"]}


def sees_shift(world: World, side: Side, who: str, name: str) -> bool:
    owner = another(side, who, "cashier", "chair")
    with scope.cooperative(side.cooperative.pk):
        shift = Shift.objects.of(side.cooperative).filter(cashier=owner)[0].pk
    answer = ask(world, side, who, name, ids={"shift": shift})
    return done(answer, 404) and (name != "api-shifts" or str(shift) in shown(answer))


def closes_other_shift(world: World, side: Side, who: str, name: str) -> bool:
    return _closes(world, side, who, name, another(side, who, "chair", "cashier"))


def closes_own_only(world: World, side: Side, who: str, name: str) -> bool:
    if closes_other_shift(world, side, who, name):
        return False
    return _closes(world, side, who, name, person(side, who))


def _closes(world: World, side: Side, who: str, name: str, owner: User) -> bool:
    ids = {"shift": _drawer(side, owner).pk}
    if not name.startswith("api-"):
        return done(ask(world, side, who, name, ids=ids), 403, 404)
    counted = {"counts": {"500": 1}}
    return done(ask(world, side, who, name, "POST", ids=ids, data=counted), 403, 404)


def _drawer(side: Side, owner: User) -> Shift:
    with scope.cooperative(side.cooperative.pk):
        unit = BusinessUnit.objects.of(side.cooperative).get(id=side.ids["unit"])
        return shifts.open_of(side.cooperative, owner) or open_shift(unit, owner, float_idr=500_000)


def sees_returns(world: World, side: Side, who: str, name: str) -> bool:
    """The one that the cashier took; for the cashier, as a second one who comes to work there."""
    with scope.cooperative(side.cooperative.pk):
        found = SaleReturn.objects.of(side.cooperative).get(id=side.ids["return"])
    assert found.by == person(side, "cashier")
    if who == "cashier":
        second = User.objects.create_user("kasir.dua", name="Kasir Dua")
        roles.grant(user=second, role=Role.CASHIER, cooperative=side.cooperative, by=None)
        sign_in(world, who := "second", second)
    answer = ask(world, side, who, name)
    return done(answer, 404) and (name != "api-returns" or str(found.pk) in shown(answer))


def approves(world: World, side: Side, who: str, name: str) -> bool:
    """At the screen of somebody else, who sells."""
    seller = "cashier" if who != "cashier" else "chair"
    _drawer(side, person(side, seller))
    pins.choose(user=person(side, who), digits=PIN, at=timezone.now())
    said = {"approver": person(side, who).username, "pin": PIN, "reason": "Rusak"}
    said |= {"sale": side.ids["last sale"]} if name.startswith("api-") else {}
    said |= {"step": "pay", "what": "all"}
    ids = {"sale": side.ids["last sale"]}
    return done(ask(world, side, seller, name, "POST", data=said, ids=ids), 422)


def discounts(world: World, side: Side, who: str, name: str) -> bool:
    _drawer(side, person(side, who))
    return _sells_so(world, side, who, name, {"discount_idr": 500})


def gives_wholesale(world: World, side: Side, who: str, name: str) -> bool:
    """One measure of goods that have a wholesale price."""
    _priced_wholesale(side)
    _drawer(side, person(side, who))
    return _sells_so(world, side, who, name, {"price_tier": "wholesale"})


def is_offered_wholesale(world: World, side: Side, who: str, name: str) -> bool:
    _priced_wholesale(side)
    answer = ask(world, side, who, name)
    return done(answer, 403) and any(
        each["wholesale_from_thousandths"] == 0 for each in answer.json()["goods"]
    )


def _priced_wholesale(side: Side) -> None:
    with scope.cooperative(side.cooperative.pk):
        found = Product.objects.of(side.cooperative).filter(id=side.ids["product"])
        found.update(wholesale_price_idr=F("general_price_idr"))


def _sells_so(world: World, side: Side, who: str, name: str, how: dict[str, Any]) -> bool:
    """Whether a line is sold with these terms, by somebody who sells at all."""
    sold, answers = {"product": side.ids["product"], "quantity": "1"}, []
    for terms in ({}, how):
        body: Any = {
            "key": str(new_id()),
            "unit": side.ids["unit code"],
            "lines": [sold | terms],
            "payments": [{"method": "cash", "amount_idr": 1_000_000}],
        }
        body = [body] if name == "api-sales-batch" else body
        answers.append(ask(world, side, who, name, "POST", data=body))
    plain, less = (done(answer, 403, 422) for answer in answers)
    assert plain or not less
    return less


def is_offered_discounts(world: World, side: Side, who: str, name: str) -> bool:
    answer = ask(world, side, who, name)
    return done(answer, 403) and answer.json()["mayDiscount"]


def takes_cash_without_drawer(world: World, side: Side, who: str, name: str) -> bool:
    with scope.cooperative(side.cooperative.pk):
        if shift := shifts.open_of(side.cooperative, person(side, who)):
            shifts.close(
                shift=shift,
                counted=shifts.Counted({1_000: 1}),
                note="Untuk dicoba",
                key=new_id(),
                at=MORNING,
                by=person(side, who),
            )
    said = {"method": "cash", "amount_idr": 1_000}
    return done(ask(world, side, who, name, "POST", data=said), 403, 422)


def deletes_view(world: World, side: Side, who: str, name: str) -> bool:
    with scope.cooperative(side.cooperative.pk):
        views = SavedView.objects.of(side.cooperative).filter(id=side.ids["view"])
        views.update(owner=another(side, who))
    method = "DELETE" if name.startswith("api-") else "POST"
    return done(ask(world, side, who, name, method), 403, 404)


def reads_leftover(world: World, side: Side, who: str, name: str) -> bool:
    code = name.removeprefix("imports:").partition("_")[0]
    ids = {f"{code} file": _file_of_another(side, who, code)}
    return done(ask(world, side, who, name, ids=ids), 403)


def reads_niks_of_file(world: World, side: Side, who: str, name: str) -> bool:
    code = name.removeprefix("imports:").partition("_")[0]
    ids = {f"{code} file": _file_of_another(side, who, code)}
    answer = ask(world, side, who, name, ids=ids)
    return done(answer, 403) and 'name="nik"' in shown(answer)


def _file_of_another(side: Side, who: str, code: str) -> UUID:
    titles, row = FILES[code]
    if code == "bills":
        titles, row = ("NIK", *titles), ("3374115203901101", *row)
    kind, by = kinds.by_code(code), another(side, who)
    with scope.cooperative(side.cooperative.pk):
        batch = batches.upload(
            cooperative=side.cooperative,
            kind=kind,
            content=xlsx(titles, list(row)),
            filename="orang-lain.xlsx",
            on=MONDAY,
            at=timezone.now(),
            by=by,
        )
        choosing.choose_columns(batch=batch, kind=kind, columns=batch.choices().columns)
        return batch.pk


def takes_in(code: str) -> Trial:
    """Files of one kind of list."""

    def trial(world: World, side: Side, who: str, name: str) -> bool:
        ids = {"members file": side.ids[f"{code} file"]}
        if name == "imports:list":
            upload = there(f"imports:{code}_upload", side.ids, side.cooperative.code)
            return upload in shown(ask(world, side, who, name))
        if name == "api-imports":
            return _sends(world, side, who, code)
        if name == "api-import":
            return done(ask(world, side, who, name, ids=ids), 403)
        method = "PUT" if name == "api-import-columns" else "POST"
        answer = ask(world, side, who, name, method, data={"reason": "Salah"}, ids=ids)
        return answer.status_code in (409, 422) or done(answer, 403)

    return trial


def _sends(world: World, side: Side, who: str, code: str) -> bool:
    titles, row = FILES[code]
    file = SimpleUploadedFile("daftar.xlsx", xlsx(titles, list(row)))
    sent = {"data": {"kind": code, "file": file}, "format": "multipart"}
    may = done(ask(world, side, who, "api-imports", "POST", **sent), 403)
    listed = ask(world, side, who, "api-imports")
    assert (str(side.ids[f"{code} file"]) in shown(listed)) == may, "sending and seeing differ"
    return may


def takes_out(code: str) -> Trial:
    """One kind of list."""

    def trial(world: World, side: Side, who: str, name: str) -> bool:
        if name == "api-exports":
            return done(ask(world, side, who, name, "POST", data={"list": code}), 403)
        job = _asked_for(side, who, code)
        if name == "exports:list":
            return str(job) in shown(ask(world, side, who, name))
        answer = ask(world, side, who, name, ids={"members export": job})
        return answer.status_code == 409 or done(answer, 404)

    return trial


def _asked_for(side: Side, who: str, code: str) -> UUID:
    with scope.cooperative(side.cooperative.pk):
        job = jobs.take_out(
            kind=lists.by_code(code),
            query="",
            cooperative=side.cooperative,
            language="id",
            on=MONDAY,
            at=timezone.now(),
            by=person(side, who),
            at_once=-1,
        )
        return job.pk


def sees_savings(world: World, side: Side, who: str, name: str) -> bool:
    with override("id"):
        return gettext("Voluntary savings") in shown(ask(world, side, who, name))


def sees(mark: str) -> Trial:
    """Something that stands in the page and nowhere else."""

    def trial(world: World, side: Side, who: str, name: str) -> bool:
        return mark.format(**_marks(side)) in shown(ask(world, side, who, name))

    return trial


def _marks(side: Side) -> dict[str, str]:
    return {"link": there("members:link_revoke", side.ids, side.cooperative.code)}


def sees_elsewhere(world: World, side: Side, who: str, name: str) -> bool:
    """That Mawar has the same person."""
    with scope.cooperative(world.mawar.pk):
        twin = membership.Particulars(
            name="Ani", nik=Nik(f"337411520390{side.serial:02d}01"), phone="+6281200000098"
        )
        membership.register(
            cooperative=world.mawar, particulars=twin, on=MONDAY, by=world.people[OUTSIDER]
        )
    with override("id"):
        told = gettext(ELSEWHERE)
    return told in shown(ask(world, side, who, name))


def reads_codes(world: World, side: Side, who: str, name: str) -> bool:
    """Shown in two halves, for the eye."""
    ids = {"voucher batch": side.ids["last batch"]}
    return side.ids["voucher code"] in shown(ask(world, side, who, name, ids=ids)).replace(" ", "")


def is_offered_place(world: World, side: Side, who: str, name: str) -> bool:
    places = ask(world, side, who, name).json()["places"]
    return side.cooperative.code in {one["code"] for one in places}


def chooses_pin(world: World, side: Side, who: str, name: str) -> bool:
    return done(ask(world, side, who, name), 403)


TRIALS: dict[str, Trial] = {
    "the page": chooses_pin,
    "pay out with the decision": pays_out,
    "take back who was dismissed": takes_back_dismissed,
    "confirm what somebody else took": confirms_of_others,
    "confirm what one took oneself, and nothing else": confirms_own_only,
    "say that it never came": says_missing,
    "payments that others took": sees_payments,
    "shifts of others": sees_shift,
    "close somebody else's shift": closes_other_shift,
    "close one's own shift, and no other": closes_own_only,
    "returns that others took": sees_returns,
    "approve it at another's screen, by PIN": approves,
    "give a discount": discounts,
    "give the wholesale price to less than its quantity": gives_wholesale,
    "be offered the wholesale price for one": is_offered_wholesale,
    "be offered discounts": is_offered_discounts,
    "take cash without an open drawer": takes_cash_without_drawer,
    "delete a shared view of somebody else": deletes_view,
    "rows with problems of somebody else's file": reads_leftover,
    "whole NIKs of somebody else's file": reads_niks_of_file,
    "savings, capital and what waits": sees_savings,
    "mandatory savings of the year": sees('id="dues-title"'),
    "what the member owes the shop": sees('id="credit-title"'),
    "links to the person's own page": sees("{link}"),
    "that another cooperative has the person too": sees_elsewhere,
    "the member's phone, to remind them": sees("wa.me/"),
    "read whole codes": reads_codes,
    "be offered the cooperative": is_offered_place,
    **{f"take in the list {kind.code}": takes_in(kind.code) for kind in kinds.registered()},
    **{f"take out the list {kind.code}": takes_out(kind.code) for kind in lists.registered()},
}
