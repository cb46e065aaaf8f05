from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.db import transaction
from typing_extensions import override

from kkmp.access.models import User
from kkmp.access.permissions import Role
from kkmp.access.services import roles


class Command(createsuperuser.Command):
    """Django's, and the first administrator's role with it: roles alone open the admin."""

    @transaction.atomic
    @override
    def handle(self, *args: Any, **options: Any) -> str | None:
        said = super().handle(*args, **options)
        without = User.objects.filter(is_superuser=True).exclude(holdings__role=Role.ADMINISTRATOR)
        for user in without.order_by("pk"):
            roles.grant(user=user, role=Role.ADMINISTRATOR, by=None)
        return said
