from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kkmp.lib import plugins


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        plugins.load(self.name)
