"""What was in the cash box and at the bank when the books began.

Cash and bank are posted against the clearing account; so are the members' opening savings and the
opening stock. What is left on that account is what is not yet explained.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from finance.ledger import kinds
from finance.ledger.accounts import Code
from finance.ledger.models import Journal
from finance.ledger.services import ledger
from finance.opening import queries
from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from kkmp.lib.languages import in_indonesian
from kkmp.lib.money import format_rupiah
from kkmp.lib.periods import format_date
from kkmp.registry.models import Cooperative, CooperativeSettings

#: More notes than this lie in no cash box of a neighbourhood, and more at no bank for it.
MOST_CASH_IDR = 1_000_000_000
MOST_BANK_IDR = 100_000_000_000


class OpeningRefused(DomainError):
    """The opening balance may not be recorded; the message is fit to show."""


@transaction.atomic
def record(
    *, cooperative: Cooperative, cash_idr: int, bank_idr: int, key: UUID, on: date, by: User
) -> Journal:
    """Post the opening cash and bank, once a cooperative; to change it, reverse it first.

    :param cash_idr: whole rupiah in the cash box, zero or more
    :param bank_idr: whole rupiah at the bank, zero or more
    :param key: made by the page; the same key with the same content returns the first journal
    :raises OpeningRefused: both are zero, one is negative or too large to be right, it has been
        recorded, or ``on`` lies before the cooperative's first settings
    :raises ledger.KeyReused: the key was used for other content
    :raises ledger.MonthClosed: ``on`` lies in a closed month
    """
    # Whoever opens the books at the same moment waits here.
    ledger.hold_books(cooperative=cooperative)
    content = ledger.content_of(kinds.OPENING_CASH, cash_idr, bank_idr, on)
    first = ledger.posted_before(cooperative, key, content)
    if first is not None:
        return first
    _refuse_amounts(cash_idr, bank_idr)
    _refuse_before_founding(cooperative, on)
    _refuse_second(cooperative)
    sides = [(Code.CASH, cash_idr), (Code.BANK, bank_idr)]
    journal = ledger.post(
        cooperative=cooperative,
        kind=kinds.OPENING_CASH,
        memo=_memo(),
        entries=[
            *(ledger.debit(code, amount_idr) for code, amount_idr in sides if amount_idr),
            ledger.credit(Code.OPENING_CLEARING, cash_idr + bank_idr),
        ],
        key=key,
        on=on,
        by=by,
        content=content,
    )
    audit.record(
        cooperative=cooperative,
        action="books.opening",
        by=by,
        subject=journal,
        cash_idr=cash_idr,
        bank_idr=bank_idr,
    )
    return journal


def _refuse_amounts(cash_idr: int, bank_idr: int) -> None:
    given = (("cash_idr", cash_idr, MOST_CASH_IDR), ("bank_idr", bank_idr, MOST_BANK_IDR))
    for field, amount_idr, most_idr in given:
        if amount_idr < 0:
            raise OpeningRefused(_("The amount cannot be below zero."), field=field)
        if amount_idr > most_idr:
            raise OpeningRefused(
                _("At most %(most)s; more is a digit too many.")
                % {"most": format_rupiah(most_idr)},
                field=field,
            )
    if cash_idr == bank_idr == 0:
        raise OpeningRefused(_("Fill in the cash, the bank balance, or both."), field="cash_idr")


def _refuse_before_founding(cooperative: Cooperative, on: date) -> None:
    first = CooperativeSettings.objects.of(cooperative).order_by("valid_from", "id").first()
    if first is not None and on < first.valid_from:
        raise OpeningRefused(
            _("The cooperative's records begin on %(date)s. Choose that day or a later one.")
            % {"date": format_date(first.valid_from)},
            field="on",
        )


def _refuse_second(cooperative: Cooperative) -> None:
    recorded = queries.opening_cash(cooperative)
    if recorded is not None:
        raise OpeningRefused(
            _(
                "The opening balance of %(date)s is already in the books (journal %(number)s). "
                "Reverse that journal first if it is wrong."
            )
            % {"date": format_date(recorded.date), "number": recorded.number}
        )


def _memo() -> str:
    with in_indonesian():
        return _("Opening balance of cash and bank")
