from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "practice"
    verbose_name = "Practice library"

    def ready(self):
        """Tell the ground floor what it shows of this room."""
        from practice import activity_kinds, holdings

        activity_kinds.register_all()
        holdings.register_all()
