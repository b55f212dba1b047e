"""What of the library bears on which domain of the planning tool: said, and copied."""

from practice.models import Bearing

OF = {"standard": "standard", "resource": "resource", "evidencestatement": "statement"}


def bearings_of(thing):
    """The Bearings of a standard, a resource or an evidence statement, with their domains."""
    return thing.bearings.select_related("domain").order_by("domain__framework", "domain__number")


def levels_by_domain(thing):
    """Domain's number in the database -> the levels that the thing helps to reach, [] for all."""
    return {each.domain_id: each.levels for each in thing.bearings.all()}


def set_bearings(thing, wanted):
    """Have the thing bear on these domains: number in the database -> levels, [] for all.

    Rows one by one where they differ, so that the history tells of changes alone.
    """
    standing = {row.domain_id: row for row in thing.bearings.all()}
    for pk in standing.keys() - wanted.keys():
        standing[pk].delete()
    for pk, levels in wanted.items():
        if pk not in standing:
            _bear(thing, pk, levels)
        elif standing[pk].levels != levels:
            standing[pk].levels = levels
            standing[pk].save(update_fields=["levels"])


def copy_bearings(thing, copy):
    """Have a copy bear on what the thing bears on."""
    for domain, levels in levels_by_domain(thing).items():
        _bear(copy, domain, levels)


def _bear(thing, domain, levels):
    Bearing.objects.create(
        partnership_id=thing.partnership_id,
        domain_id=domain,
        levels=levels,
        **{OF[thing._meta.model_name]: thing},
    )
