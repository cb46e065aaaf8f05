from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "kkmp.imports"
    label = "imports"
