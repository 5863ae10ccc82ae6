"""A day of then that is far from every other asks no more questions than any."""

from datetime import date

import pytest
from django.utils import timezone

from chronicle.models import Log
from tests.chronicle.site.test_as_known_then import BEGAN
from tests.chronicle.site.test_budget_of_then import MOMENTS, asked
from tests.support.counting import MOST
from tests.support.factories import DayFactory, EventFactory, KindFactory, StoryFactory
from tests.support.reading import way


@pytest.fixture
def size(db, monkeypatch):
    """The size of a log by which three days of half a year had been told, and before one more was."""
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: BEGAN)
        StoryFactory(first_date=date(2020, 9, 1), last_date=date(2021, 12, 31))
        kind = KindFactory(name="Flood")
        for day in (date(2020, 9, 1), date(2020, 12, 1), date(2021, 3, 1)):
            EventFactory(published=True, kind=kind, day=DayFactory(date=day))
    size = Log.objects.get().size
    EventFactory(published=True, kind=kind, day=DayFactory(date=date(2020, 12, 2)))
    return size


@pytest.mark.parametrize("narrowed", ["", "kind=1&", "kind=flood&", "kind=nothing&", "order=newest&"])
def test_it_asks_at_most_eight_however_it_is_asked_for(client, size, narrowed):
    for moment in MOMENTS:
        assert max(asked(client, f"day-92/?{narrowed}", moment, size)) <= MOST, moment


def test_as_the_log_was_it_leads_to_the_day_before_and_at_a_time_it_does_not(client, size):
    by_size, by_clock = (
        client.get(f"/the-flood/day-92/?as_of={moment}") for moment in (f"log:{size}", "2021-11-01T18:00")
    )

    assert way(by_size, "prev").startswith("/the-flood/day-1/?")
    assert way(by_clock, "prev") == ""
