from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connection
from typing_extensions import override

from kkmp.registry import database, functions


class Command(migrate.Command):
    """Migrate as the owner of the database, with the application's role and our functions."""

    # Some checks ask the database, which the application cannot before its role is made.
    requires_system_checks = ()

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.OWNER_DATABASE is None:
            raise CommandError("Migrating needs DATABASE_URL, the address of the owner's role.")
        application = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
        with database.as_owner():
            database.prepare_application_role(application)
            if options["plan"] or options["check_unapplied"]:
                super().handle(*args, **options)
                return
            functions.renew(triggers=True)
            super().handle(*args, **options)
            if not options["app_label"]:
                # While only some migrations are made, tables that they name may be missing.
                call_command("createcachetable", verbosity=0)
                functions.renew(triggers=False)
            database.grant_rights(application)
