from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Planning tool"

    def ready(self):
        """Tell the ground floor what it shows of this room."""
        from partnerships import anonymising, daily, joining
        from planning import (
            activity,
            activity_kinds,
            holdings,
            prework,
            responsibility,
            workshop_forgetting,
            workshop_holdings,
        )
        from planning.balloting import BEFORE_A_VOTE, KIND

        responsibility.register()
        activity.register_kinds()
        activity_kinds.register_all()
        holdings.register_all()
        workshop_holdings.register_all()
        anonymising.register(workshop_forgetting.forget_invitations_of)
        joining.register(KIND, phone_page="workshop_phone", called="the workshop", asks_sector=True)
        BEFORE_A_VOTE.append(prework.end_with_first_vote)
        daily.register("names on lists of invited", workshop_forgetting.forget_invitees)
        daily.register("votes left open", workshop_forgetting.count_forgotten_votes)
        daily.register("scored beforehand", prework.count_all_that_are_over)
