import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable
from typing_extensions import override

from kkmp.registry import bounds, database, functions

#: So long a change of a table waits for those who use it, while all others wait behind it. Then it
#: lets them go on, and tries again.
LOCK_TIMEOUT = "3s"
TRIES, PAUSE_SECONDS = 20, 3.0


class Command(migrate.Command):
    """Migrate as the owner of the database, with the application's role and our functions."""

    # Some checks ask the database, which the application cannot before its role is made.
    requires_system_checks = ()

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.OWNER_DATABASE is None:
            raise CommandError("Migrating needs DATABASE_URL, the address of the owner's role.")
        for attempt in range(1, TRIES + 1):
            try:
                return self._migrate(*args, **options)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                if attempt == TRIES:
                    raise CommandError(
                        "A table was in use all the time, so not all is migrated: try again."
                    ) from error
                self.stderr.write(f"A table is in use; trying again in {PAUSE_SECONDS:.0f} s")
                time.sleep(PAUSE_SECONDS)

    def _migrate(self, *args: Any, **options: Any) -> None:
        application = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
        with database.as_owner():
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
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
                bounds.keep()
            database.grant_rights(application)
