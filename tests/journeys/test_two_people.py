"""A day from a pasted digest to its readers, by an editor and a moderator, neither of whom has a mouse."""

import pytest
from playwright.sync_api import expect

from chronicle.models import Page
from events.models import Citation

pytestmark = pytest.mark.django_db(transaction=True)

MOST_TABS = 120
DIGEST = (
    "Water over the old town\n\nOn the third day of the flood, March 3, at 6:00, the bridge was closed. "
    "At 7:00, the mill was closed."
)
HEADLINES = ("Nobody crosses the bridge", "The mill stands still")
ADDRESS = "https://www.ilvarradio.example/n/4471?utm_source=mail"
QUOTED = "The mill is closed."
WHY = "The notice names the mill, not the bridge."
MENDED = "The bridge is closed from six o’clock on."


class Keyboard:
    """Somebody who works at the desk by keys alone."""

    def __init__(self, page, live_server, person):
        self.page, self.keys, self.server = page, page.keyboard, live_server.url
        page.goto(f"{self.server}/desk/")
        self.fill(username=person.username, password=person.username * 2)
        with page.expect_navigation():
            self.keys.press("Enter")

    def reach(self, selector):
        """Tab leads to it, round the page if need be."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return self.page.locator(":focus")
            self.keys.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector} on {self.page.url}.")

    def fill(self, **typed):
        for name, words in typed.items():
            self.reach(f"[name={name}]")
            self.keys.press("Control+a")
            self.keys.insert_text(words)

    def press(self, selector):
        """Enter on what leads to another page."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.keys.press("Enter")

    def go(self, letter):
        """To Today, Review, the days: no box for words has the focus."""
        self.reach("a, button, #item")
        self.keys.press("g")
        with self.page.expect_navigation():
            self.keys.press(letter)

    def with_all_of_the_day(self, deed):
        """One button for every event of it."""
        self.reach("#all")
        self.keys.press("Space")
        self.press(f"[name=deed][value={deed}]")

    def rewrite(self, headline):
        """An event in words of their own."""
        self.fill(headline=headline)
        self.reach(".ProseMirror")
        self.keys.press("Control+a")
        self.keys.insert_text(f"{headline}, says the city.")

    def cite(self):
        """A source by its address, which is not known here."""
        self.fill(**{"citations-1-address": ADDRESS})
        expect(self.page.locator("#citations-1 .known")).to_contain_text("New here, and so is its host")
        self.fill(**{"citations-1-title": "Notice", "citations-1-outlet_name": "Ilvar Radio"})
        self.fill(**{"citations-1-quote": QUOTED})

    def says(self, words):
        expect(self.page.locator("body")).to_contain_text(words)


def imports_and_submits(editor):
    """A digest becomes drafts of a day, one gets a source by its address, and all go to review at once."""
    editor.press("a[href$='/import-digest/']")
    editor.fill(text=DIGEST, new_outlet="The Courier")
    editor.press("#content [type=submit]")
    editor.press("button[value=import]")
    expect(editor.page.locator("#rows .hl")).to_have_count(2)
    for number, headline in enumerate(HEADLINES):
        editor.press(f"#rows tbody:last-of-type tr:nth-of-type({number + 2}) .hl")
        editor.rewrite(headline)
        if not number:
            editor.cite()
        editor.keys.press("Control+s")
        editor.says("was changed successfully")
        editor.press("#crumb a")
    editor.with_all_of_the_day("submit")
    editor.says("2 submitted.")


def decides(moderator):
    """Key by key: one is sent back, the others stand."""
    moderator.go("r")
    decided = None
    for _ in range(Citation.objects.count()):
        expect(moderator.page.locator("#deciding [name=citation]")).not_to_have_value(str(decided))
        expect(moderator.page.locator("#item")).to_be_focused()
        decided = moderator.page.locator("#deciding [name=citation]").input_value()
        if QUOTED in moderator.page.locator("#item .reading").inner_text():
            for key in ("r", "1"):
                moderator.keys.press(key)
            moderator.keys.insert_text(WHY)
            moderator.keys.press("Control+Enter")
        else:
            moderator.keys.press("a")
    moderator.says("Nothing waits for you")


def mends(editor):
    """What was sent back stands on Today, with why; its line leads to where it is mended."""
    editor.go("t")
    editor.says(WHY)
    editor.press(".line a")
    editor.says(WHY)
    editor.fill(**{"citations-1-quote": MENDED})
    editor.keys.press("Control+s")
    editor.says("was changed successfully")


def test_a_digest_becomes_a_day_that_readers_see_by_two_people_and_no_mouse(
    page, window, live_server, editor, moderator, story, complaints
):
    at_desk, at_review = Keyboard(page, live_server, editor), Keyboard(window(), live_server, moderator)

    imports_and_submits(at_desk)
    decides(at_review)
    rejected = Citation.objects.get(state="rejected")
    assert (str(rejected.source.outlet), rejected.decisions.first().reason_code) == (
        "Ilvar Radio",
        "not_in_source",
    )
    mends(at_desk)
    at_review.go("r")
    at_review.says(MENDED)
    at_review.keys.press("a")
    at_review.says("Nothing waits for you")
    at_desk.press("#crumb a")
    at_desk.with_all_of_the_day("publish")
    at_desk.says("2 published.")

    reader = window()
    reader.goto(f"{live_server.url}{Page.objects.get().get_absolute_url()}")
    expect(reader.locator("main")).to_contain_text(HEADLINES[0])
    expect(reader.locator("main")).to_contain_text(HEADLINES[1])
    expect(reader.locator("main")).to_contain_text("Ilvar Radio")
    assert complaints == []
