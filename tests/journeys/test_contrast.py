"""Every word of the desk is read in every state of what it stands on: 4.5 to 1, in light and in dark."""

import pytest
from playwright.sync_api import expect

from events.editorial import moderation
from tests.support.browser import open_at, sign_in
from tests.support.contrast import faint
from tests.support.factories import CitationFactory, EventFactory, MaterialFactory, PlaceFactory, show
from tests.support.proposals import propose

OPENED = """() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  const boxes = [...document.querySelectorAll("[type=checkbox]:not(:checked)")];
  boxes.filter((one) => one.checkVisibility()).forEach((one) => one.click());
}"""
"""What is folded is unfolded, and what can be ticked is ticked."""
SEEN_BY_BOTH = (
    "",
    "events/day/{day}/desk/",
    "events/event/{draft}/change/",
    "events/event/{seen}/change/",
    "review/?citation={waits}",
    "review/?medium={medium}",
    "review/?proposal={proposal}",
    "events/event/",
    "events/material/",
    "events/source/{source}/change/",
    "events/place/{place}/change/",
    "find/?q=bridge",
    "account/",
)


@pytest.fixture
def rows(editor, moderator, source, media_folder):
    """Something of each kind, in each state that it may be in; the key of each by its name."""
    place = PlaceFactory(name="The bridge")
    draft = EventFactory(headline="Power is back", text="<p>The bridge is lit.</p>", by=editor)
    back = CitationFactory(event=draft, source=source)
    moderation.reject(back, by=moderator, seen=1, code="not_in_source", words="It says 40, not 14.")
    seen = EventFactory(published=True, headline="A road is closed", source=source)
    waits = EventFactory(submitted=True, places=[place], by=editor).citations.get()
    for state in ("approved", "published", "withdrawn"):
        EventFactory(**{state: True}, headline=f"A bridge, {state}")
    medium = MaterialFactory(by=editor, caption="The quay")
    show(draft, medium)
    proposal = propose(source, editor, title="The river falls")
    named = {"draft": draft, "seen": seen, "day": draft.day, "waits": waits, "medium": medium}
    named |= {"proposal": proposal, "source": source, "place": place}
    return {name: row.pk for name, row in named.items()}


def looked_at(page):
    page.wait_for_load_state("networkidle")
    page.evaluate(OPENED)
    return faint(page)


def test_no_word_of_the_desk_is_faint_in_any_state(page, live_server, both, rows):
    page.goto(f"{live_server.url}/desk/")
    found = looked_at(page)
    sign_in(page, live_server, both)

    for path in SEEN_BY_BOTH:
        open_at(page, live_server, path.format(**rows))
        found += [f"{path}: {one}" for one in looked_at(page)]

    assert not found, "\n".join(found)


def test_nor_is_what_an_import_read_or_what_a_manager_says(page, live_server, admin_person, rows, story):
    sign_in(page, live_server, admin_person)
    found = []

    for path in ("events/event/import-digest/", "people/", "policy/", "change/"):
        open_at(page, live_server, path if "digest" in path else f"events/story/{story.pk}/{path}")
        found += [f"{path}: {one}" for one in looked_at(page)]
    open_at(page, live_server, "events/event/import-digest/")
    page.fill("[name=text]", "Water\n\nOn March 3, 2021, at 6:00, the bridge was closed. At 7:00 it opened.")
    page.fill("[name=new_outlet]", "The Courier")
    page.click("text=Show what it reads")
    expect(page.locator("button[value=import]")).to_be_visible()
    found += [f"preview: {one}" for one in looked_at(page)]

    assert not found, "\n".join(found)


RULED = """rule => {
  const sheet = [...document.styleSheets].at(-1);
  sheet.insertRule(rule, sheet.cssRules.length);
}"""


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (".find-form .button:hover:not(:active) { color: rgb(0 0 0 / .3) !important }", "under the pointer"),
        (".find-form .button:active { color: rgb(0 0 0 / .3) !important }", "pressed"),
        (".find-form .button:focus-visible { opacity: .3 }", "with the focus"),
        (".find-form .button:disabled { opacity: .3 !important; color: inherit !important }", "disabled"),
    ],
)
def test_control_a_state_that_makes_a_button_faint_is_told(page, live_server, editor, story, rule, said):
    sign_in(page, live_server, editor)
    open_at(page, live_server, "find/")
    page.evaluate(RULED, rule)

    found = faint(page)

    assert found
    assert all("button" in one and f", {said}" in one for one in found), found
