"""What the database itself holds to in the practice library, whoever writes to it."""

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from practice.models import (
    Audit,
    AuditedFile,
    AuditMeasure,
    Commitment,
    Finding,
    ModelPart,
    Outcome,
    PartKind,
    PromptAnswer,
    Standard,
    StandardMeasure,
    StandardSource,
    StandardTool,
    StandardVersion,
    VersionState,
)
from tests.factories.people import make_area
from tests.factories.practice import (
    library_of,
    make_part,
    make_practice_model,
    make_resource,
    make_standard_measure,
    make_version,
)
from tests.factories.prompts import make_answer, make_prompt, make_you_said

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs():
    return library_of(make_area("bury", "Bury", "Bury").partnership)


def refused(deed, *errors):
    with pytest.raises(errors or IntegrityError), transaction.atomic():
        deed()


def test_an_approved_version_and_all_that_belongs_to_it_stay(library):
    version = library.version
    refused(lambda: StandardVersion.objects.update(statement="We do not."), InternalError)
    refused(version.delete)
    refused(lambda: StandardMeasure.objects.filter(pk=library.measure.pk).update(text="Nothing"))
    refused(lambda: StandardMeasure.objects.filter(pk=library.measure.pk).delete())
    refused(lambda: make_standard_measure(version))
    refused(lambda: StandardSource.objects.filter(version=version).delete())


def test_a_draft_may_change(library):
    StandardVersion.objects.filter(pk=library.draft.pk).update(statement="We do.")
    library.draft_measure.delete()
    assert library.draft.measures.count() == 0


def test_a_standard_has_one_draft(library):
    refused(lambda: make_version(library.drafted, number=2, draft=True))


def test_nothing_is_approved_by_nobody(library):
    draft = StandardVersion.objects.filter(pk=library.draft.pk)
    refused(lambda: draft.update(state=VersionState.APPROVED))


def test_a_limit_has_a_number_and_a_unit(library):
    refused(lambda: make_standard_measure(library.draft, limit_number=None))
    refused(lambda: make_standard_measure(library.draft, limit_unit=""))
    refused(lambda: make_standard_measure(library.draft, limit_number=0))
    assert make_standard_measure(library.draft, limit_number=None, limit_unit="").pk


def test_a_measure_is_not_required_and_only_considered_in_one_place(library):
    refused(lambda: make_standard_measure(library.draft, considered_in=["social_care"]))


def test_a_standard_stands_under_a_pillar_of_its_own_partnership(library, theirs):
    other = make_part(library.model, PartKind.VALUE, name="Curiosity")
    for pillar in (theirs.pillar, other):
        refused(lambda p=pillar: Standard.objects.filter(pk=library.standard.pk).update(pillar=p))


def test_a_tool_is_the_partnerships_own_or_came_with_the_portal(library, theirs):
    StandardTool.objects.create(standard=library.standard, resource=make_resource())
    StandardTool.objects.create(standard=library.drafted, resource=library.resource)
    refused(
        lambda: StandardTool.objects.create(standard=library.standard, resource=theirs.resource)
    )


def test_a_model_is_taken_on_once(area):
    starter = make_practice_model()
    make_practice_model(area.partnership, copied_from=starter)
    refused(lambda: make_practice_model(area.partnership, copied_from=starter))


def test_a_pane_has_its_place(library):
    refused(lambda: ModelPart.objects.create(model=library.model, kind="pane", position=1))


def test_a_commitment_is_made_once_and_stays(area, library):
    made = {
        "partnership": area.partnership,
        "version": library.version,
        "user": area.partner,
    }
    Commitment.objects.create(**made)
    refused(lambda: Commitment.objects.create(**made))
    refused(lambda: Commitment.objects.update(made_at=timezone.now()), InternalError)


def test_nobody_commits_to_a_standard_of_another_partnership(area, theirs):
    made = {"partnership": area.partnership, "user": area.partner}
    refused(lambda: Commitment.objects.create(version=theirs.version, **made))


def test_a_measure_of_another_partnership_is_not_audited(area, theirs):
    audit = Audit.objects.create(
        partnership=area.partnership,
        name="Meetings",
        held_on=timezone.localdate(),
        made_by=area.lead,
    )
    refused(lambda: AuditMeasure.objects.create(audit=audit, measure=theirs.measure, position=1))


def test_a_finished_audit_stays(area, library, theirs):
    audit = Audit.objects.create(
        partnership=area.partnership,
        name="Meetings",
        held_on=timezone.localdate(),
        made_by=area.lead,
    )
    measure = AuditMeasure.objects.create(audit=audit, measure=library.measure, position=1)
    file = AuditedFile.objects.create(audit=audit, position=1)
    found = Finding.objects.create(file=file, audit_measure=measure, outcome=Outcome.MET)
    Audit.objects.update(finished_by=area.lead, finished_at=timezone.now())
    refused(lambda: Finding.objects.filter(pk=found.pk).update(outcome=Outcome.NOT))
    refused(found.delete)
    refused(lambda: AuditedFile.objects.create(audit=audit, position=2))
    refused(lambda: AuditMeasure.objects.filter(pk=measure.pk).delete())
    other = Audit.objects.create(
        partnership=area.partnership,
        name="Genograms",
        held_on=timezone.localdate(),
        made_by=area.lead,
    )
    elsewhere = AuditedFile.objects.create(audit=other, position=1)
    refused(lambda: Finding.objects.create(file=elsewhere, audit_measure=measure, outcome="met"))


def test_an_answer_stands_under_what_was_said_to_its_own_question(area):
    mine, other = (make_prompt(area.partnership, area.coordinator) for _ in range(2))
    answer = make_answer(mine)
    said = make_you_said(other)
    refused(lambda: PromptAnswer.objects.filter(pk=answer.pk).update(you_said=said))
    PromptAnswer.objects.filter(pk=answer.pk).update(you_said=make_you_said(mine))
