"""A change of a cited source at a browser without scripts: proposed, read, accepted, told to readers."""

import pytest
from playwright.sync_api import expect

from tests.support.factories import EventFactory, SourceFactory
from tests.support.proposals import propose

pytestmark = [pytest.mark.django_db(transaction=True)]

NOTE = "The Post corrected its title."


@pytest.fixture
def window(chromium):
    """A window of their own in which somebody is signed in to the desk, scripts off."""
    contexts = []

    def opened(live_server, person=None):
        contexts.append(chromium.new_context(java_script_enabled=False))
        page = contexts[-1].new_page()
        if person:
            page.goto(f"{live_server.url}/desk/")
            page.fill("[name=username]", person.username)
            page.fill("[name=password]", person.username * 2)
            page.click("[type=submit]")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def cited(db):
    """A source that two published events cite."""
    source = SourceFactory()
    for headline in ("A bridge is closed", "A road is closed"):
        EventFactory(published=True, source=source, headline=headline)
    return source


def test_an_editor_proposes_a_title_a_moderator_accepts_it_and_two_entries_tell(
    window, live_server, cited, editor, moderator
):
    site = live_server.url
    writing = window(live_server, editor)
    writing.goto(f"{site}/desk/events/source/{cited.pk}/change/")
    writing.fill("[name=title]", "The river falls")
    writing.fill("[name=why]", "See their correction.")
    writing.fill("[name=note]", NOTE)
    writing.click("[name=_save]")
    expect(writing.locator(".messagelist")).to_contain_text("it waits as a proposal")
    expect(writing.locator("[name=title]")).to_have_value("The river rises")

    deciding = window(live_server, moderator)
    deciding.get_by_role("link", name="Review 1").click()
    expect(deciding.locator(".changes ins")).to_have_text("put in: falls")
    expect(deciding.locator(".reach tbody tr")).to_have_count(2)
    deciding.get_by_role("button", name="Accept for 2 entries").focus()
    deciding.keyboard.press("Enter")
    expect(deciding.locator(".messagelist")).to_contain_text("Accepted")

    reading = window(live_server)
    for number in (1, 2):
        reading.goto(f"{site}/the-flood/entry/{number}/")
        told = reading.locator(".history li", has_text="was corrected")
        expect(told).to_contain_text(NOTE)
        expect(told.get_by_role("link", name="The river falls")).to_have_attribute(
            "href", "/the-flood/source/1-the-river-falls/"
        )


@pytest.mark.parametrize("width", [1280, 390])
def test_nobody_is_kept_from_it_and_nothing_is_cut_off(
    page, live_server, cited, editor, moderator, axe, width
):
    proposal = propose(cited, editor, title="The river falls " * 9, language="pt", why="See there. " * 30)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/desk/")
    page.fill("[name=username]", moderator.username)
    page.fill("[name=password]", moderator.username * 2)
    page.click("[type=submit]")
    found = []

    forms = (f"proposal/{proposal.pk}/change/", "proposal/", f"source/{cited.pk}/change/")
    for path in ("review/", *(f"events/{form}" for form in forms)):
        page.goto(f"{live_server.url}/desk/{path}")
        found += axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert not found, "\n".join(found)
