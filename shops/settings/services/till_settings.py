"""How a cooperative's tills work: rounding, the QRIS code, the receipt's last line, credit."""

from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import Conflict, DomainError
from kkmp.registry.models import Cooperative
from shops.settings import qris
from shops.settings.models import TillSettings

#: What cash may be rounded to: the coins that are at hand.
STEPS = (50, 100, 200, 500, 1_000)
#: Credit is given for a year at most.
MOST_DAYS = 365


class SettingsRefused(DomainError):
    """The settings make no sense; the message is fit to show."""


class SettingsConflict(Conflict):
    """Somebody else changed the settings in the meantime."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """:param cash_step_idr: of :data:`STEPS`
    :param overdue_days: who is later than this buys nothing more on credit
    :param qris_payload: the text of the shop's static code; empty for none
    """

    cash_step_idr: int
    qris_payload: str = ""
    bank_account: str = ""
    receipt_footer: str = ""
    credit_days: int = 30
    overdue_days: int = 7


@transaction.atomic
def change(*, cooperative: Cooperative, choices: Choices, version: int, by: User) -> TillSettings:
    """Change how the tills work from the next sale on.

    :param version: of the settings when the form was opened
    :raises SettingsRefused: see :class:`Choices`
    :raises SettingsConflict: somebody else saved in the meantime
    """
    row = held(cooperative)
    if row.version != version:
        raise SettingsConflict(
            _("Somebody else changed these settings just now. Look at them and try again.")
        )
    choices = replace(
        choices,
        qris_payload=qris.tidied(choices.qris_payload),
        bank_account=" ".join(choices.bank_account.split()),
        receipt_footer=" ".join(choices.receipt_footer.split()),
    )
    _refuse(choices)
    changed = [name for name, value in asdict(choices).items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, getattr(choices, name))
    row.version += 1
    row.save()
    audit.record(
        cooperative=cooperative,
        action="till.settings",
        by=by,
        subject=row,
        fields=changed,
        cash_step_idr=row.cash_step_idr,
        credit_days=row.credit_days,
    )
    return row


@transaction.atomic
def held(cooperative: Cooperative) -> TillSettings:
    """The settings as they are now; nobody else changes them until the transaction ends."""
    TillSettings.objects.get_or_create(cooperative=cooperative)
    return TillSettings.objects.of(cooperative).select_for_update(of=("self",)).get()


def _refuse(choices: Choices) -> None:
    if choices.cash_step_idr not in STEPS:
        raise SettingsRefused(
            _("Cash is rounded to coins that exist, like 100."), field="cash_step_idr"
        )
    if not 1 <= choices.credit_days <= MOST_DAYS:
        raise SettingsRefused(
            _("Between 1 and %(most)d days.") % {"most": MOST_DAYS}, field="credit_days"
        )
    if not 0 <= choices.overdue_days <= MOST_DAYS:
        raise SettingsRefused(
            _("Between 0 and %(most)d days.") % {"most": MOST_DAYS}, field="overdue_days"
        )
    for name in ("qris_payload", "bank_account", "receipt_footer"):
        longest = getattr(TillSettings._meta.get_field(name), "max_length", 0)
        if len(getattr(choices, name)) > longest:
            raise SettingsRefused(_("At most %(count)s letters.") % {"count": longest}, field=name)
    if choices.qris_payload:
        try:
            qris.read(choices.qris_payload)
        except qris.QrisRefused as refusal:
            raise SettingsRefused(str(refusal), field="qris_payload") from refusal
