"""Every form, filled in by someone who knows all the numbers and keys of another partnership.

tests/test_url_walk.py tries every address with the wrong person. Here the person is the right
one, and what they send is not: ids of area b in the address, in the fields and in their
names, and fields that no page has.
"""

import itertools
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import F, Q
from django.urls import reverse
from lxml import html
from pghistory.models import Event

from partnerships.models import (
    Affiliation,
    Download,
    Invitation,
    Membership,
    Organisation,
    Partnership,
    User,
)
from planning.models import (
    Assessment,
    Entry,
    EvidenceReference,
    PriorityAction,
    UnsettledText,
)
from tests.addresses import ADDRESSES, path_of
from tests.factories.people import client_of, make_membership
from tests.refusals import run_sql

# Where the partnership of a row stands. The test below holds this to be complete.
AREA_OF = {
    Affiliation: "membership__partnership",
    Assessment: "partnership",
    Download: "partnership",
    Entry: "assessment__partnership",
    EvidenceReference: "entry__assessment__partnership",
    Invitation: "partnership",
    Membership: "partnership",
    Organisation: "partnership",
    PriorityAction: "assessment__partnership",
    UnsettledText: "entry__assessment__partnership",
}
WRITABLE = [name for name, address in ADDRESSES.items() if address.writers]
SCOPED = [name for name, address in ADDRESSES.items() if address.lost]
WORDS = "self::textarea or @type='text' or @type='email' or @type='password'"


def areas_fields():
    """(model, foreign key, model that it leads to) of everything that belongs to an area."""
    for model in AREA_OF:
        for field in model._meta.fields:
            if field.is_relation and field.related_model in {*AREA_OF, User}:
                yield model, field.name, field.related_model


def strays(world):
    """Rows of one area that refer to something, or somebody, of the other."""
    members = {
        area.partnership.pk: {person.pk for person in people_of(area)}
        for area in (world.a, world.b)
    }
    found = []
    for model, name, to in areas_fields():
        rows = model.objects.exclude(**{f"{name}__isnull": True})
        if to is User:
            for area, people in members.items():
                others = set().union(*members.values()) - people
                found += rows.filter(**{AREA_OF[model]: area, f"{name}__in": others})
        else:
            found += rows.filter(~Q(**{f"{name}__{AREA_OF[to]}": F(AREA_OF[model])}))
    return found


def people_of(area):
    return area.coordinator, area.facilitator, area.lead, area.editor, area.reader


def rows_of(area):
    """Everything that belongs to an area, and its people, as values."""
    contents = {
        model: list(model.objects.filter(**{path: area.partnership}).order_by("pk").values_list())
        for model, path in AREA_OF.items()
    }
    people = User.objects.filter(pk__in=[person.pk for person in people_of(area)])
    contents[User] = list(people.order_by("pk").values_list())
    contents[Partnership] = list(Partnership.objects.filter(pk=area.partnership.pk).values_list())
    return contents


def ids_of(world):
    """Kind -> the number or key of something in area a, as forms and addresses write it."""
    a = world.a.partnership
    entry = world.reference.entry
    people = {
        f"{what} of {role}": str(found.pk)
        for role in ("coordinator", "editor")
        for what, found in (
            ("person", getattr(world.a, role)),
            ("membership", world.membership(f"{role} of a")),
        )
    }
    rows = {
        "partnership": a,
        "organisation": world.organisation,
        "invitation": world.invitation,
        "draft": world.draft,
        "agreed sheet": world.agreed,
        "entry": entry,
        "reference": world.reference,
        "action": world.action,
        "unsettled text": world.unsettled,
    }
    return {
        **people,
        **{kind: str(row.pk) for kind, row in rows.items()},
        "short name": a.slug,
        "e-mail address": world.a.reader.email,
        "key of reference": str(world.reference.key),
        "key of action": str(world.action.key),
        "token": world.token,
    }


