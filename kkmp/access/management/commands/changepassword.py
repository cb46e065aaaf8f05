import getpass
from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.db import transaction
from django.utils import timezone
from typing_extensions import override

from kkmp.access.models import User
from kkmp.access.services import audit, ways_in


class Command(changepassword.Command):
    """Django's; and what the old password opened ends, as it does in every other way."""

    @transaction.atomic
    @override
    def handle(self, *args: Any, **options: Any) -> str | None:
        said = super().handle(*args, **options)
        user = User.objects.get(username=options["username"] or getpass.getuser())
        ways_in.end(user=user, at=timezone.now())
        audit.record_system(action="user.password_by_command", by=None, subject=user)
        return said
