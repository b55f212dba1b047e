from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "Partnerships"

    def ready(self):
        """Have the settings checked, and this room's own activity and holdings told."""
        from partnerships import activity_kinds, checks, holding_kinds  # noqa: F401 - for checks

        activity_kinds.register_all()
        holding_kinds.register_all()
