from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "practice"
    verbose_name = "Practice library"

    def ready(self):
        """Tell the ground floor what it shows of this room."""
        from partnerships import anonymising, daily, joining
        from pledges import reminding
        from practice import (
            activity_kinds,
            audit_holdings,
            commitment_holdings,
            committing,
            holdings,
            indexing,
            model_holdings,
            prompt_holdings,
            reflecting,
            resource_holdings,
            responsibility,
            reviewing,
            serving_holdings,
            standard_holdings,
        )

        activity_kinds.register_all()
        holdings.register_all()
        model_holdings.register_all()
        resource_holdings.register_all()
        audit_holdings.register_all()
        commitment_holdings.register_all()
        anonymising.register(reflecting.forget_reflections_of)
        reminding.register(committing.people_asked_again, committing.asked_again)
        prompt_holdings.register_all()
        daily.register("practice library", indexing.see_to_index)
        responsibility.register()
        standard_holdings.register_all()
        serving_holdings.register_all()
        daily.register("reviews of the library", reviewing.remind_of_reviews)
        joining.register(
            "prompt",
            phone_page="prompt_phone",
            called="the conversation",
            asks_organisation=False,
        )
