"""What imports add to other packages."""

from django.utils.translation import gettext_lazy as _

from kkmp.access import audit_sentences, menu
from kkmp.access.audit_sentences import Group
from kkmp.access.menu import Entry
from kkmp.access.permissions import Permission


def register() -> None:
    menu.register(
        Entry(
            "imports:list",
            _("Import"),
            "table-import",
            Permission.MEMBERS_IMPORT,
        ),
        weight=120,
    )
    audit_sentences.call("imports.ImportBatch", "filename")
    audit_sentences.register(
        Group.FILES,
        {
            "import.upload": _("%(who)s uploaded the file %(subject)s, %(rows)s rows"),
            "import.run": _("%(who)s imported %(rows)s rows of the file %(subject)s"),
            "import.undo": _(
                "%(who)s undid the import of the file %(subject)s, %(rows)s rows: %(reason)s"
            ),
            "import.forget": _("%(who)s threw away the file %(subject)s before it was imported"),
            "import.download": _(
                "%(who)s took out %(rows)s rows of the file %(subject)s to complete them"
            ),
        },
    )
