from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "Partnerships"

    def ready(self):
        """Connect what this room tells and ends, and have the settings checked."""
        from allauth.mfa.signals import authenticator_added

        from partnerships import activity_kinds, adapters, checks, holding_kinds  # noqa: F401 - for checks

        authenticator_added.connect(adapters.end_sessions_before)
        activity_kinds.register_all()
        holding_kinds.register_all()
