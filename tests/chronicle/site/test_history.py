"""What has changed of what an entry rests on stands in the entry's own history, while it rested on it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.editorial import moderation, publishing, writing
from tests.support.cast import fresh, publish
from tests.support.factories import CitationFactory, EventFactory, OutletFactory, SourceFactory
from tests.support.proposals import change
from tests.support.reading import links, main_of, text_of

MOST = 8


def address(event):
    return f"/the-flood/entry/{fresh(event).printed.number}/"


def queries(client, event):
    page = address(event)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def history(client, event):
    found = re.search(r'<section class="history".*?</section>', main_of(client.get(address(event))), re.S)
    return found.group()


def test_an_accepted_change_of_a_source_is_told_by_each_entry_that_cites_it(
    client, published, source, editor, moderator
):
    other = EventFactory(published=True, source=source, headline="A road is closed")

    change(source, editor, moderator, "Its title was corrected.", title="The river falls")

    for event in (published, other):
        told = history(client, event)
        said = "Title: The river taken out: rises put in: falls Its title was corrected."
        assert f"The source “The river falls” was corrected: {said}" in text_of(told)
        assert '<a dir="auto" href="/the-flood/source/1-the-river-falls/">' in told
        assert text_of(told).index("was corrected") < text_of(told).index("First published")


def test_so_is_one_of_its_outlet(client, published, outlet, editor, moderator):
    change(outlet, editor, moderator, "It was graded anew.", reliability="D")

    told = history(client, published)

    graded = "Reliability: put in: not usually reliable taken out: (B) put in: (D)"
    assert f"The outlet “The Harbour Post” was corrected: {graded} It was graded anew." in text_of(told)
    assert "/the-flood/outlet/1-the-harbour-post/" in told


def test_so_is_one_of_the_outlet_that_it_draws_on(client, draft, source, editor, moderator):
    agency = SourceFactory(outlet__name="The Agency", title="River over its banks")
    type(source).objects.filter(pk=source.pk).update(relays=agency, origin=agency.outlet)
    event = EventFactory(published=True, source=fresh(source))

    change(agency.outlet, editor, moderator, "It was graded anew.", reliability="D")

    told = text_of(history(client, event))
    assert re.search("The outlet “The Agency” was corrected: Reliability: .* It was graded anew.", told)


def test_what_came_before_its_first_edition_is_not(client, published, source, editor, moderator):
    change(source, editor, moderator, "MARKER", title="The river falls")

    later = EventFactory(published=True, source=source, headline="A road is closed")

    assert "MARKER" not in history(client, later)


def test_nor_is_what_came_when_it_cited_it_no_longer_or_not_yet(
    client, published, source, other_source, editor, moderator
):
    citation = published.citations.get()
    CitationFactory(approved=True, event=published, source=other_source, quote="It was shut.")
    EventFactory(published=True, source=source, headline="A road is closed")
    change(source, editor, moderator, "While it was cited.", title="The river falls")
    citation.source = other_source
    citation = writing.save_citation(fresh_with(citation, source=other_source), by=editor, seen=1)
    moderation.approve(citation, by=moderator, seen=citation.version)

    change(source, editor, moderator, "MARKER", title="The river stands")
    change(other_source, editor, moderator, "The other.", title="Night bulletin")

    told = text_of(history(client, published))
    assert "While it was cited." in told
    assert "The other." in told
    assert "MARKER" not in told


def fresh_with(row, **values):
    row = fresh(row)
    for name, value in values.items():
        setattr(row, name, value)
    return row


def test_a_retraction_is_told_once(client, published, source, moderator):
    moderation.retract_source(source, by=moderator, seen=1, reason="The photograph was old.")

    told = text_of(history(client, published))

    assert told.count("A source was retracted: The photograph was old.") == 1
    assert "was retracted:" in told


def test_so_is_a_move_to_another_outlet_which_is_an_edition_of_the_entry(
    client, published, source, editor, moderator
):
    change(source, editor, moderator, "The radio said it.", outlet=OutletFactory(name="Radio Estuary"))

    told = text_of(history(client, published))
    assert told.count("The radio said it.") == 1
    assert re.search(r"Update [^“]* The source “The river rises” was corrected: Published by: .*adio", told)


def test_what_stood_before_a_withdrawal_stays_out_of_sight(client, published, source, editor, moderator):
    EventFactory(published=True, source=source, headline="A road is closed")
    change(source, editor, moderator, "MARKER", title="The river falls")
    publishing.withdraw(published, by=editor, seen=1, reason="It was another bridge.")
    event = fresh(published)
    publishing.reopen_event(event, by=editor, seen=event.version)
    publish(event, editor, note="It was right.")

    assert "MARKER" not in history(client, published)


@pytest.fixture
def many(published, source, outlet, editor, moderator):
    for n in range(12):
        CitationFactory(
            approved=True,
            event=published,
            source=SourceFactory(outlet=OutletFactory(name=f"Radio {n}"), title=f"Bulletin {n}"),
            quote=f"It was shut, {n}.",
        )
    return published


def test_it_takes_as_many_queries_however_many_changes_there_were(client, many, editor, moderator):
    before = queries(client, many)

    for citation in many.citations.select_related("source__outlet"):
        change(citation.source, editor, moderator, language="pt")
        change(citation.source.outlet, editor, moderator, country="Portugal")

    assert queries(client, many) == before <= MOST


def test_each_adds_a_line_of_a_few_hundred_bytes(client, many, source, editor, moderator):
    before = len(client.get(address(many)).content)

    for n in range(10):
        change(source, editor, moderator, f"For the time {n}.", title=f"The river falls {n}")

    after = client.get(address(many))
    assert 0 < len(after.content) - before < 10 * 1500
    assert len(links(after, "/source/1-")) >= 10
