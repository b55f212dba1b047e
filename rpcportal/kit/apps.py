from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "rpcportal.kit"
    label = "kit"
