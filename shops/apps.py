from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShopsConfig(AppConfig):
    name = "shops"
    verbose_name = _("Shops")

    def ready(self) -> None:
        from finance import checks
        from shops import reconciliation

        for check in (
            reconciliation.stock_differences,
            reconciliation.sale_differences,
            reconciliation.drawer_differences,
            reconciliation.payment_differences,
        ):
            checks.register(check)
