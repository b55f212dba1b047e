"""What is held about a person in resources and words (partnerships/holdings.py shows it)."""

from partnerships.holdings import link_to, own_partnerships, register
from practice.models import Definition, PreferredWord, Resource, ResourceFile


def register_all():
    """Have this room's part told with the others."""
    register("Resources that you wrote", resources)
    register("Files of resources that you added", files)
    register("Definitions and preferred words that you wrote", words)


def _written(model, user):
    rows = model.objects.filter(written_by=user).select_related("partnership")
    return rows.order_by("-written_at", "-pk")


def resources(user):
    """Those that one added, or changed last."""
    own = own_partnerships(user)
    return [
        {"Resource": link_to(each, own), "When": each.written_at}
        for each in _written(Resource, user)
    ]


def files(user):
    """What they are called; what is in them is the partnership's."""
    own = own_partnerships(user)
    rows = ResourceFile.objects.filter(added_by=user).select_related("resource__partnership")
    return [
        {"File": each.name, "Resource": link_to(each.resource, own), "When": each.added_at}
        for each in rows.defer("content").order_by("-added_at", "-pk")
    ]


def words(user):
    """Entries that one added, or changed last."""
    own = own_partnerships(user)
    return [
        {"Entry": link_to(each, own), "When": each.written_at}
        for model in (Definition, PreferredWord)
        for each in _written(model, user)
    ]
