from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "kkmp.tasks"
    label = "tasks"
    verbose_name = _("Background work")

    def ready(self) -> None:
        from kkmp.tasks import nightly

        nightly.register(nightly.Nightly("forget_tasks", at=time(4, 0), each_cooperative=False))
        nightly.register(nightly.Nightly("clearsessions", at=time(4, 0), each_cooperative=False))
