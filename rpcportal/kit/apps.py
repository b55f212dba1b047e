from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "rpcportal.kit"
    label = "kit"

    def ready(self):
        """Have the settings checked."""
        from rpcportal.kit import checks  # noqa: F401 - importing registers them
