from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Planning tool"

    def ready(self):
        """Tell the ground floor what it shows of this room."""
        from planning import activity, holdings, responsibility

        responsibility.register()
        activity.register_kinds()
        holdings.register_all()
