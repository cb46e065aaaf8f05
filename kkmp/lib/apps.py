from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "kkmp.lib"
    label = "lib"
