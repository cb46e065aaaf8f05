"""What has been built on people, or on what they paid, since an act that shall be undone.

Whatever table points at them counts: a sale, a contact, a leaving, a printed receipt. Tables of
the apps above this one are found as well, and those that are yet to come.
"""

from collections.abc import Iterator

from django.db.models import ForeignObjectRel, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kkmp.imports.rows import Blocker
from kkmp.registry.models import Cooperative
from kkmp.registry.tenancy import TenantModel
from members.dues.models import CollectionEntry
from members.register.models import Member, StatusChange
from members.savings.models import ReceiptPrint, SavingsBalance, SavingsEntry
from members.takeover.models import ImportedBill

#: What everybody has who pays in; looked at by their content instead.
_EVERYBODYS = (StatusChange, SavingsBalance, SavingsEntry)
#: What every entry of a list of bills has.
_ENTRYS = (CollectionEntry, ImportedBill)


def on_people(cooperative: Cooperative, people: QuerySet[Member]) -> Iterator[Blocker]:
    """Everything that points at these people besides their changes of status and their savings.

    :param people: of this cooperative
    """
    for model, field in _pointing_at(Member, besides=(*_EVERYBODYS, ImportedBill)):
        rows = model.objects.of(cooperative).filter(**{f"{field}__in": people.values("id")})
        names = rows.order_by(f"{field}__name", "id").values_list(f"{field}__name", flat=True)
        for name in dict.fromkeys(names):
            yield Blocker(name, _what(model))


def on_entries(cooperative: Cooperative, entries: QuerySet[SavingsEntry]) -> Iterator[Blocker]:
    """Everything that points at these entries: corrections, printed receipts and the like."""
    for model, field in _pointing_at(SavingsEntry, besides=_ENTRYS):
        rows = model.objects.of(cooperative).filter(**{f"{field}__in": entries.values("id")})
        names = rows.order_by(f"{field}__member__name", "id")
        for name in dict.fromkeys(names.values_list(f"{field}__member__name", flat=True)):
            yield Blocker(name, _what(model))


def _pointing_at(
    model: type[TenantModel], *, besides: tuple[type[TenantModel], ...]
) -> Iterator[tuple[type[TenantModel], str]]:
    """Tables with a key to this one, and the name of the key."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.one_to_many:
            other = relation.related_model
            if not issubclass(other, TenantModel):
                raise TypeError(f"{other.__name__}: only tenants' rows point at a tenant's")
            if other not in besides:
                yield other, relation.field.name


def _what(model: type[TenantModel]) -> str:
    if model is SavingsEntry:
        return _("a payment was corrected")
    if model is ReceiptPrint:
        return _("a receipt was printed")
    return _("there is something new: %(what)s") % {"what": capfirst(model._meta.verbose_name)}
