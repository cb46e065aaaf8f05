from django.apps import AppConfig

from kkmp.lib import converters


class LibConfig(AppConfig):
    name = "kkmp.lib"
    label = "lib"

    def ready(self) -> None:
        converters.register()
