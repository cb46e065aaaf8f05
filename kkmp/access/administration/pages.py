"""Pages of the administration that are of no one kind of thing; packages above add theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.http import HttpResponse

from kkmp.access.web import SignedInRequest

View = Callable[[SignedInRequest, AdminSite], HttpResponse]


@dataclass(frozen=True, slots=True)
class AdminPage:
    """
    :param route: below the administration's own address
    :param permissions: all of them are asked for, as Django names them: ``access.view_user``
    """

    route: str
    name: str
    view: View
    permissions: tuple[str, ...]


_registered: dict[str, AdminPage] = {}


def register(page: AdminPage) -> None:
    """Add a page; adding it twice changes nothing."""
    _registered[page.name] = page


def registered() -> list[AdminPage]:
    return list(_registered.values())