@contextmanager
def undone():
    """What the block writes is undone at its end; deferred rules are looked at first."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


def sender(world, name):
    """Who may send the form of this address."""
    return client_of(None if ADDRESSES[name].guest else world.a.coordinator)


def form_of(world, name, client):
    """(what a browser would send from the page, the names of the boxes for words)."""
    path, body = path_of(name, world), dict(ADDRESSES[name].body(world))
    words = set()
    page = page_at(client, path)
    for form in page.forms if page is not None else ():
        if form.action in {None, "", path}:
            for field, value in form.form_values():
                body.setdefault(field, value)
            words |= set(form.xpath(f".//*[{WORDS}]/@name"))
    body.pop("csrfmiddlewaretoken", None)
    return body, words


def page_at(client, path):
    """The page at an address, taken apart; None where there is none to read."""
    response = client.get(path)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.status_code != 200 or not is_page:
        return None
    return html.fromstring(response.content.decode())


def values_of(body):
    """Field -> its values as texts."""
    return {
        name: [str(each) for each in (value if isinstance(value, list | tuple) else [value])]
        for name, value in body.items()
    }


# --- What the walk stands on ----------------------------------------------------------------


def test_every_model_that_belongs_to_a_partnership_is_watched():
    belonging = set(AREA_OF) | {Partnership}
    for model in itertools.chain(*(apps.get_app_config(app).get_models() for app in OWN)):
        if issubclass(model, Event) or model in belonging or model._meta.proxy:
            continue
        leads_to = {field.related_model for field in model._meta.fields if field.is_relation}
        assert not leads_to & belonging, f"{model.__name__} belongs to a partnership"


OWN = ("partnerships", "planning", "pledges", "practice")


def test_in_the_world_itself_nothing_strays(world):
    assert strays(world) == []
    own, foreign = ids_of(world), ids_of(world.mirrored())
    assert [kind for kind in own if own[kind] == foreign[kind]] == []


STRAYS = {
    "responsible": lambda world: Entry.objects.filter(pk=world.reference.entry.pk).update(
        responsible=world.b.editor
    ),
    "invited by": lambda world: Invitation.objects.filter(pk=world.invitation.pk).update(
        invited_by=world.b.coordinator
    ),
    "reference": lambda world: EvidenceReference.objects.filter(pk=world.reference.pk).update(
        entry=world.of_b.reference.entry
    ),
}


@pytest.mark.parametrize("kind", ["responsible", "invited by"])
def test_the_look_for_strays_sees_one(world, kind):
    assert STRAYS[kind](world) == 1
    assert len(strays(world)) == 1


def test_the_look_at_an_area_sees_a_row_that_moved_into_it(world):
    before = rows_of(world.b)
    assert STRAYS["reference"](world) == 1
    assert rows_of(world.b) != before


def test_the_forms_that_are_filled_in_are_those_of_the_pages(world):
    body, words = form_of(world, "domain", sender(world, "domain"))
    assert {"level", "base", "evidence", "gaps"} <= set(body)
    assert "evidence" in words
    assert "level" not in words


# --- Ids of b in the address ----------------------------------------------------------------


@pytest.mark.parametrize("name", SCOPED)
def test_addresses_that_mix_two_partnerships_lead_nowhere_even_for_who_is_in_both(world, name):
    person = world.a.coordinator
    make_membership(world.b.partnership, person, "coordinator")
    client = client_of(person)
    address = ADDRESSES[name]
    here, there = address.find(world), address.find(world.mirrored())
    before = rows_of(world.a), rows_of(world.b)
    for arguments in set(itertools.product(*zip(here, there, strict=True))) - {here, there}:
        path = reverse(name, args=arguments)
        for method in address.methods:
            body = address.body(world) if method == "POST" else {}
            with undone():
                response = getattr(client, method.lower())(path, body)
                assert response.status_code == 404 or is_sent_on(name, method, response), path
                assert (rows_of(world.a), rows_of(world.b)) == before


def is_sent_on(name, method, response):
    """What a domain of one's own does not hold is as good as removed, or settled already."""
    gone = name in {"remove_reference", "remove_action", "settle"}
    return gone and response.status_code == 302


# --- Ids of b in the fields -----------------------------------------------------------------


@pytest.mark.parametrize("name", WRITABLE)
def test_no_field_takes_anything_of_another_partnership(world, name):
    client, path = sender(world, name), path_of(name, world)
    body, words = form_of(world, name, client)
    sent, foreign = values_of(body), ids_of(world.mirrored())
    before = rows_of(world.b)
    for field in sent:
        # In a box for words a number is a word: one of them is enough.
        kinds = ["membership of editor"] if field in words else foreign
        for kind in kinds:
            with undone():
                response = client.post(path, {**sent, field: [foreign[kind]]})
                assert response.status_code < 500, (field, kind)
                assert strays(world) == [], (field, kind)
                assert rows_of(world.b) == before, (field, kind)


@pytest.mark.parametrize("name", WRITABLE)
def test_no_name_of_a_field_reaches_into_another_partnership(world, name):
    """Boxes of a row have its key in their names: “action-…-what”."""
    client, path = sender(world, name), path_of(name, world)
    sent = values_of(form_of(world, name, client)[0])
    own, foreign = ids_of(world), ids_of(world.mirrored())
    before = rows_of(world.b)
    for kind in ("key of reference", "key of action"):
        swapped = {
            field.replace(own[kind], foreign[kind]): [
                value.replace(own[kind], foreign[kind]) for value in values
            ]
            for field, values in sent.items()
        }
        if swapped == sent:
            continue
        with undone():
            assert client.post(path, swapped).status_code < 500
            assert strays(world) == []
            assert rows_of(world.b) == before


