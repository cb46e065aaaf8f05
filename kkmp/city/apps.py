from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kkmp.lib import plugins


class CityConfig(AppConfig):
    name = "kkmp.city"
    label = "city"
    verbose_name = _("City")

    def ready(self) -> None:
        from kkmp.tasks.nightly import Nightly, register

        register(Nightly("check_figures", at=time(2, 0), option=()))
        plugins.load(self.name)
