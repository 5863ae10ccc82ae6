"""Of many entries, the choices beside a timeline of then are the terms that were most used then."""

import pytest
from pyroaring import BitMap

from chronicle.models import Log
from chronicle.site import candidates, paging, remembered
from chronicle.site.then import past
from chronicle.site.then.past import Past
from events.editorial import writing
from tests.support.cast import fresh, publish
from tests.support.factories import EventFactory, KindFactory, PlaceFactory
from tests.support.reading import choices


@pytest.fixture(autouse=True)
def many(monkeypatch):
    """A few entries are many, and the most used term of a facet is told by the one most used now."""
    monkeypatch.setattr(candidates, "FEW", 2)
    monkeypatch.setattr(candidates, "CANDIDATES", 1)
    monkeypatch.setattr(paging, "FEW", 2)
    monkeypatch.setattr(past, "MANY", 1)


def tell(number, name, place):
    kind = KindFactory(name=name)
    return [
        EventFactory(
            published=True, headline=f"{name} {n}", wording=f"{n + 1:02}:15", kind=kind, places=[place]
        )
        for n in range(number)
    ]


def chosen_from(client, size=None):
    """The kinds and places that a timeline offers, with their counts, told in a new process."""
    remembered.forget()
    page = client.get(f"/the-flood/timeline/{f'?as_of=log:{size}' if size else ''}")
    offered = [(each.facet, each.label, each.count) for each in choices(page)]
    return [each for each in offered if each[0] in ("kind", "place")]


@pytest.fixture
def told(client, published):
    """The events of a flood, the size of the log once they were told, and what was offered to choose then."""
    district = PlaceFactory(name="District")
    events = tell(4, "Flood", PlaceFactory(name="Quay", within=district))
    size, offered = Log.objects.get().size, chosen_from(client)
    assert ("kind", "Flood", 4) in offered
    assert {name for facet, name, _ in offered if facet == "place"} == {"Quay", "District"}
    return events, size, offered


def test_what_is_most_used_by_now_hides_nothing_that_was_most_used(client, told, monkeypatch):
    _, size, offered = told
    tell(6, "Fire", PlaceFactory(name="Hill", within=PlaceFactory(name="Shire")))

    assert chosen_from(client, size) == offered
    monkeypatch.setattr(Past, "_some", BitMap())
    assert chosen_from(client, size) != offered


def test_what_has_changed_since_counts_where_it_was(client, told, editor, monkeypatch):
    events, size, offered = told
    fire, hill = KindFactory(name="Fire"), PlaceFactory(name="Hill")
    for event in events:
        event = fresh(event)
        event.kind = fire
        writing.save_event(event, by=editor, seen=event.version, places=[hill])
        publish(fresh(event), editor, note="It was a fire.")

    assert chosen_from(client, size) == offered
    monkeypatch.setattr(Past, "_changed_most", lambda *asked: [])
    assert chosen_from(client, size) != offered


def test_where_little_has_come_since_what_is_most_used_by_now_tells_what_was(client, told, editor):
    events, size, offered = told
    event = fresh(events[0])
    event.headline = "The water rose earlier"
    writing.save_event(event, by=editor, seen=event.version)
    publish(fresh(event), editor, note="It was earlier.")

    assert past.MOST * Log.objects.get().size < size < Log.objects.get().size
    assert chosen_from(client, size) == offered
