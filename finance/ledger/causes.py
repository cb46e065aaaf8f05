"""What posted a journal, for the administration: the rows of other packages that point to it.

Whoever posts keeps the journal in a key of its own. So the way back needs no list of packages:
it goes by those keys, to the kinds of things that have a page.
"""

from collections.abc import Iterator

from django.contrib.admin import AdminSite
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from finance.ledger.models import Journal
from kkmp.registry.tenancy import TenantModel

#: A collection has hundreds; the first ones say what it is.
MOST_EACH = 3


def cause_links(journal: Journal, site: AdminSite) -> list[tuple[str]]:
    """Links to what the journal is for; one statement for each kind that may be."""
    return [
        (_link(row),)
        for model, key in _pointing(site)
        for row in model._default_manager.filter(cooperative_id=journal.cooperative_id)
        .filter(**{key: journal})
        .order_by("id")[:MOST_EACH]
    ]


def _pointing(site: AdminSite) -> Iterator[tuple[type[models.Model], str]]:
    for model in sorted(site._registry, key=lambda each: each._meta.label):
        if issubclass(model, TenantModel) and model is not Journal:
            for field in model._meta.get_fields():
                if isinstance(field, models.ForeignKey) and field.related_model is Journal:
                    yield model, field.name


def _link(row: models.Model) -> str:
    opts = row._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=(row.pk,))
    name = f"{capfirst(str(opts.verbose_name))} {row}"
    return format_html('<a href="{}" class="text-link kkmp-link">{}</a>', address, name)
