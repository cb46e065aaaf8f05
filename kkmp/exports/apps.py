from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "kkmp.exports"
    label = "exports"
    verbose_name = _("Exports")

    def ready(self) -> None:
        from kkmp.exports import plugins
        from kkmp.tasks.nightly import Nightly, register

        register(Nightly("forget_exports", at=time(0, 30)))
        plugins.register()
