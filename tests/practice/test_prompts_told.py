"""What the activity tells of questions to a room."""

import pytest

from partnerships.activity import Asked, page_of
from pledges import launching
from practice import prompting
from tests.factories.launches import make_launch
from tests.factories.pledges import make_manifesto
from tests.factories.prompts import make_prompt

pytestmark = pytest.mark.django_db


def told(partnership, kind=""):
    lines, _ = page_of(partnership, Asked(kind=kind))
    return sorted(line.words for line in lines)  # all of one transaction are of one moment


def test_the_door_of_a_question_is_told_of_the_question_and_that_of_a_launch_of_the_launch(area):
    here, boss = area.partnership, area.coordinator
    asked = make_prompt(here, boss, is_open=False, question="What helps?")
    prompting.open_prompt(prompt=asked, hours=2, by=boss)
    prompting.extend_prompt(prompt=asked, hours=3, by=boss)
    prompting.close_prompt(prompt=asked, by=boss)
    assert told(here, "prompts") == [
        "closed the question “What helps?” to phones",
        "kept the question “What helps?” open longer",
        "opened the question “What helps?” to phones",
        "wrote the question “What helps?”",
    ]
    assert told(here, "launches") == []
    launch = make_launch(here, boss, is_open=False, manifesto=make_manifesto(here))
    launching.open_launch(launch=launch, hours=2, by=boss)
    launching.close_launch(launch=launch, by=boss)
    assert f"closed the launch “{launch}” to phones" in told(here, "launches")
    assert not any("launch" in words for words in told(here, "prompts"))
