from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from typing_extensions import override

from kkmp.access.models import User
from kkmp.access.services import tokens


class Command(BaseCommand):
    help = "Make an API token for a user. It is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="api_token")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"No active user is called {options['username']}.")
        try:
            token, secret = tokens.issue(
                user=user, name=options["name"], at=timezone.now(), by=None
            )
        except tokens.TokenRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(secret)
        self.stderr.write(f"Works until {timezone.localtime(token.expires_at):%d-%m-%Y %H.%M}.")
