"""Scripts that people paste are words: on every page, in titles and messages, nothing runs."""

from playwright.sync_api import expect

from tests.factories.assessments import make_action, make_full, make_reference
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area, make_member, make_organisation
from tests.journeys.steps import domain_path, settled

SCRIPT = (
    "</title></textarea><script>alert(1)</script>"
    "<img src=x onerror=alert(1)>\"'><svg onload=alert(1)>"
)


def test_a_script_in_every_box_opens_no_dialog(open_page, transactional_db):
    area = make_area("script", SCRIPT[:110], SCRIPT[:110])
    organisation = make_organisation(area.partnership, name=SCRIPT)
    person = make_member(area.partnership, "coordinator", name=SCRIPT, organisation=organisation)
    draft = make_full(area.partnership, load_rpc_2018(), note=SCRIPT)
    entry = draft.entries.get(domain__number=1)
    for field in ("evidence", "gaps", "reason", "dissent"):
        setattr(entry, field, SCRIPT)
    entry.save()
    make_reference(entry, title=SCRIPT, location="javascript:alert(1)", shows=SCRIPT)
    action = make_action(draft, [1, 2], what=SCRIPT, owner=SCRIPT, measure=SCRIPT)
    page = open_page(person)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in (
        "/partnerships/script/",
        "/partnerships/script/people/",
        *(
            f"/planning/{draft.pk}/{end}"
            for end in ("", "details/", "profile/", "sheet/", "agree/")
        ),
        f"{domain_path(draft)}actions/{action.key}/remove/",
        domain_path(draft),
    ):
        page.goto(path)
        assert page.locator("script:not([src]), img, main svg[onload]").count() == 0, path
    page.locator('[name="evidence"]').fill(SCRIPT + SCRIPT)
    settled(page)
    page.get_by_role("button", name="Save and see all domains").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Score your area")

    assert dialogs == []
