"""What a Follow is about: in words, and where it is."""

from django.urls import reverse


def path_of(partnership, **thing):
    """Where a button is sent with which one follows an action, organisation or domain, or stops."""
    ((name, value),) = thing.items()
    number = value.number if name == "action" else value.pk
    return reverse(f"follow_{name}", args=[partnership.slug, number])


def stop_path_of(follow):
    """Where the button is sent that ends a Follow."""
    thing = {name: getattr(follow, name) for name in ("action", "organisation", "domain")}
    return path_of(follow.partnership, **{name: value for name, value in thing.items() if value})


def name_of(follow):
    """What a Follow is about, in words."""
    if follow.action_id:
        return f"Action {follow.action}"
    return str(follow.organisation) if follow.organisation_id else f"Domain {follow.domain}"


def page_of(follow):
    """The path of the page on which a Follow can be ended."""
    slug = follow.partnership.slug
    if follow.action_id:
        return follow.action.get_absolute_url()
    if follow.organisation_id:
        return reverse("pledge", args=[slug, follow.organisation_id])
    return reverse("register", args=[slug], query={"domain": follow.domain_id})


def news_of(follow):
    """The path of the page on which its news are, the newest first."""
    if follow.action_id:
        return follow.action.get_absolute_url()
    name = "organisation" if follow.organisation_id else "domain"
    query = {name: getattr(follow, f"{name}_id"), "sort": "-updated_at"}
    return reverse("register", args=[follow.partnership.slug], query=query)
