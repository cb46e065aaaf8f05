from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from finance import checks
        from members.leaving import checks as leaving_checks
        from members.savings import checks as savings_checks

        checks.register(savings_checks.savings_differences)
        checks.register(leaving_checks.refund_differences)
