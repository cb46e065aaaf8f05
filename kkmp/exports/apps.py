from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "kkmp.exports"
    label = "exports"
    verbose_name = _("Exports")

    def ready(self) -> None:
        from kkmp.exports import books

        books.register()
        # The apps above this one say what lists they give out.
        autodiscover_modules("exports")
