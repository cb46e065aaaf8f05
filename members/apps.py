from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from finance import checks
        from members import reconciliation

        checks.register(reconciliation.savings_differences)
        checks.register(reconciliation.refund_differences)
