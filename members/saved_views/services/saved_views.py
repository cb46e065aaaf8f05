"""Keeping a view of a page under a name, renaming it, sharing it, giving it up."""

from collections.abc import Iterable

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from kkmp.access.models import User
from kkmp.access.services import audit
from kkmp.exports import words
from kkmp.lib.errors import DomainError, insist
from kkmp.registry import turns
from kkmp.registry.models import Cooperative
from members.saved_views.models import SavedView, ViewPage

LONGEST_NAME = 40
#: With more on one page nobody finds theirs.
MOST = 30
LONGEST_QUERY = 1_000
_parameters: dict[ViewPage, tuple[str, ...]] = {}


def register(page: ViewPage, parameters: Iterable[str]) -> None:
    """Say what of a page's address belongs to a view; its package does so in ``plugins``."""
    _parameters[page] = tuple(parameters)


def parameters_of(page: ViewPage) -> tuple[str, ...]:
    """What of a page's address belongs to a view."""
    return _parameters[page]


class ViewRefused(DomainError):
    """The view may not be kept like this; the message is fit to show."""


@transaction.atomic
def save(
    *,
    cooperative: Cooperative,
    page: str,
    name: str,
    query: QueryDict | str,
    is_shared: bool,
    by: User,
) -> SavedView:
    """Keep what a page shows. The same name with the same content again is the same view.

    :param query: the page's address behind the ``?``
    :raises ViewRefused: the name is taken or missing, the search is for a person's number, or
        there are too many views already
    """
    name, kept = _fit_name(name), _fit_query(ViewPage(page), query)
    turns.take(cooperative, f"views of {by.pk}")
    own = SavedView.objects.of(cooperative).filter(owner=by, page=page)
    known = {view.name: view for view in own}
    if name in known:
        if (known[name].query, known[name].is_shared) == (kept, is_shared):
            return known[name]
        raise _taken(name)
    if len(known) >= MOST:
        raise ViewRefused(
            _("You have %(most)d views of this page already. Delete one first.") % {"most": MOST}
        )
    view = SavedView(
        cooperative=cooperative, owner=by, page=page, name=name, query=kept, is_shared=is_shared
    )
    view.save(force_insert=True)
    if is_shared:
        _note(view, "view.share", by)
    return view


@transaction.atomic
def change(*, view: SavedView, name: str, is_shared: bool, by: User) -> SavedView:
    """Give a view another name, or share it with everybody, or with nobody any more.

    :raises ViewRefused: the name is missing, or another view of one's own has it
    """
    insist(view.owner_id == by.pk, "only its owner changes a view")
    was_shared = view.is_shared
    view.name, view.is_shared = _fit_name(name), is_shared
    turns.take(view.cooperative_id, f"views of {by.pk}")
    others = SavedView.objects.of(view.cooperative_id).filter(owner=by, page=view.page)
    if others.filter(name=view.name).exclude(id=view.id).exists():
        raise _taken(view.name)
    view.save()
    if is_shared != was_shared:
        _note(view, "view.share" if is_shared else "view.unshare", by)
    return view


def held(view: SavedView) -> SavedView:
    """The view as it is now; it does not change until the transaction ends."""
    rows = SavedView.objects.of(view.cooperative_id).select_for_update(of=("self",))
    return rows.select_related("cooperative", "owner").get(id=view.id)


@transaction.atomic
def delete(*, view: SavedView, by: User) -> None:
    """Give a view up. Whoever runs the cooperative may give up shared ones of others too."""
    if view.is_shared:
        _note(view, "view.delete", by)
    SavedView.objects.of(view.cooperative_id).filter(id=view.id).delete()


def _fit_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise ViewRefused(_("Give the view a name, such as: RW 03, women."), field="name")
    if len(name) > LONGEST_NAME:
        raise ViewRefused(_("This name is too long. Use at most 40 letters."), field="name")
    return name


def _fit_query(page: ViewPage, query: QueryDict | str) -> str:
    plain = words.plain(query, parameters_of(page))
    if words.has_many_digits(words.value_of(plain, "q")):
        raise ViewRefused(
            _("A view keeps no number of a person. Clear the search box, then save the view.")
        )
    if len(plain) > LONGEST_QUERY:
        raise ViewRefused(_("This filter is too long. Choose fewer words, then try again."))
    return plain


def _taken(name: str) -> ViewRefused:
    return ViewRefused(
        _("You have a view called “%(name)s” already. Choose another name.") % {"name": name},
        field="name",
    )


def _note(view: SavedView, action: str, by: User) -> None:
    audit.record(cooperative=view.cooperative, action=action, by=by, subject=view, page=view.page)
