"""Where somebody is signed in."""

from allauth.usersessions.views import ListUserSessionsView

from partnerships.browsers import browser_in_words


class Sessions(ListUserSessionsView):
    """Every session of the person, and the button that ends all but this one."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["rows"] = [
            {
                "began_at": session.created_at,
                "browser": browser_in_words(session.user_agent),
                "address": session.ip,
                "is_this_one": session.is_current(),
            }
            for session in reversed(context["sessions"])
        ]
        return context


sessions = Sessions.as_view()
