from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "rpcportal"
    verbose_name = "RPC Portal"