# --- Fields that no page has ----------------------------------------------------------------


def smuggled(world):
    """What someone adds who has read our models: field -> value."""
    b = world.of_b
    return {
        **dict.fromkeys(("id", "pk", "key"), str(b.draft.pk)),
        **dict.fromkeys(("partnership", "partnership_id"), str(world.b.partnership.pk)),
        **dict.fromkeys(
            ("user", "user_id", "by", "author", "created_by", "changed_by", "invited_by",
             "accepted_by", "revoked_by", "responsible", "updated_by", "agreed_by"),
            str(world.b.coordinator.pk),
        ),
        **dict.fromkeys(("is_portal_administrator", "is_staff", "is_superuser", "is_active"), "on"),
        **dict.fromkeys(("verified", "primary", "illustrative_", "second_factor_required"), "on"),
        **dict.fromkeys(
            ("accepted_at", "revoked_at", "expires_at", "created_at", "joined_at", "agreed_at",
             "anonymised_at", "warned_at", "invited_at"),
            "2001-01-01T00:00:00Z",
        ),
        **dict.fromkeys(("assessment", "entry", "previous_version"), str(b.agreed.pk)),
        "role": "coordinator",
        "email": "smuggled@evil.example",
        "password": "smuggled-words-here",
        "token": b.token,
        "token_digest": "0" * 64,
        "status": "agreed",
        "version": "9",
        "slug": "smuggled",
        "writers": "{}",
        "organisation": str(b.organisation.pk),
        "organisations": str(b.organisation.pk),
        "membership": str(world.membership("editor of b").pk),
        "_method": "DELETE",
    }  # fmt: skip


# What differs from one run to the next: moments, fresh keys, fresh secrets and what holds them.
FRESH = {
    "partnerships_invitation": {"token_digest"},
    "partnerships_outgoingmail": {"body"},
    "partnerships_user": {"password"},
    "partnerships_trycount": {"began_at"},
}
# Whose rows say who was here, and not what was sent.
LEFT_OUT = {"django_session", "usersessions_usersession"}


def state():
    """Table -> a digest of its rows, without what differs from one such request to the next."""
    with connection.cursor() as cursor:
        contents = {}
        for table in sorted(set(connection.introspection.table_names(cursor)) - LEFT_OUT):
            columns = _columns(cursor, table) - FRESH.get(table, set())
            if table.endswith("event"):
                columns = {c for c in columns if not c.startswith("pgh_")}
            quoted = ", ".join(f'"{column}"' for column in sorted(columns))
            row = f"ROW({quoted})::text"
            cursor.execute(f"SELECT md5(string_agg({row}, '|' ORDER BY {row})) FROM {table}")
            contents[table] = cursor.fetchone()[0]
        return contents


def _columns(cursor, table):
    cursor.execute(
        """
        SELECT column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = %s
            AND data_type NOT IN ('timestamp with time zone', 'uuid')
        """,
        [table],
    )
    return {name for (name,) in cursor.fetchall()}


@contextmanager
def same_numbers():
    """Rows that are added inside get the numbers that they would have got before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
        )
        numbers = cursor.fetchall()
    yield
    for sequence, last in numbers:
        run_sql("SELECT setval(%s::regclass, %s, %s)", f'"{sequence}"', last or 1, last is not None)


def outcome(client, path, sent):
    """(status, where to, what the database holds then); nothing of it stays."""
    with same_numbers(), undone():
        response = client.post(path, sent)
        return response.status_code, getattr(response, "url", ""), state()


@pytest.mark.parametrize("name", WRITABLE)
def test_fields_that_no_page_has_are_ignored(world, name):
    path = path_of(name, world)
    sent = values_of(form_of(world, name, sender(world, name))[0])
    sent.pop("request_key", None)
    known = {*sent, *boxes_of(world, name)}
    extra = {field: value for field, value in smuggled(world).items() if field not in known}
    # A browser of its own each time: what the first one is told must not count.
    honest = outcome(sender(world, name), path, sent)
    assert outcome(sender(world, name), path, sent) == honest  # so the comparison means something
    assert outcome(sender(world, name), path, {**sent, **extra}) == honest


def boxes_of(world, name):
    """Every name on the page, also of what a browser leaves out: an empty tick box."""
    page = page_at(sender(world, name), path_of(name, world))
    return set() if page is None else set(page.xpath("//form//@name"))
