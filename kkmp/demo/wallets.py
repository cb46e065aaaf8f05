"""How buyers at Gedawang pay in the demo's last weeks, and what they return.

Most pay cash; others by QRIS or transfer, which somebody has to see arrive, on credit, from
voluntary savings, or with vouchers of a donation. All of it is drawn with random numbers of its
own, so that it does not change the baskets.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid5

from finance.ledger import queries as books
from kkmp.access.models import User
from kkmp.demo.calendar import Calendar
from kkmp.lib.periods import JAKARTA
from members.pins.services import pins
from members.register.models import Member
from members.savings.models import SavingsBalance, SavingsRole
from members.savings.services import limits
from shops.credit.services import credits
from shops.drawers.models import Shift
from shops.pricing.methods import Method
from shops.returns.services import returns
from shops.returns.services.returns import Approved
from shops.settling import queries
from shops.settling.queries import State, Wanted
from shops.settling.services import confirming, settlements
from shops.settling.services.settlements import Arrived
from shops.till.models import Sale, SaleLine
from shops.till.services.sales import SaleRequest, Tender
from shops.vouchers.models import Voucher
from shops.vouchers.services import vouchers
from shops.vouchers.services.vouchers import Ordered

#: For so many last weeks; before, everybody pays cash.
_WEEKS = 5
_TRUSTED, _LIMIT_IDR, _DUE_DAYS = 14, 300_000, 14
#: So many members with credit pay in time, after so many days; the others are late.
_PUNCTUAL, _AFTER_DAYS = 11, 9
_SAVERS = 10
#: The PIN of those who pay from savings, as the README says.
_PIN = "274951"
_VOUCHERS, _VOUCHER_IDR = 40, 50_000
_LARGE_IDR = 100_000
#: The acquirer's fee, in thousandths.
_FEE = 3
#: One in so many sales is returned in part, and one in so many is voided at once.
_COMES_BACK, _IS_UNDONE = 50, 160
_REASONS = ("Kemasan bocor", "Salah ambil barang", "Barang rusak")
_UNDONE = "Salah pindai, diulang"


class Wallets:
    """How the buyers of one shop pay.

    :param members: active members, those who joined first at the beginning
    :param cashier: sells and takes money
    :param approver: approves returns
    :param key: the idempotency keys of all acts are made from it
    """

    def __init__(
        self,
        members: Sequence[Member],
        calendar: Calendar,
        *,
        cashier: User,
        approver: User,
        key: UUID,
    ) -> None:
        self._members, self._calendar = members, calendar
        self._cooperative = members[0].cooperative
        self._cashier, self._approver, self._key = cashier, approver, key
        self._random = Random(f"{self._cooperative.code} wallets")
        self._since = calendar.last - timedelta(weeks=_WEEKS)
        self._trusted: list[Member] = []
        self._savers: list[SavingsBalance] = []

    def pay(self, request: SaleRequest, total_idr: int, on: date) -> SaleRequest:
        """The request with the payments drawn; another member may buy, at the same prices."""
        if on < self._since:
            return request
        if not self._trusted:
            self._begin(on)
        chance = self._random.random()
        if request.member_id and chance < 0.06:
            return self._on_credit(request, total_idr)
        if request.member_id and chance < 0.09:
            return self._from_savings(request, total_idr, on)
        if not request.member_id and chance < 0.09:
            return self._by_voucher(request, total_idr)
        if chance < 0.3:
            return replace(request, payments=[Tender(Method.QRIS, total_idr)])
        if total_idr >= _LARGE_IDR and chance < 0.5:
            reference = f"CONTOH{self._random.randrange(10**6):06}"
            return replace(request, payments=[Tender(Method.TRANSFER, total_idr, reference)])
        return request

    def bring_back(self, sale: Sale, shift: Shift) -> None:
        """Return some of the sale, or void it, as chance has it."""
        if sale.date < self._since:
            return
        chance = self._random.randrange(_COMES_BACK * _IS_UNDONE)
        is_undone = chance % _IS_UNDONE == 0
        if not is_undone and chance % _COMES_BACK:
            return
        line = self._random.choice(list(SaleLine.objects.of(self._cooperative).filter(sale=sale)))
        returns.take_back(
            sale=sale,
            quantities=None if is_undone else {line.id: min(line.quantity, Decimal(1))},
            reason=_UNDONE if is_undone else self._random.choice(_REASONS),
            key=self._of(f"return {sale.id}"),
            at=sale.sold_at + timedelta(minutes=4),
            approved=Approved(self._cashier, self._approver, shift),
        )

    def end_day(self, at: datetime) -> None:
        """Pay debts, confirm payments of two days ago, and settle QRIS on Mondays."""
        day = at.date()
        if not self._trusted:
            return
        self._pay_debts(at)
        seen = [
            one.id
            for one in queries.waiting(self._cooperative)
            if one.date <= day - timedelta(days=2)
        ]
        if seen:
            confirming.confirm(cooperative=self._cooperative, ids=seen, on=day, by=self._approver)
        if day.weekday() == 0:
            self._settle(day)
        if day == self._calendar.last - timedelta(days=3):
            self._miss_one(day)

    def _begin(self, on: date) -> None:
        """Give some members credit and some a PIN, and sell the vouchers of a donation."""
        with_nik = [each for each in self._members if each.nik_sealed]
        self._trusted = with_nik[5 : 5 + _TRUSTED] or with_nik
        for member in self._trusted:
            credits.set_terms(
                member=member,
                limit_idr=_LIMIT_IDR,
                due_days=_DUE_DAYS,
                version=0,
                by=self._approver,
            )
        held = SavingsBalance.objects.of(self._cooperative).filter(
            kind__role=SavingsRole.VOLUNTARY,
            balance_idr__gte=_LARGE_IDR,
            member__in=[each.id for each in with_nik],
        )
        self._savers = list(held.select_related("member", "kind").order_by("member_id")[:_SAVERS])
        for saver in self._savers:
            pins.choose(
                member=saver.member,
                digits=_PIN,
                has_seen_ktp=True,
                version=0,
                at=datetime.combine(on, time(9), JAKARTA),
                by=self._approver,
            )
        vouchers.issue(
            cooperative=self._cooperative,
            ordered=Ordered(
                buyer="PT Contoh Peduli (rekaan)",
                value_idr=_VOUCHER_IDR,
                count=_VOUCHERS,
                valid_until=self._calendar.last + timedelta(days=60),
                method=Method.TRANSFER,
                purpose="Paket sembako untuk 40 keluarga",
                beneficiaries=_VOUCHERS,
            ),
            key=self._of("vouchers"),
            on=on,
            by=self._approver,
        )

    def _on_credit(self, request: SaleRequest, total_idr: int) -> SaleRequest:
        member = self._random.choice(self._trusted)
        if books.purchases_owed_idr(self._cooperative, member.party_id) + total_idr > _LIMIT_IDR:
            return request
        if member in self._trusted[_PUNCTUAL:] and self._owes(member):
            # Whoever is late gets no more credit and does not try.
            return request
        return replace(request, member_id=member.id, payments=[Tender(Method.CREDIT, total_idr)])

    def _from_savings(self, request: SaleRequest, total_idr: int, on: date) -> SaleRequest:
        if not self._savers:
            return request
        held = self._random.choice(self._savers)
        held.refresh_from_db(fields=["balance_idr"])
        if limits.of_withdrawal(held, on=on).most_idr < total_idr:
            return request
        return replace(
            request,
            member_id=held.member_id,
            payments=[Tender(Method.SAVINGS, total_idr)],
            # No PIN is typed in the demo: the proof stands for a right one.
            proof=pins.Proof(held.member_id),
        )

    def _by_voucher(self, request: SaleRequest, total_idr: int) -> SaleRequest:
        """Pay with the next unused voucher; what it does not cover is paid in cash."""
        rows = Voucher.objects.of(self._cooperative).filter(left_idr=_VOUCHER_IDR)
        voucher = rows.order_by("code").first()
        if voucher is None:
            return request
        part_idr = min(total_idr, _VOUCHER_IDR)
        rest_idr = -(-(total_idr - part_idr) // 5_000) * 5_000
        spent = [Tender(Method.VOUCHER, part_idr, voucher.code)]
        if rest_idr:
            spent.append(Tender(Method.CASH, rest_idr))
        return replace(request, payments=spent)

    def _pay_debts(self, at: datetime) -> None:
        for member in self._trusted[:_PUNCTUAL]:
            owed_idr = self._owes(member)
            last = Sale.objects.of(self._cooperative).filter(
                member=member, payments__method=Method.CREDIT
            )
            bought = last.order_by("-date").values_list("date", flat=True).first()
            if owed_idr and bought and (at.date() - bought).days >= _AFTER_DAYS:
                credits.pay(
                    member=member,
                    method=Method.CASH,
                    amount_idr=owed_idr,
                    key=self._of(f"debt {member.number} {at:%Y-%m-%d}"),
                    at=at,
                    by=self._cashier,
                )

    def _owes(self, member: Member) -> int:
        return books.purchases_owed_idr(self._cooperative, member.party_id)

    def _settle(self, day: date) -> None:
        wanted = Wanted(states=[State.ARRIVED], method=Method.QRIS)
        arrived = [one for one in queries.find(self._cooperative, wanted) if one.left_idr]
        gross_idr = sum(one.left_idr for one in arrived)
        if arrived:
            settlements.settle(
                cooperative=self._cooperative,
                arrived=Arrived(
                    ids=[one.id for one in arrived],
                    net_idr=gross_idr - gross_idr * _FEE // 1_000,
                    on=day,
                    reference=f"CONTOH-QRIS-{day:%Y%m%d}",
                ),
                key=self._of(f"settlement {day}"),
                by=self._approver,
            )

    def _miss_one(self, day: date) -> None:
        """Record that a transfer, which the buyer had shown on a phone, never arrived."""
        wanted = Wanted(states=[State.ARRIVED], method=Method.TRANSFER)
        found = [one for one in queries.find(self._cooperative, wanted) if one.left_idr]
        if found:
            confirming.record_missing(
                cooperative=self._cooperative,
                id=found[-1].id,
                note="Tidak ada di rekening koran; pembeli tidak bisa dihubungi",
                on=day,
                by=self._approver,
            )

    def _of(self, act: str) -> UUID:
        return uuid5(self._key, act)
