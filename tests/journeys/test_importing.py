"""A digest of two days is imported: looked at, put right, left and taken up again, and told only once."""

from datetime import date

import pytest
from playwright.sync_api import expect

from events.models import Event, Unsaved
from tests.support.browser import is_sound, sign_in
from tests.support.factories import EventFactory, PlaceFactory, StoryFactory

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """The night the quay went under

Tuesday, 12 March

At 02:30 the siren on the quay wall had gone twice. Police went from door to door in Low Quay.

The gauge showed 4.12 metres, and by then some 40 boats had broken loose.

At 04:00 the motor of the Sarn Lock failed; at 06:00 the dockers met on quay 4.

When the tide had turned, boats drifted past the Sarn Lock towards Tolm.

(Coast Wire)

Wednesday, 14 March

At 8.10 a.m. the council promised pumps for Low Quay.
"""


@pytest.fixture
def told_already(editor):
    """An event that the text tells once more."""
    story = StoryFactory(
        slug="kessmar", title="Kessmar", first_date=date(2024, 3, 4), last_date=None, zone="Europe/Prague"
    )
    PlaceFactory(story=story, name="Low Quay")
    return EventFactory(
        day__story=story,
        day__date=date(2024, 3, 12),
        kind__story=story,
        headline="Water passes the quay wall at Kessmar",
        text="<p>The River Authority’s gauge shows 4.12 m. Fourteen boats break loose.</p>",
    )


def is_sound_at_its_foot(page, axe):
    """Axe takes a field for small that lies half below the bar, which stays in sight."""
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    is_sound(page, axe)


def row(page, key):
    return page.locator(f"#row-{key}")


def test_a_text_of_two_days_is_put_right_and_imported(page, live_server, editor, told_already, axe):
    sign_in(page, live_server, editor)
    form = f"{live_server.url}/desk/events/event/import-digest/"
    page.goto(form)
    page.fill("[name=text]", TEXT)
    page.fill("[name=new_outlet]", "Kessmar Courier")
    page.get_by_role("button", name="Show what it reads").click()
    expect(page.locator(".daybox h2")).to_have_text(
        ["Day 9: Tuesday 12 March 2024", "Day 11: Thursday 14 March 2024"]
    )
    expect(page.locator(".checks .lacks")).to_have_count(5)
    is_sound_at_its_foot(page, axe)

    # Words typed into a row are kept before any button is pressed, and there again after a look elsewhere.
    page.fill("[name=headline-2]", "Siren sounds twice")
    expect(page.locator(".says .keeping").first).to_contain_text("Kept before it is saved")
    page.goto(form)
    page.get_by_role("link", name="The night the quay went under").click()
    expect(page.locator("[name=headline-2]")).to_have_value("Siren sounds twice")

    row(page, 5).get_by_role("button", name="Split at").click()
    expect(page.locator("[name=when-5-44]")).to_have_value("06:00")
    expect(row(page, 5)).to_be_focused()
    page.go_back()
    expect(page.locator("[name=when-5-44]")).to_have_value("06:00")
    row(page, 3).get_by_role("button", name="Confirm").click()
    row(page, 4).get_by_role("button", name="Cite this article there").click()
    expect(row(page, 4)).to_contain_text("Chosen: cited there")
    page.locator("[name=call][value='place:Sarn Lock']").click()
    expect(page.locator("[name=places-6]")).to_have_value("Sarn Lock")
    row(page, 9).get_by_role("button", name="Move to day 9").click()
    expect(page.locator(".daybox")).to_have_count(2)
    page.get_by_label("This is the day").check()
    page.get_by_role("button", name="Read what I changed").click()
    expect(page.locator(".says")).to_contain_text("6 of 10 taken, 1 cited at an event that is there")
    is_sound_at_its_foot(page, axe)

    # A row is gone through by keys.
    row(page, 2).locator(".no input").focus()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(row(page, 3).locator(".no input")).not_to_be_checked()
    page.select_option("[name=kind-2]", label=told_already.kind.name)
    page.fill("[name=places-2]", "Low Quay")
    page.get_by_label("A quotation, row 2").check()
    page.get_by_role("button", name="Import and submit what is complete").click()

    expect(page.locator(".messagelist")).to_contain_text("5 drafts of Kessmar: day 9, 12 March 2024 added")
    expect(page.locator(".messagelist")).to_contain_text("1 submitted")
    assert told_already.citations.get(quote__startswith="The gauge").state == "pending"
    drafts = Event.objects.exclude(pk=told_already.pk)
    assert {draft.wording for draft in drafts} == {"02:30", "04:00", "06:00", "", "8.10 a.m."}
    assert not Unsaved.objects.exclude(typed="").exists()
