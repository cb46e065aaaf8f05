from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShopsConfig(AppConfig):
    name = "shops"
    verbose_name = _("Shops")

    def ready(self) -> None:
        from finance import checks
        from members import panels
        from shops.credit import checks as credit_checks
        from shops.credit import panels as credit_panels
        from shops.drawers import checks as drawers_checks
        from shops.returns import checks as returns_checks
        from shops.settling import checks as settling_checks
        from shops.stock import checks as stock_checks
        from shops.vouchers import checks as vouchers_checks

        for check in (
            stock_checks.stock_differences,
            returns_checks.sale_differences,
            drawers_checks.drawer_differences,
        ):
            checks.register(check)
        checks.register(settling_checks.qris_difference)
        checks.register(credit_checks.credit_differences)
        checks.register(vouchers_checks.voucher_difference)
        panels.register(credit_panels.credit)
