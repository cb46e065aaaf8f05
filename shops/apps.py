from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShopsConfig(AppConfig):
    name = "shops"
    verbose_name = _("Shops")

    def ready(self) -> None:
        from finance import checks
        from shops import reconciliation

        checks.register(reconciliation.stock_differences)
