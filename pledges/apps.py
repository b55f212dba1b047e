from django.apps import AppConfig


class PledgesConfig(AppConfig):
    name = "pledges"
    verbose_name = "Pledges"

    def ready(self):
        """Tell the ground floor what it shows and does of this room."""
        from partnerships import daily, joining
        from pledges import (
            activity_kinds,
            holdings,
            launch_forgetting,
            launch_holdings,
            outreach_holdings,
            outreach_retention,
            reminding,
            responsibility,
        )
        from pledges import daily as pledges_daily
        from pledges.imports.commit import forget_old_imports

        responsibility.register()
        activity_kinds.register_all()
        holdings.register_all()
        launch_holdings.register_all()
        outreach_holdings.register_all()
        daily.register("reminders", reminding.send_reminders)
        daily.register("spreadsheets", forget_old_imports)
        daily.register("pledges", pledges_daily.see_to_pledges)
        daily.register("former champions", outreach_retention.forget_former_champions)
        daily.register("names at launches", launch_forgetting.forget_names_of_launches)
        joining.register("launch", phone_page="launch_phone", called="the pledge launch")
