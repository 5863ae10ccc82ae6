"""How one subject came to be as it is: any two of its editions beside each other."""

import pytest

from events.editorial import publishing, takedowns, writing
from tests.chronicle.site.test_changes_seen import retell
from tests.support.cast import fresh, publish
from tests.support.counting import MOST, queries
from tests.support.factories import EventFactory, PersonFactory, TextFactory
from tests.support.proposals import change
from tests.support.reading import main_of, words

ENTRY = "/the-flood/entry/1/changes/"


@pytest.fixture
def thrice(published, editor):
    """An entry of three editions."""
    retell(published, editor, "It was the other.", headline="The other bridge is closed")
    retell(published, editor, "By noon.", headline="The other bridge is closed at noon")
    return fresh(published)


def compared(client, address):
    """What the page says between the choice of two editions and the list of all."""
    return words(client.get(address)).partition("Compare From edition ")[2].partition(" What has changed ")[0]


def test_any_two_editions_of_an_entry_are_compared(client, thrice):
    assert f'href="{ENTRY}#compare"' in client.get("/the-flood/entry/1/").content.decode()
    whole = compared(client, ENTRY)
    told = "Headline: taken out: A put in: The other bridge is closed put in: at noon"
    assert whole == f"1 to edition 3: {told}"

    later = compared(client, f"{ENTRY}?from=3&to=2")
    assert later == "2 to edition 3: Headline: The other bridge is closed put in: at noon"
    assert compared(client, f"{ENTRY}?from=2&to=2") == "2 to edition 2: Both say the same to readers."


def test_what_is_no_edition_is_told_and_nobody_keeps_the_answer(client, thrice):
    response = client.get(f"{ENTRY}?from=9&to=%00x")

    assert "“9” is no edition that can be read here, and was passed over." in words(response)
    assert response["Cache-Control"] == "no-store"
    assert client.get(f"{ENTRY}?since=4")["Location"] == ENTRY


def test_what_was_before_a_withdrawal_is_compared_with_nothing(client, thrice, editor):
    publishing.withdraw(thrice, by=editor, seen=thrice.version, reason="It was dry.")
    assert client.get(ENTRY)["Location"] == "/the-flood/entry/1/"

    publishing.reopen_event(fresh(thrice), by=editor, seen=fresh(thrice).version)
    publishing.submit(fresh(thrice), by=editor, seen=fresh(thrice).version)
    publish(fresh(thrice), editor, note="It was not.")
    page = client.get(f"{ENTRY}?from=1&to=5")
    assert "Compare any two" not in words(page)
    assert "What it said before is not shown." in words(page)
    assert "The other bridge is closed</del>" not in main_of(page)


def test_a_source_a_day_a_text_and_the_chronicle_have_a_history_of_their_own(
    client, published, source, editor, moderator, day, admin_person
):
    change(source, editor, moderator, "Its title was wrong.", title="The river falls")
    TextFactory(published=True)
    for headline in ("The third day", "The third day , at last"):
        held = fresh(day)
        held.headline = headline
        saved = writing.save_day(held, by=editor, seen=held.version)
        publishing.publish_day(saved, by=editor, seen=saved.version, note="It is over.")

    page = client.get("/the-flood/source/1/changes/")
    assert "What has changed in “The river falls”" in words(page)
    assert "Title: The river taken out: rises put in: falls" in words(page)
    of_source = client.get("/the-flood/source/1/", follow=True).content.decode()
    assert 'href="/the-flood/source/1/changes/"' in of_source
    assert "Headline: put in: The third day , at last" in compared(client, "/the-flood/day-3/changes/")
    assert "First published" in words(client.get("/the-flood/about/changes/"))
    of_whole = words(client.get("/the-flood/changes/"))
    assert "What has changed in what this chronicle says of itself" in of_whole


def test_of_what_is_not_public_nothing_is_told(client, published):
    draft = EventFactory(headline="Nobody knows")
    asked = takedowns.ask(
        published.story,
        [takedowns.part_of("source/1")],
        by=PersonFactory(admin=True),
        reason="A court says so.",
    )
    takedowns.confirm(asked, by=PersonFactory(username="other", is_superuser=True), seen=asked.version)

    assert client.get("/the-flood/source/1/changes/")["Location"] == "/the-flood/source/1/"
    for gone in ("entry/9", "source/9", "about", "day-99"):
        assert client.get(f"/the-flood/{gone}/changes/").status_code == 404
    assert draft.headline not in client.get("/the-flood/changes/").content.decode()


def test_each_costs_what_a_page_may(client, thrice, source, editor, moderator):
    change(source, editor, moderator, "Its title was wrong.", title="The river falls")
    for address in (ENTRY, "/the-flood/source/1/changes/", "/the-flood/changes/"):
        assert queries(client, address) <= MOST
