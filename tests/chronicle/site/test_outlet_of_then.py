"""The record of an outlet is that of the moment: the sources that were cited, and retracted, by then."""

import re

from chronicle.models import Log
from chronicle.site import remembered
from events.editorial import moderation
from tests.support.cast import fresh
from tests.support.factories import CitationFactory, EventFactory, SourceFactory
from tests.support.reading import words


def record(client, size=None):
    """What the page of an outlet says of its sources, told in a new process."""
    remembered.forget()
    moment = f"?as_of=log:{size}" if size else ""
    page = words(client.get(f"/the-flood/outlet/1-the-harbour-post/{moment}"))
    return re.findall(r"\d+ sources? under \d+ entr\w+,\s+\w+ retracted", page)


def test_an_outlet_of_then_has_the_record_of_then(client, published, source, moderator):
    size, one = Log.objects.get().size, record(client)
    later = SourceFactory(outlet=source.outlet, title="The river falls")
    event = EventFactory(published=True, headline="The road is open", wording="11:15")
    CitationFactory(approved=True, event=event, source=later, quote="It was open.")
    grown_to, two = Log.objects.get().size, record(client)
    moderation.retract_source(source, by=moderator, seen=fresh(source).version, reason="It took it back.")

    assert [one, two, record(client)] == [
        ["1 source under 1 entry, none retracted"],
        ["3 sources under 2 entries, none retracted"],
        ["3 sources under 2 entries, 1 retracted"],
    ]
    assert [record(client, size), record(client, grown_to)] == [one, two]
