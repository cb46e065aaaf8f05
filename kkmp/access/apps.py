from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class AccessConfig(AppConfig):
    name = "kkmp.access"
    label = "access"
    verbose_name = _("Access")

    @override
    def ready(self) -> None:
        from kkmp.access import plugins
        from kkmp.access.queries import last_hand
        from kkmp.access.staff import plugins as staff
        from kkmp.lib import edit_conflicts
        from kkmp.tasks.nightly import Nightly, register

        register(Nightly("forget_tries", at=time(0, 30), each_cooperative=False))
        edit_conflicts.register_witness(last_hand)
        plugins.register()
        staff.register()
