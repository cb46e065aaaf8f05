from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kkmp.lib import plugins


class FinanceConfig(AppConfig):
    name = "finance"
    verbose_name = _("Books")

    def ready(self) -> None:
        from kkmp.tasks.nightly import Nightly, register

        register(Nightly("check_books", at=time(1, 0)))
        plugins.load(self.name)
