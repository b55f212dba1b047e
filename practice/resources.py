"""Verbs on resources: added, changed, removed, used, and their file."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.models import Membership
from partnerships.permissions import check
from practice import permissions
from practice.bearing import copy_bearings, levels_by_domain, set_bearings
from practice.indexing import forget, refresh
from practice.models import EntryKind, Resource, ResourceFile, Standard, StandardTool
from practice.written import SENT_BEFORE, write_anew, write_once
from rpcportal.kit.holding import held_row
from rpcportal.kit.roles import Permission

WORDS = (
    "kind", "name", "what", "audience", "methods", "length", "stage", "link", "source", "owner",
    "review_on",
)  # fmt: skip
COPIED = tuple(name for name in WORDS if name not in {"owner", "review_on"})
NOT_AN_OWNER = "Choose an owner who may write the practice library, or nobody."


def people_who_own(partnership):
    """The memberships of those who can see to a resource, by name."""
    return partnership.memberships.who_may(Permission.LIBRARY).with_names().by_name()


def standards_helped(resource):
    """The numbers of the standards that a resource helps to work to."""
    return set(resource.tool_links.values_list("standard_id", flat=True))


@transaction.atomic
def add_resource(*, partnership, request_key, by, bearings, standards, **words):
    """Put a resource of the partnership's own into its library; returns it. The same click twice
    makes one.

    ``bearings``: as ``set_bearings`` takes them; ``standards``: those that it helps with. Raises
    PermissionDenied and ValidationError.
    """
    check(permissions.library_refusal, by, partnership)
    _check_owner(words["owner"], partnership)
    resource, is_new = write_once(
        Resource, words, partnership=partnership, request_key=request_key, by=by
    )
    if not is_new:
        stands = (levels_by_domain(resource), standards_helped(resource))
        if stands != (bearings, {each.pk for each in standards}):
            raise ValidationError(SENT_BEFORE)
        return resource
    set_bearings(resource, bearings)
    _set_standards(resource, standards)
    refresh(resource)
    return resource


@transaction.atomic
def change_resource(*, resource, by, bearings, standards, **words):
    """Write it anew; returns it."""
    check(permissions.library_refusal, by, resource.partnership, resource)
    standing = held(resource)
    if words["owner"] != standing.owner:
        _check_owner(words["owner"], standing.partnership)
    write_anew(standing, words, by=by)
    set_bearings(standing, bearings)
    _set_standards(standing, standards)
    refresh(standing)
    return standing


def _check_owner(owner, partnership):
    if owner is None:
        return
    if Membership.objects.who_may(Permission.LIBRARY).of(owner, partnership.pk) is None:
        raise ValidationError({"owner": NOT_AN_OWNER})


def _set_standards(resource, wanted):
    standing = {row.standard_id: row for row in resource.tool_links.all()}
    wanted = {each.pk: each for each in wanted}
    for pk in standing.keys() - wanted.keys():
        standing[pk].delete()
    for pk in wanted.keys() - standing.keys():
        StandardTool.objects.create(standard=wanted[pk], resource=resource)


def held(resource):
    """The resource as it stands, held against everyone else until the transaction ends.

    Raises Resource.DoesNotExist where somebody has removed it meanwhile.
    """
    found = held_row(Resource.objects.select_related("partnership", "owner"), resource.pk)
    if found is None:
        raise Resource.DoesNotExist
    return found


@transaction.atomic
def remove_resource(*, resource, by):
    """Take it out of the library, its file with it; the history keeps what it said."""
    check(permissions.library_refusal, by, resource.partnership, resource)
    forget(EntryKind.RESOURCE, resource.pk)
    Resource.objects.filter(pk=resource.pk).delete()


# --- What came with the portal ------------------------------------------------------------------


def copy_of(partnership, starter):
    """The partnership's own copy of a starter resource, or None."""
    return Resource.objects.own(partnership).filter(copied_from=starter).first()


@transaction.atomic
def use_starter(*, partnership, starter, by):
    """Copy a resource that came with the portal into the partnership's own; returns the copy.

    The copy stands in its place: where a standard of the partnership leads to the starter, it
    leads to the copy from then on. Used twice it is one.
    """
    check(permissions.library_refusal, by, partnership)
    copy, is_new = Resource.objects.get_or_create(
        partnership=partnership,
        copied_from=starter,
        defaults={**{name: getattr(starter, name) for name in COPIED}, "written_by": by},
    )
    if not is_new:
        return copy
    copy_bearings(starter, copy)
    for row in StandardTool.objects.filter(resource=starter, standard__partnership=partnership):
        row.resource = copy
        row.save(update_fields=["resource"])
    for file in ResourceFile.objects.filter(resource=starter):
        file.pk, file.resource, file._state.adding = None, copy, True
        file.save()
    refresh(copy)
    return copy


# --- The file -----------------------------------------------------------------------------------


@transaction.atomic
def put_file(*, resource, file, by):
    """Put a practice.files.CheckedFile beside the resource, in place of the one that is there.

    Returns the ResourceFile; the same file once more changes nothing.
    """
    check(permissions.library_refusal, by, resource.partnership, resource)
    held(resource)
    there = ResourceFile.objects.filter(resource=resource).first()
    if there and (there.name, bytes(there.content)) == (file.name, file.content):
        return there
    if there:
        # A new row: whoever downloads the old one just now never gets half of each.
        there.delete()
    added = ResourceFile.objects.create(
        resource=resource,
        name=file.name,
        content_type=file.content_type,
        size=len(file.content),
        content=file.content,
        added_by=by,
    )
    refresh(resource)
    return added


@transaction.atomic
def remove_file(*, resource, by):
    """Take the file away; the resource stays."""
    check(permissions.library_refusal, by, resource.partnership, resource)
    ResourceFile.objects.filter(resource=held(resource)).delete()
    refresh(resource)


def standing_of(resource):
    """Everything that a form about the resource shows, as one text."""
    owner = resource.owner_id
    words = [owner if name == "owner" else getattr(resource, name) for name in WORDS]
    bearings = sorted(levels_by_domain(resource).items())
    return repr((words, bearings, sorted(standards_helped(resource))))


def standards_to_choose(partnership, resource=None):
    """The partnership's own standards, with ``statement``: those that are not withdrawn, and
    those that the resource helps with already.
    """
    own = Standard.objects.own(partnership)
    found = own.standing(timezone.localdate())
    if resource:
        found = found | own.filter(pk__in=standards_helped(resource))
    return found.with_statement().in_order()
