from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kkmp.lib import plugins


class ShopsConfig(AppConfig):
    name = "shops"
    verbose_name = _("Shops")

    def ready(self) -> None:
        plugins.load(self.name)
