from django.apps import AppConfig
from typing_extensions import override


class DemoConfig(AppConfig):
    name = "kkmp.demo"
    label = "demo"

    @override
    def ready(self) -> None:
        from kkmp.demo import plugins

        plugins.register()
