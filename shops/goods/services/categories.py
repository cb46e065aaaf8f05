"""Shelves of goods: their names, and the colours of their tiles at the till."""

from django.db import transaction
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.lib.errors import DomainError
from shops.goods.models import Category, Colour

_NAME_LENGTH = Category._meta.get_field("name").max_length or 0


class CategoryRefused(DomainError):
    """The category cannot be as asked; the message is fit to show."""


@transaction.atomic
def change(*, category: Category, name: str, colour: Colour, by: User) -> Category:
    """Rename a shelf, or give its tiles another colour.

    :raises CategoryRefused: the name is missing, too long, or another shelf's
    """
    category = held(category)
    name = " ".join(name.split())
    if not name:
        raise CategoryRefused(_("Write the name of the category."), field="name")
    if len(name) > _NAME_LENGTH:
        raise CategoryRefused(
            _("At most %(count)s letters.") % {"count": _NAME_LENGTH}, field="name"
        )
    others = Category.objects.of(category.cooperative_id).exclude(id=category.id)
    if others.filter(name__iexact=name).exists():
        raise CategoryRefused(
            _("There is a category named %(name)s already.") % {"name": name}, field="name"
        )
    category.name, category.colour = name, colour
    category.save()
    audit.record(
        cooperative=category.cooperative,
        action="category.change",
        by=by,
        subject=category,
        name=name,
        colour=colour,
    )
    return category


def held(category: Category) -> Category:
    """The shelf as it is now; nobody else changes it until the transaction ends."""
    rows = Category.objects.of(category.cooperative_id).select_for_update(of=("self",))
    return rows.select_related("cooperative").get(id=category.id)
