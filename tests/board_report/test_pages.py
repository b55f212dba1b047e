"""The list, making a report, the draft with the words beside the figures, finishing, removing."""

import uuid
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from pledges.boards import FIRST_PAGE_LETTERS, last_quarter
from pledges.models import Action, BoardReport, Measure, Narrative, Pledge, Reading
from tests.factories.bad_input import STRANGE, shown
from tests.factories.people import client_of, make_area
from tests.factories.reports import (
    loaded,
    make_board_report,
    make_busy,
    make_finished,
    make_written_report,
)

pytestmark = pytest.mark.django_db

LIST = "/partnerships/rochdale/reports/"


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def draft(area):
    return make_board_report(area.partnership, by=area.coordinator)


def request_for(board="steering", first=(1, 7, 2026), last=(30, 9, 2026), **values):
    boxes = ("day", "month", "year")
    return {
        "board": board,
        **{f"from_on-{name}": part for name, part in zip(boxes, first, strict=True)},
        **{f"to_on-{name}": part for name, part in zip(boxes, last, strict=True)},
        "request_key": uuid.uuid4(),
        **values,
    }


def typed(page, **words):
    """What a browser sends from a draft's page: every box as it stands, but for these words."""
    sent = {}
    for form in page.context["forms"]:
        sent[form.add_prefix("words")] = words.get(form.section.value, form["words"].value())
        sent[form.add_prefix("seen")] = form["seen"].value()
    return sent


def written(report):
    return dict(Narrative.objects.filter(report=report).values_list("section", "words"))


# --- The list --------------------------------------------------------------------------------


def test_the_list_has_drafts_and_finished_ones_for_everybody(area, draft):
    make_finished(area.partnership, by=area.coordinator, board="health")
    page = shown(client_of(area.reader).get(LIST))
    assert "Health and wellbeing board" in page
    assert "Finished on" in page
    assert ">Draft<" in page.replace("\n", "").replace("  ", "")
    assert "Make a report" not in page
    assert "Make a report" in shown(client_of(area.facilitator).get(LIST))


@pytest.mark.parametrize("column", ["board", "from_on", "to_on", "status"])
def test_every_column_sorts(area, draft, column):
    make_finished(area.partnership, by=area.coordinator)
    for sign in ("", "-"):
        page = client_of(area.reader).get(f"{LIST}?sort={sign}{column}")
        assert len(page.context["table"].page.object_list) == 2


def test_the_same_queries_for_1_and_for_20(area, draft, django_assert_max_num_queries):
    client = client_of(area.reader)
    client.get(LIST)
    with django_assert_max_num_queries(12) as few:
        client.get(LIST)
    for _ in range(19):
        make_board_report(area.partnership, by=area.coordinator)
    with django_assert_max_num_queries(len(few)):
        client.get(LIST)


# --- Making one ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 22), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 1, 1), date(2025, 10, 1), date(2025, 12, 31)),
        (date(2024, 5, 31), date(2024, 1, 1), date(2024, 3, 31)),
        (date(2026, 9, 30), date(2026, 4, 1), date(2026, 6, 30)),
    ],
)
def test_the_last_full_quarter_is_the_period_to_begin_with(today, first, last):
    assert last_quarter(today) == (first, last)


def test_the_form_says_what_each_board_is_told(area):
    page = shown(client_of(area.coordinator).get(f"{LIST}add/"))
    assert "What matters, exceptions, progress by domain, dates that moved" in page
    assert "The line between conflict and abuse, what matters, progress by domain" in page


def test_a_report_is_made_with_its_figures_and_the_same_click_twice_is_one(area):
    client, sent = client_of(area.coordinator), request_for("early_help")
    first, second = client.post(f"{LIST}add/", sent), client.post(f"{LIST}add/", sent)
    report = BoardReport.objects.get()
    assert first.url == second.url == report.get_absolute_url()
    assert (report.board, report.from_on, report.made_by) == (
        "early_help", date(2026, 7, 1), area.coordinator
    )  # fmt: skip
    assert report.figures["actions"]["open"] == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"board": ""}, "Choose the board"),
        ({"board": "nobody"}, "has no such choice"),
        ({"board": "other"}, "Enter the name of the board"),
        ({"first": (2, 10, 2026)}, "“Last day” must be the same day as “First day” or later"),
        ({"first": (1, 1, 2099), "last": (1, 2, 2099)}, "“First day” must be today or in the past"),
        ({"first": ("", "", "")}, "Enter “First day”"),
        ({"last": (31, 2, 2026)}, "must be a real date"),
        ({"board": "other", "board_words": "x" * 151}, "the most it can hold is 150"),
        ({"board": "other", "board_words": "a\0b"}, "invisible character"),
    ],
)
def test_what_cannot_be_is_a_sentence(area, values, sentence):
    page = client_of(area.coordinator).post(f"{LIST}add/", request_for(**values))
    assert sentence in shown(page)
    assert not BoardReport.objects.exists()


