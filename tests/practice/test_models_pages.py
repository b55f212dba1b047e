"""The pages of practice models and their parts: read, written, retired."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from practice import approving, modelling
from practice.auditing import measures_to_choose
from practice.models import ModelPart, PartKind, PracticeModel, Standard, StandardVersion
from practice.starter_content import load_starters
from tests.factories.bad_input import shown
from tests.factories.editing import APPROVAL, approve, begin
from tests.factories.people import client_of, make_area
from tests.factories.practice import make_part, make_practice_model, make_standard
from tests.parallel import meanwhile

HERE = "/partnerships/rochdale/practice"
KEY = "00000000-0000-4000-8000-000000000007"
TEN_MEGABYTES = 10 * 1024 * 1024
MODEL = {"name": "Ours", "guiding": "question", "guiding_words": "Would I be content?"}


@pytest.fixture
def model(area):
    return make_practice_model(area.partnership, name="Ours")


def page_of(model):
    return f"{HERE}/models/{model.pk}/"


def part_page(part, name):
    return f"{HERE}/parts/{part.pk}/{name}/"


def names(model, kind):
    return list(model.parts.of_kind(kind).values_list("name", flat=True))


# --- Reading ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_models_that_came_with_the_portal_are_readable(area, client):
    load_starters()
    words = {
        "relationships-first": (
            "3 approaches, 5 pillars with 20 standards, 5 objectives and 6 values",
            "Guiding principle",
            "Systemic",
            "Vision",
            "Mission",
            "I stay with a child and a family when the worry is greatest.",
            "The journey",
        ),
        "family-approach": ("Guiding question", "3 methods, 8 marks of practice and 6 outcomes"),
        "restorative": (
            "4 questions",
            "High challenge, low support",
            "Low challenge, high support",
        ),
    }
    for key, expected in words.items():
        page = shown(client.get(page_of(PracticeModel.objects.get(key=key))))
        for each in expected:
            assert each in page


@pytest.mark.django_db
def test_the_panes_of_the_window_stand_where_they_lie(area, client):
    load_starters()
    page = shown(client.get(page_of(PracticeModel.objects.get(key="restorative"))))
    found = [page.index(f'<h3 class="govuk-heading-s">{name}</h3>')
             for name in ("TO", "WITH", "NOT", "FOR")]  # fmt: skip
    assert found == sorted(found)


def test_the_library_leads_to_retired_models_and_to_writing_one(area, client):
    make_practice_model(area.partnership, name="Gone", retired_on="2026-01-01")
    make_practice_model(make_area("bury", "Bury", "Bury").partnership, retired_on="2026-01-01")
    page = shown(client.get(f"{HERE}/"))
    assert page.count(", retired from 1 January 2026") == 1
    assert f'href="{HERE}/models/new/"' in page
    assert "models/new/" not in shown(client_of(area.reader).get(f"{HERE}/"))


def test_another_partnerships_model_is_not_there(area, client):
    theirs = make_practice_model(make_area("bury", "Bury", "Bury").partnership)
    part = make_part(theirs, "value")
    assert client.get(page_of(theirs)).status_code == 404
    assert client.get(part_page(part, "change")).status_code == 404
    assert client.post(part_page(part, "remove")).status_code == 404
    assert ModelPart.objects.filter(pk=part.pk).exists()


# --- Writing ----------------------------------------------------------------------------------


def test_a_model_is_written_once_and_changed(area, client):
    for _ in range(2):
        answer = client.post(f"{HERE}/models/new/", {**MODEL, "request_key": KEY})
        model = PracticeModel.objects.get()
        assert answer.url == f"{page_of(model)}parts/"
    assert (model.partnership, model.guiding, model.name) == (area.partnership, "question", "Ours")
    other = client.post(f"{HERE}/models/new/", {**MODEL, "name": "Else", "request_key": KEY})
    assert "What you sent from this page before is in the library already." in shown(other)

    client.post(f"{page_of(model)}change/", {**MODEL, "name": "Ours anew", "vision": "V"})
    model.refresh_from_db()
    assert (model.name, model.vision, model.guiding_words) == (
        "Ours anew",
        "V",
        MODEL["guiding_words"],
    )
    history = shown(client.get(f"{page_of(model)}history/"))
    assert "Vision" in history


BAD = {
    "nothing": ({"name": ""}, "Enter a name for the model"),
    "NUL": ({"name": "a\0b"}, "invisible character"),
    "10 MB": ({"summary": "x" * TEN_MEGABYTES}, "the most it can hold is 1,000"),
    "script": ({"source_link": "javascript:alert(1)"}, "must be a web address"),
    "unknown": ({"guiding": "stars"}, "has no such choice"),
}


@pytest.mark.parametrize(("body", "sentence"), BAD.values(), ids=BAD)
def test_what_cannot_be_stored_is_a_sentence(area, client, body, sentence):
    answer = client.post(f"{HERE}/models/new/", {**MODEL, "request_key": uuid.uuid4(), **body})
    assert answer.status_code == 200
    assert sentence in shown(answer)
    assert not PracticeModel.objects.exists()


def test_words_that_somebody_else_wrote_meanwhile_are_not_lost(client, model):
    page = client.get(f"{page_of(model)}change/")
    seen = page.context["form"].initial["seen"]
    PracticeModel.objects.filter(pk=model.pk).update(name="Theirs")
    answer = client.post(f"{page_of(model)}change/", {**MODEL, "seen": seen})
    assert "Someone else has changed this practice model meanwhile." in shown(answer)
    model.refresh_from_db()
    assert model.name == "Theirs"
    again = answer.context["form"].data["seen"]
    client.post(f"{page_of(model)}change/", {**MODEL, "seen": again})
    model.refresh_from_db()
    assert model.name == "Ours"


@pytest.mark.parametrize("path", ["change/", "retire/", "parts/", "parts/new/value/"])
def test_starters_are_not_changed(area, client, path):
    starter = make_practice_model()
    answer = client.get(f"{page_of(starter)}{path}")
    assert answer.status_code == 403
    assert "Take it on first; then change your copy." in shown(answer)


def test_readers_are_offered_nothing(area, model):
    page = shown(client_of(area.reader).get(page_of(model)))
    assert "A coordinator or facilitator can." in page
    assert "Change its words" not in page


# --- Parts ------------------------------------------------------------------------------------


def test_parts_are_added_in_order_each_once(client, model):
    for name in ("Curiosity", "Compassion", "Compassion"):
        body = {"name": name, "meaning": "M", "behaviours": "I ask."}
        answer = client.post(f"{page_of(model)}parts/new/value/", body)
        assert answer.url == f"{page_of(model)}parts/"
    assert names(model, PartKind.VALUE) == ["Curiosity", "Compassion"]
    other = {"name": "curiosity", "meaning": "Another", "behaviours": ""}
    answer = client.post(f"{page_of(model)}parts/new/value/", other)
    assert "This model has another value called “curiosity”." in shown(answer)


def test_a_pane_says_where_it_lies(client, model):
    answer = client.post(f"{page_of(model)}parts/new/pane/", {"name": "TO"})
    assert "Choose how much is asked of people" in shown(answer)
    body = {"name": "TO", "high_challenge": "high", "high_support": "low"}
    client.post(f"{page_of(model)}parts/new/pane/", body)
    pane = model.parts.get()
    assert (pane.high_challenge, pane.high_support) == (True, False)
    page = shown(client.get(part_page(pane, "change")))
    assert "Behaviour" not in page
    client.post(part_page(pane, "change"), {**body, "high_support": "high"})
    pane.refresh_from_db()
    assert pane.high_support is True


def test_an_unknown_kind_is_not_there(client, model):
    assert client.get(f"{page_of(model)}parts/new/banana/").status_code == 404


def test_a_part_moves_up_and_down_and_no_further(client, model):
    parts = [make_part(model, name=name, position=1) for name in ("A", "B", "C")]
    for part, to, order in (
        (parts[2], "up", ["A", "C", "B"]),
        (parts[0], "up", ["A", "C", "B"]),
        (parts[0], "down", ["C", "A", "B"]),
        (parts[1], "down", ["C", "A", "B"]),
    ):
        client.post(part_page(part, "move"), {"to": to})
        assert names(model, PartKind.PILLAR) == order


def test_a_pillar_with_standards_stays(client, model):
    pillar = make_part(model)
    standard = make_standard(pillar, draft=True)
    for answer in (
        client.get(part_page(pillar, "remove")),
        client.post(part_page(pillar, "remove")),
    ):
        assert "has one standard under it, so it cannot be removed." in shown(answer)
    Standard.objects.filter(pk=standard.pk).delete()
    assert client.post(part_page(pillar, "remove")).status_code == 302
    assert not model.parts.exists()


def test_a_part_that_is_removed_meanwhile_gives_the_words_back(client, model):
    part = make_part(model, "value")
    assert client.post(part_page(part, "remove")).status_code == 302
    assert client.post(part_page(part, "remove")).status_code == 302
    answer = client.post(part_page(part, "change"), {"name": "N", "meaning": "My words"})
    assert answer.status_code == 410
    assert "My words" in shown(answer)
    assert client.get(part_page(part, "change")).status_code == 404


def test_words_of_a_part_that_changed_meanwhile_are_not_lost(area, client, model):
    part = make_part(model, "value", meaning="Before")
    seen = client.get(part_page(part, "change")).context["form"].initial["seen"]
    theirs = {"name": part.name, "meaning": "Theirs", "behaviours": ""}
    modelling.change_part(part=part, by=area.facilitator, **theirs)
    body = {**theirs, "meaning": "Mine", "seen": seen}
    answer = client.post(part_page(part, "change"), body)
    assert "It says: “Theirs”" in shown(answer)
    part.refresh_from_db()
    assert part.meaning == "Theirs"


@pytest.mark.django_db(transaction=True)
def test_two_who_add_a_part_at_once_both_have_theirs(area, model):
    def add(name):
        return modelling.add_part(
            model=model, kind="value", by=area.facilitator, name=name, meaning="", behaviours=""
        )

    with meanwhile(lambda: add("B")) as outcome:
        add("A")
    assert [outcome[0].name, outcome[0].position] == ["B", 2]
    assert names(model, PartKind.VALUE) == ["A", "B"]


# --- Retiring ---------------------------------------------------------------------------------


def test_a_retired_model_takes_its_standards_out_of_force_and_back(client, model):
    pillar, today = make_part(model), timezone.localdate()
    make_standard(pillar)
    earlier = make_standard(pillar, position=2)
    Standard.objects.filter(pk=earlier.pk).update(withdrawn_on="2026-02-01")
    day = {f"retired_on-{name}": getattr(today, name) for name in ("day", "month", "year")}
    client.post(f"{page_of(model)}retire/", day)
    model.refresh_from_db()
    assert model.retired_on == today
    assert "Nobody works by it any more." in shown(client.get(page_of(model)))
    assert not StandardVersion.objects.in_force(today).exists()
    client.post(f"{page_of(model)}retire/", dict.fromkeys(day, ""))
    model.refresh_from_db()
    assert model.retired_on is None
    assert StandardVersion.objects.in_force(today).count() == 1


def test_a_model_is_not_retired_in_the_past(client, model):
    day = {"retired_on-day": "1", "retired_on-month": "1", "retired_on-year": "2024"}
    response = client.post(f"{page_of(model)}retire/", day)
    assert response.status_code == 200
    assert "“Retired from” must be today or in the future" in response.content.decode()
    model.refresh_from_db()
    assert model.retired_on is None


def test_nothing_of_a_retired_model_is_in_force_asked_of_people_audited_or_approved(
    client, area, model
):
    """Neither what would have ended later for itself, nor what is begun after its end."""
    today = timezone.localdate()
    pillar = make_part(model)
    later = make_standard(pillar)
    Standard.objects.filter(pk=later.pk).update(withdrawn_on=today + timedelta(days=90))
    modelling.retire_model(model=model, on=today, by=area.coordinator)
    begun = begin(pillar, area.coordinator, "We begin anew.")
    for call in (
        lambda: approve(begun, area.coordinator),
        lambda: approving.approve_drafts(model=model, by=area.coordinator, seen="", **APPROVAL),
    ):
        with pytest.raises(ValidationError) as refusal:
            call()
        assert refusal.value.messages == [approving.RETIRED]
    assert not StandardVersion.objects.in_force(today).exists()
    assert not measures_to_choose(area.partnership, today).exists()
    assert StandardVersion.objects.in_force(today - timedelta(days=1)).get().standard == later
