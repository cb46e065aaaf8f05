from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "kkmp.demo"
    label = "demo"
