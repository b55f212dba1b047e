from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = "Pledges"

    def ready(self):
        """Tell the ground floor what it shows and does of this room."""
        from partnerships import daily
        from pledges import activity_kinds, holdings, reminding, responsibility
        from pledges import daily as pledges_daily
        from pledges.imports.commit import forget_old_imports

        responsibility.register()
        activity_kinds.register_all()
        holdings.register_all()
        daily.register("reminders", reminding.send_reminders)
        daily.register("spreadsheets", forget_old_imports)
        daily.register("pledges", pledges_daily.see_to_pledges)
