"""What exports add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, menu
from kkmp.access.administration import pages, trail_page
from kkmp.access.administration.pages import AdminPage
from kkmp.access.audit_sentences import Group
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission
from kkmp.exports import lists, trail


def register() -> None:
    pages.register(AdminPage("jejak/berkas/", "trail_file", trail.view, trail_page.PERMISSIONS))
    menu.register(
        Entry(
            "exports:log",
            _("Exports"),
            "table-export",
            Permission.EXPORTS_READ,
            also=("exports:list",),
        ),
        weight=130,
    )
    audit_sentences.register(
        Group.FILES,
        {
            "export": _("%(who)s took out the list %(list)s, %(rows)s rows: %(filter)s"),
            "export.fetch": _("%(who)s fetched the file of the list %(list)s"),
        },
        words={"list": _title},
    )


def _title(code: str) -> str:
    """What a list is called, by its code in the trail."""
    kind = lists.find(code)
    return str(kind.title) if kind else code
