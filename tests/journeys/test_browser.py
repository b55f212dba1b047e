"""The browser fixtures themselves: a check that cannot fail would be worth nothing."""

import pytest

from tests.journeys.axe import check_accessible, violations

POOR_PAGE = "<!doctype html><html><title>t</title><body><img src='data:,'></body></html>"
GOOD_PAGE = (
    "<!doctype html><html lang='en'><title>t</title><body><main><h1>Good</h1></main></body></html>"
)


def test_axe_finds_a_picture_without_words(page):
    page.set_content(POOR_PAGE)

    assert any(sentence.startswith("image-alt") for sentence in violations(page))


def test_a_good_page_passes(page):
    page.set_content(GOOD_PAGE)

    check_accessible(page)


def test_a_page_wider_than_the_phone_is_noticed(phone_page):
    phone_page.set_content(GOOD_PAGE.replace("<h1>", "<h1 style='width: 900px'>"))

    with pytest.raises(AssertionError, match="scrolls sideways at 320"):
        check_accessible(phone_page)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('broken')", "console: broken"),
        ("setTimeout(() => { throw new Error('broken') })", "script error: broken"),
        ("fetch('http://127.0.0.2:9/').catch(() => 0)", "request to another host"),
    ],
)
def test_what_goes_wrong_in_the_browser_is_heard(page, complaints, script, complaint):
    page.set_content(GOOD_PAGE)
    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_timeout(100)

    assert any(complaint in sentence for sentence in complaints.unexpected())
    complaints.expect(".")


def test_without_javascript_no_script_runs(page_without_javascript):
    page_without_javascript.set_content(
        "<noscript><p>off</p></noscript><script>document.title = 'on'</script>"
    )

    assert page_without_javascript.inner_text("p") == "off"
