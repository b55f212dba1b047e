"""The demo's questions to a room."""

import pytest
from django.utils import timezone

from practice.models import Prompt, PromptAnswer, YouSaid
from rpcportal.demo import prompts

pytestmark = pytest.mark.django_db


def test_the_questions_of_the_demo_are_answered_and_something_was_done(area):
    prompts.load(area.partnership, area.coordinator)
    assert Prompt.objects.count() == 2
    assert not any(each.occasion.is_open() for each in Prompt.objects.with_door())
    assert YouSaid.objects.exclude(did="").count() == 2
    assert YouSaid.objects.filter(did="").count() == 1
    assert YouSaid.objects.filter(answers__isnull=True).count() == 0
    assert PromptAnswer.objects.filter(hidden_at__isnull=False).count() == 1
    assert all(each.did_on < timezone.localdate() for each in YouSaid.objects.exclude(did=""))