# --- Words beside the figures ----------------------------------------------------------------


def test_words_are_kept_for_each_section_and_shown_with_it(area, draft):
    client = client_of(area.facilitator)
    page = client.get(draft.get_absolute_url())
    sent = typed(page, matters="Help is late.", dates="One trainer left.")
    answer = client.post(draft.get_absolute_url(), sent, follow=True)
    assert "Your words are saved." in shown(answer)
    assert written(draft) == {"matters": "Help is late.", "dates": "One trainer left."}
    assert Narrative.objects.get(section="dates").written_by == area.facilitator
    assert "One trainer left." in shown(client_of(area.reader).get(draft.get_absolute_url()))


def test_a_box_that_was_not_touched_leaves_what_another_wrote_there(area, draft):
    client, path = client_of(area.coordinator), draft.get_absolute_url()
    sent = typed(client.get(path), dates="Mine")
    client_of(area.facilitator).post(path, typed(client.get(path), measures="Theirs"))
    assert client.post(path, sent).status_code == 302
    assert written(draft) == {"dates": "Mine", "measures": "Theirs"}


def test_two_who_write_in_one_box_see_each_others_words_and_lose_none(area, draft):
    client, path = client_of(area.coordinator), draft.get_absolute_url()
    sent = typed(client.get(path), dates="Mine", people="Also mine")
    client_of(area.facilitator).post(path, typed(client.get(path), dates="Theirs"))
    answer = client.post(path, sent)
    assert answer.status_code == 422
    page = shown(answer)
    assert "Someone else has written on “Dates that moved” meanwhile: “Theirs”" in page
    assert ">\nMine</textarea>" in page or ">Mine</textarea>" in page
    assert written(draft) == {"dates": "Theirs", "people": "Also mine"}
    assert client.post(path, typed(answer)).status_code == 302
    assert written(draft)["dates"] == "Mine"


def test_the_same_words_twice_are_no_clash(area, draft):
    client, path = client_of(area.coordinator), draft.get_absolute_url()
    sent = typed(client.get(path), dates="Mine")
    assert [client.post(path, sent).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("x" * (FIRST_PAGE_LETTERS + 1), "The first page of the report has room for 900"),
        ("\n".join("x" * 11), "“What matters” has 11 lines"),
        ("Z" * 10_000_000, "the most it can hold is 6,000"),
        ("a\0b", "invisible character"),
    ],
)
def test_words_that_have_no_room_come_back_with_a_sentence_and_the_others_are_kept(
    area, draft, words, sentence
):
    client, path = client_of(area.coordinator), draft.get_absolute_url()
    answer = client.post(path, typed(client.get(path), matters=words, dates="Kept"))
    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert words.replace("\0", "") in shown(answer).replace("\r\n", "\n")
    assert written(draft) == {"dates": "Kept"}


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_words_are_shown_as_they_were_typed(area, draft, kind):
    client, path = client_of(area.coordinator), draft.get_absolute_url()
    client.post(path, typed(client.get(path), dates=STRANGE[kind]))
    page = client_of(area.reader).get(path)
    assert STRANGE["script"] not in page.content.decode()
    assert client.get(f"{path.rstrip('/')}.pdf").content[:5] == b"%PDF-"
    assert client.get(f"{path.rstrip('/')}.docx").content[:2] == b"PK"


def test_taking_the_figures_again_keeps_the_words_that_were_just_typed(area, draft):
    client, path = client_of(area.coordinator), draft.get_absolute_url()
    sent = typed(client.get(path), dates="Mine")
    busy = make_busy(area)
    assert loaded(draft).figures["actions"]["open"] == 0
    client.post(path, {**sent, "then": "figures"})
    again = loaded(draft)
    assert again.figures["rated"]["rows"][0]["number"] == busy.red.number
    assert again.figures_at > draft.figures_at
    assert written(draft) == {"dates": "Mine"}


# --- Finishing -------------------------------------------------------------------------------


def finish(client, report):
    path = f"{report.get_absolute_url()}finish/"
    seen = client.get(path).context["form"]["seen"].value()
    return client.post(path, {"seen": seen})


def test_save_and_go_on_leads_to_the_page_that_says_what_finishing_means(area, draft):
    client, path = client_of(area.coordinator), draft.get_absolute_url()
    answer = client.post(path, {**typed(client.get(path), dates="Mine"), "then": "finish"})
    assert answer.url == f"{path}finish/"
    page = shown(client.get(answer.url))
    assert "nothing in it can be changed" in page
    assert "Mine" in page


