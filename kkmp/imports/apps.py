from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    name = "kkmp.imports"
    label = "imports"

    def ready(self) -> None:
        # The apps above this one say what lists they take; nothing here imports them by name.
        autodiscover_modules("imports")
