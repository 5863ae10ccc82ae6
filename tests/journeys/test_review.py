"""Review as a moderator does it: forty decisions by keys without a reload, one undone, and by thumb."""

import pytest
from playwright.sync_api import expect

from events.models import Citation, Claim, Proposal
from tests.support.browser import open_at, sign_in
from tests.support.cast import fresh, make_event
from tests.support.factories import EventFactory, MaterialFactory
from tests.support.proposals import propose

DECISIONS, MOST_KEYS = 40, 45


class Keys:
    """What somebody presses, counted; typing words is free, sending them is not."""

    def __init__(self, page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


def shows(page, headline):
    expect(page.locator("#item h2").first).to_have_text(headline)


@pytest.fixture
def many(editor, day, kind, source):
    """As many citations as are decided on and three more, the oldest first."""
    events = [
        make_event(editor, day, kind, headline=f"Event {n}", source=source) for n in range(DECISIONS + 3)
    ]
    return [event.citations.get() for event in events]


def test_forty_decisions_take_at_most_forty_five_keys_and_no_reload(page, live_server, moderator, many):
    sign_in(page, live_server, moderator)
    page.goto(f"{live_server.url}/desk/review/")
    loads, keys = [], Keys(page)
    page.on("load", lambda: loads.append(page.url))

    for number in range(DECISIONS):
        shows(page, f"Event {number}")
        if number == 7:
            keys.press("r", "3")
            page.keyboard.type("Two words are missing.")
            keys.press("Control+Enter")
        else:
            keys.press("a")
    shows(page, f"Event {DECISIONS}")
    expect(page.locator("#item")).to_be_focused()

    assert keys.pressed <= MOST_KEYS
    states = [fresh(citation).state for citation in many]
    assert states == ["approved"] * 7 + ["rejected"] + ["approved"] * 32 + ["pending"] * 3
    assert "inexact" in Citation.objects.get(pk=many[7].pk).decisions.first().reason_code

    keys.press("s")
    shows(page, "Event 41")
    keys.press("k")
    shows(page, "Event 40")
    keys.press("c")
    expect(page.get_by_role("button", name="Release")).to_be_visible()
    assert Claim.objects.get().person == moderator
    keys.press("a")
    shows(page, "Event 41")
    keys.press("u")
    expect(page.locator(".messagelist")).to_have_text("Undone: “Event 40” waits again.")
    shows(page, "Event 40")
    assert (fresh(many[40]).state, Claim.objects.count()) == ("pending", 0)
    keys.press("?")
    expect(page.locator("dialog#all-keys")).to_contain_text("hand it to another moderator")
    assert loads == []


@pytest.fixture
def all_kinds(editor, citation, source, media_folder):
    """One thing of each kind that waits, with a long word in each."""
    medium = MaterialFactory(by=editor, caption="Quay" * 20)
    EventFactory(published=True, source=source, headline="A road is closed")
    return citation, medium, propose(source, editor, title="The river falls " * 9, why="See there. " * 30)


def test_each_kind_is_for_everyone_and_its_decisions_stay_in_sight(
    page, live_server, moderator, other_moderator, all_kinds, axe
):
    citation, medium, proposal = all_kinds
    sign_in(page, live_server, moderator)
    found = []

    for asked in (f"citation={citation.pk}", f"medium={medium.pk}", f"proposal={proposal.pk}"):
        for width in (1280, 640, 390, 320):
            open_at(page, live_server, f"review/?{asked}", width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (asked, width)
            foot = page.locator("button.approve").bounding_box()
            assert foot["y"] + foot["height"] <= 900, (asked, width)
            if width < 768:
                assert foot["height"] >= 44, (asked, width)
            if width in (1280, 390):
                found += axe(page)
                page.click(".rejecting > summary")
                found += axe(page)

    assert not found, "\n".join(found)


def test_a_proposed_change_is_accepted_by_a_key_and_a_medium_by_thumb(
    page, live_server, moderator, other_moderator, all_kinds
):
    medium = all_kinds[1]
    sign_in(page, live_server, moderator)
    page.goto(f"{live_server.url}/desk/review/")

    page.keyboard.press("a")
    shows(page, "A bridge is closed")
    page.keyboard.press("h")
    page.locator("[name=hand-to]").select_option(label="other-moderator")
    page.fill("[name=hand-words]", "You know the bridge.")
    page.keyboard.press("Control+Enter")
    shows(page, str(medium))
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#item h2")).to_have_text("Nothing waits for you.")

    assert Proposal.objects.get().state == "accepted"
    assert fresh(medium).state == "approved"
    assert Claim.objects.get().words == "You know the bridge."


FEET = """() => [...document.querySelectorAll(".decide :is(.button, summary)")]
  .filter((one) => one.checkVisibility() && !one.closest(".panel, .said") && !one.matches(".before"))
  .map((one) => Math.round(one.getBoundingClientRect().bottom))"""
"""Where each button that decides, or passes on, ends: in pixels from the top."""


def test_the_bar_of_decisions_is_one_line_where_there_is_room(
    page, live_server, moderator, other_moderator, all_kinds
):
    citation, medium, proposal = all_kinds
    sign_in(page, live_server, moderator)

    for asked in (f"citation={citation.pk}", f"medium={medium.pk}", f"proposal={proposal.pk}"):
        open_at(page, live_server, f"review/?{asked}")
        for width in (1280, 1440, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            feet = page.evaluate(FEET)
            assert len(feet) >= 4, (asked, width)
            assert len(set(feet)) == 1, (asked, width, feet)

    page.evaluate("document.querySelector('.handing').style.flexBasis = '100%'")
    assert len(set(page.evaluate(FEET))) > 1