def test_a_finished_report_says_when_and_by_whom_and_has_no_boxes(area, draft):
    client = client_of(area.coordinator)
    assert finish(client, draft).url == draft.get_absolute_url()
    report = BoardReport.objects.get()
    assert report.finished_by == area.coordinator
    page = shown(client.get(draft.get_absolute_url()))
    today = f"{timezone.localdate():%-d %B %Y}"
    assert f"Finished on {today}" in page
    assert "<textarea" not in page
    assert client.get(f"{draft.get_absolute_url()}finish/").url == draft.get_absolute_url()


def test_what_was_changed_while_it_was_read_is_read_again(area, draft):
    client, path = client_of(area.coordinator), f"{draft.get_absolute_url()}finish/"
    seen = client.get(path).context["form"]["seen"].value()
    other = client_of(area.facilitator)
    other.post(draft.get_absolute_url(), typed(other.get(draft.get_absolute_url()), dates="New"))
    answer = client.post(path, {"seen": seen})
    assert "Someone else has changed the report while you read it" in shown(answer)
    assert BoardReport.objects.get().finished_at is None
    again = answer.context["form"]["seen"].value()
    assert client.post(path, {"seen": again}).status_code == 302
    assert BoardReport.objects.get().finished_at


def test_words_typed_while_somebody_finished_come_back_with_the_reason(area, draft):
    client, path = client_of(area.coordinator), draft.get_absolute_url()
    sent = typed(client.get(path), dates="Too late")
    finish(client_of(area.facilitator), draft)
    answer = client.post(path, sent)
    assert answer.status_code == 422
    assert "Nothing in it can be changed any more." in shown(answer)
    assert "Too late" in shown(answer)
    assert written(draft) == {}


def everything_said(client, report):
    path = report.get_absolute_url()
    texts = [shown(client.get(path)).partition('<div class="rpc-report">')[2]]
    return [*texts, *(client.get(f"{path.rstrip('/')}.{end}").content for end in ("pdf", "docx"))]


def test_a_finished_report_stays_as_it_was_whatever_changes(area):
    busy = make_busy(area)
    words = {"matters": "Ours", "exceptions": "All is known."}
    report = make_finished(area.partnership, by=area.coordinator, words=words)
    client = client_of(area.reader)
    page, pdf, word = everything_said(client, report)
    gone = {"due_on": None, "status": "withdrawn", "rating": "", "completed_on": None}
    Action.objects.update(what="Another thing", **gone)
    Reading.objects.all().delete()
    Measure.objects.update(name="Another measure")
    Pledge.objects.all().update(status="withdrawn", lapsed_on=None)
    busy.homes.name = "Another name"
    busy.homes.save()
    area.partnership.name, area.partnership.area = "Another partnership", "Elsewhere"
    area.partnership.save()
    area.coordinator.name = "Somebody else"
    area.coordinator.save()
    after = everything_said(client, report)
    foot = '<footer class="govuk-template__footer">'
    assert after[0].partition(foot)[0] == page.partition(foot)[0]
    assert after[1] == pdf
    assert text_of(after[2]) == text_of(word)
    assert "Another" not in after[0].partition(foot)[0]


def text_of(data):
    return ZipFile(BytesIO(data)).read("word/document.xml")


@pytest.mark.parametrize(
    "change",
    [
        lambda report: BoardReport.objects.update(figures={}),
        lambda report: report.delete(),
        lambda report: Narrative.objects.update(words="x"),
        lambda report: Narrative.objects.all().delete(),
        lambda report: Narrative.objects.create(
            report=report, section="people", words="x", written_by=report.made_by
        ),
    ],
)
def test_the_database_itself_refuses_to_change_a_finished_one(area, change):
    report = make_finished(area.partnership, by=area.coordinator, words={"matters": "Ours"})
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        change(report)
    assert written(report) == {"matters": "Ours"}


# --- Removing --------------------------------------------------------------------------------


def test_a_draft_is_removed_with_its_words(area):
    report = make_written_report(area.partnership, by=area.coordinator, words={"dates": "x"})
    path = f"{report.get_absolute_url()}remove/"
    assert "go with it" in shown(client_of(area.coordinator).get(path))
    assert client_of(area.coordinator).post(path).url == LIST
    assert not BoardReport.objects.exists()


def test_a_finished_one_is_not(area):
    report = make_finished(area.partnership, by=area.coordinator)
    path = f"{report.get_absolute_url()}remove/"
    for method in ("get", "post"):
        answer = getattr(client_of(area.coordinator), method)(path)
        assert answer.status_code == 403
        assert "Nothing in it can be changed any more." in shown(answer)
    assert BoardReport.objects.exists()


def test_a_finished_pdf_is_made_once(area, monkeypatch):
    report = make_finished(area.partnership, by=area.coordinator)
    client, path = client_of(area.reader), f"{report.get_absolute_url().rstrip('/')}.pdf"
    first = client.get(path).content
    monkeypatch.setattr("rpcportal.kit.pdf.write_pdf", lambda html: pytest.fail("made again"))
    assert client.get(path).content == first
