"""Verbs on measures and their readings: what is measured, and what it was on which day."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from partnerships.models import Affiliation, Membership
from partnerships.permissions import check, may, refusal_for
from pledges.models import Measure, MeasuredDomain, Reading
from pledges.permissions import figures_refusal
from pledges.rating import is_late, show_of
from rpcportal.kit.holding import held_row
from rpcportal.kit.roles import Permission

WORDS = (
    "name", "meaning", "unit", "unit_words", "better", "baseline", "baseline_on", "target",
    "target_on", "frequency", "owner", "organisation", "source",
)  # fmt: skip
OWN_FIGURES = (
    "This measure belongs to {organisation}. Its own people, whoever sees to the measure, and a "
    "coordinator or facilitator can record its readings."
)


# --- Who may ----------------------------------------------------------------------------------


def reading_refusal(user, measure):
    """Why ``user`` may not record, correct or rate this measure's readings, or an empty sentence.

    A measure of the whole partnership is read by everyone who may log; that of an organisation
    by its people, by its owner, and by those who write for everybody.
    """
    if refused := refusal_for(user, Permission.LOG, measure.partnership_id):
        return refused
    if measure.organisation_id is None or measure.owner_id == user.pk:
        return ""
    if may(user, Permission.WRITE_ALL, measure.partnership_id):
        return ""
    theirs = Affiliation.objects.filter(membership__user=user, organisation=measure.organisation_id)
    return "" if theirs.exists() else OWN_FIGURES.format(organisation=measure.organisation)


def people_who_log(partnership):
    """The members who can see to a measure, by name."""
    return partnership.memberships.who_may(Permission.LOG).with_names().by_name()


def _check_owner(owner, partnership):
    if owner is None:
        return
    if Membership.objects.who_may(Permission.LOG).of(owner, partnership.pk) is None:
        raise PermissionDenied(f"{owner} cannot record readings here, and so cannot own a measure.")


# --- What is measured -------------------------------------------------------------------------


@transaction.atomic
def add_measure(*, partnership, by, request_key=None, domains=(), **words):
    """Measure something from now on; returns it. Asking twice gives the same one.

    ``words``: those of WORDS. Raises PermissionDenied, and ValidationError.
    """
    check(figures_refusal, by, partnership)
    if request_key and (made := Measure.objects.filter(request_key=request_key).first()):
        return _same(made, (made.partnership_id, made.created_by_id), (partnership.pk, by.pk))
    _check_owner(words.get("owner"), partnership)
    measure, is_new = _made(Measure, request_key, partnership=partnership, created_by=by, **words)
    if is_new:
        _set_domains(measure, domains)
    return _same(measure, (measure.partnership_id, measure.created_by_id), (partnership.pk, by.pk))


def _made(model, request_key, **values):
    """A new row; or, of two clicks in the same moment, what the other one made."""
    if request_key is None:
        return model.objects.create(**values), True
    return model.objects.get_or_create(request_key=request_key, defaults=values)


def _same(made, of_what, asked):
    """What a page has made already, if it is the one that was asked for."""
    if of_what != asked:
        raise ValidationError("This page was sent before, for something else. Open it once more.")
    return made


def _set_domains(measure, wanted):
    """Rows one by one where they differ, so that the history tells of changes alone."""
    standing = {row.domain_id: row for row in MeasuredDomain.objects.filter(measure=measure)}
    wanted = {each.pk: each for each in wanted}
    for pk in standing.keys() - wanted.keys():
        standing[pk].delete()
    for pk in wanted.keys() - standing.keys():
        MeasuredDomain.objects.create(measure=measure, domain=wanted[pk])


def locked(measure):
    """The measure as it stands, held against everyone else until the transaction ends."""
    return held_row(Measure.objects.with_names(), measure.pk, no_key=True)


@transaction.atomic
def change_measure(*, measure, by, domains, **words):
    """Say anew what is measured. Its readings stay; their colours follow the new target."""
    standing = locked(measure)
    check(figures_refusal, by, standing.partnership)
    if words.get("owner") != standing.owner:
        _check_owner(words.get("owner"), standing.partnership)
    for name, value in words.items():
        setattr(standing, name, value)
    standing.save(update_fields=[*words])
    _set_domains(standing, domains)
    return standing


@transaction.atomic
def end_measure(*, measure, by, ended_on):
    """Read it no more from this day on; None takes it up again. What was read stays."""
    standing = locked(measure)
    check(figures_refusal, by, standing.partnership)
    if standing.ended_on != ended_on:
        standing.ended_on = ended_on
        standing.save(update_fields=["ended_on"])
    return standing


# --- What was read ----------------------------------------------------------------------------


@transaction.atomic
def record_reading(
    *, measure, by, read_on, value, source="", comment="", request_key=None, today=None
):
    """What the measure was on a day; returns the reading. The same click twice is one.

    Raises PermissionDenied, and ValidationError with field -> sentence.
    """
    standing = locked(measure)
    check(reading_refusal, by, standing)
    if request_key and (made := Reading.objects.filter(request_key=request_key).first()):
        return _same(made, (made.measure_id, made.recorded_by_id), (standing.pk, by.pk))
    _check_day(standing, read_on, today or timezone.localdate())
    return Reading.objects.create(
        measure=standing, read_on=read_on, value=value, source=source, comment=comment,
        request_key=request_key, recorded_by=by,
    )  # fmt: skip


def is_recorded(measure, request_key):
    """Whether the page of this key has recorded its reading."""
    return Reading.objects.of(measure).filter(request_key=request_key).exists()


def _check_day(measure, read_on, today):
    """One figure a day, of days that have been and on which it was still measured."""
    if read_on > today:
        raise ValidationError({"read_on": "That day is still to come: a reading is of a day past."})
    if measure.ended_on is not None and read_on > measure.ended_on:
        sentence = f"This measure ended on {measure.ended_on:%-d %B %Y}: choose that day or before."
        raise ValidationError({"read_on": sentence})
    of_that_day = Reading.objects.of(measure).filter(read_on=read_on)
    if (taken := of_that_day.first()) is not None:
        figure = show_of(measure, taken.value)
        sentence = f"There is a reading of {read_on:%-d %B %Y} already: {figure}. Correct that one."
        raise ValidationError({"read_on": sentence})


def locked_reading(reading):
    """The reading as it stands, held with its measure until the transaction ends.

    Raises ValidationError when somebody has removed it.
    """
    measure = locked(reading.measure)
    standing = Reading.objects.select_for_update(no_key=True).filter(pk=reading.pk).first()
    if standing is None:
        raise ValidationError("Somebody has removed this reading meanwhile.")
    standing.measure = measure
    return standing


@transaction.atomic
def correct_reading(*, reading, by, read_on, value, source, comment, today=None):
    """Write a reading anew; what stood there is kept in the history."""
    standing = locked_reading(reading)
    check(reading_refusal, by, standing.measure)
    if read_on != standing.read_on:
        _check_day(standing.measure, read_on, today or timezone.localdate())
    standing.read_on, standing.value = read_on, value
    standing.source, standing.comment = source, comment
    standing.save(update_fields=["read_on", "value", "source", "comment"])
    return standing


@transaction.atomic
def rate_reading(*, reading, by, rating, reason):
    """Say otherwise than the rule, with a reason; an empty ``rating`` lets the rule speak again.

    Raises PermissionDenied, and ValidationError with field -> sentence.
    """
    standing = locked_reading(reading)
    check(reading_refusal, by, standing.measure)
    if rating and not reason:
        raise ValidationError({"reason": "Say why it is rated otherwise than by the rule."})
    standing.rating, standing.rating_reason = rating, reason if rating else ""
    standing.save(update_fields=["rating", "rating_reason"])
    return standing


@transaction.atomic
def remove_reading(*, reading, by):
    """Take a reading out that should not be there; the history keeps it. Twice is once."""
    measure = locked(reading.measure)
    check(reading_refusal, by, measure)
    Reading.objects.of(measure).filter(pk=reading.pk).delete()


# --- What is late -----------------------------------------------------------------------------


def late_for(user, today):
    """The measures that ``user`` sees to and whose reading is late, by name."""
    mine = Measure.objects.owned_by(user).current(today).with_names().with_newest()
    return [each for each in mine.order_by("name", "pk") if is_late(each, newest_of(each), today)]


def newest_of(measure):
    """Its newest reading, or None; for one out of ``with_newest``."""
    return measure.newest[0] if measure.newest else None
