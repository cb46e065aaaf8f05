from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connection

from kkmp.registry import database


class Command(migrate.Command):
    """Migrate as the owner of the database, and make the application's role first."""

    # Some checks ask the database, which the application cannot before its role is made.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.OWNER_DATABASE is None:
            raise CommandError("Migrating needs DATABASE_URL, the address of the owner's role.")
        application = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
        with database.as_owner():
            database.prepare_application_role(application)
            super().handle(*args, **options)
            call_command("createcachetable", verbosity=0)
            if "finance_line" in connection.introspection.table_names():
                database.withhold_changes(application)
            database.hold_apart(application)
