from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "kkmp.imports"
    label = "imports"

    def ready(self) -> None:
        from kkmp.imports import plugins

        plugins.register()
