"""A page of then asks the database at most eight questions, however its moment is written and what else is
asked for, in a process that knows nothing and in one that was asked before.

All that these tests read is built once for all of them: they change nothing.
"""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from chronicle.models import Entry, Log
from chronicle.site import candidates, naming, paging, remembered
from events.models import Event
from tests.chronicle.site.test_as_known_then import BEGAN, rename, retell, tell, withdraw
from tests.support.cast import fresh
from tests.support.counting import MOST, queries
from tests.support.factories import (
    ActorFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    PlaceFactory,
    three_people,
)
from tests.support.reading import headlines
from tests.support.sampling import kept_for_a_module
from tests.support.taking import take

SINCE = datetime(2021, 12, 3, 9, tzinfo=UTC)
"""When what was known had changed."""
LONG = 130


@pytest.fixture(scope="module")
def built_then(django_db_setup, django_db_blocker):
    """A day of more than a hundred entries and one of few, of which some of each sort have changed since."""
    with kept_for_a_module(django_db_blocker):
        with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(timezone, "now", lambda: BEGAN)
            size = build()
            patch.setattr(timezone, "now", lambda: SINCE)
            change(three_people()["editor"])
        yield size


def build():
    """Print it, and say at which size of the log all was told."""
    town = PlaceFactory(name="The town")
    quays = [PlaceFactory(name=f"Quay {n}", within=town) for n in range(3)]
    kinds = [KindFactory(name=name) for name in ("Flood", "Rescue")]
    crew, other = ActorFactory(name="The crew"), DayFactory(date=date(2021, 3, 4))
    for n in range(LONG + 5):
        day = {} if n < LONG else {"day": other}
        EventFactory(
            published=True,
            headline=f"Report {n:03}",
            wording=f"{n // 60 + 8:02}:{n % 60:02}",
            kind=kinds[n % 2],
            places=[quays[n % 3]],
            actors=[crew] if n % 4 == 0 else [],
            is_key=n % 9 == 0,
            **day,
        )
    return Log.objects.get().size


def change(editor):
    """Retell, move, rename, withdraw and take down some of it, and tell what is new."""
    events = list(Event.objects.order_by("pk"))
    for event in events[:6]:
        retell(event, editor, headline=f"{event.headline} put right")
    for event in events[6:12]:
        retell(event, editor, kind=KindFactory(name="Traffic"), is_key=not event.is_key)
    place = events[0].places.get()
    rename(place, editor, "The pier")
    withdraw(events[13], editor)
    withdraw(events[18], editor)
    take("entry/20")
    take("entry/28")
    tell(events[0].day, editor, 1)
    EventFactory(published=True, headline="What is new", wording="12:12", kind=fresh(events[0].kind))


@pytest.fixture
def then(built_then, db):
    return built_then


MOMENTS = (
    "log:{size}",
    "2021-11-01T18:00",
    "2021-11-01T18:00%2B01:00",
    "2021-11-01",
    "2021-03-28T01:30",  # A time that the clocks of Lisbon skipped.
    "2021-10-31T01:30",  # One that they showed twice.
)
PAGES = (
    "?",
    "day-3/?",
    "day-3/?after={after}&",
    "day-3/?order=newest&",
    "day-3/?kind=1&",
    "day-3/?kind=flood&",
    "day-3/?kind=flood&place=nowhere&after={after}&",
    "day-4/?",
    "day-4/?kind=flood&",
    "timeline/?",
    "timeline/?kind=1&place=2&",
    "timeline/?kind=flood&",
    "timeline/?kind=flood&place=quay+0&order=oldest&by=told&",
    "timeline/?kind=nothing&",
    "timeline/?kind=flood&actor=nobody&",
    "kind/1-flood/?",
    "kind/1-flood/?place=quay+0&from=2021-03-02&",
    "place/1-the-town/?",
    "place/1-the-town/?kind=flood&",
    "actor/1-the-crew/?kind=nothing&",
    "outlet/1-the-harbour-post/?kind=1&",
    "outlet/1-the-harbour-post/?kind=flood&",
    "outlet/1-the-harbour-post/?kind=flood&place=quay+0&from=2021-03-02&order=oldest&",
    "outlet/1-the-harbour-post/?kind=nothing&",
    "source/1-the-river-rises/?kind=flood&",
    "entry/1/?",
    "entry/60/?",
)


def asked(client, page, moment, size):
    """How many questions the first page of a process asks, and the same again."""
    if "{after}" in page:
        page = page.format(after=Entry.objects.get(headline="Report 099").sk)
    address = f"/the-flood/{page}as_of={moment.format(size=size)}"
    remembered.forget()
    return [queries(client, address), queries(client, address)]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_then_asks_more_than_eight_questions(client, then, page):
    for moment in MOMENTS:
        assert max(asked(client, page, moment, then)) <= MOST, moment


@pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith("entry/")])
def test_nor_does_one_out_of_more_entries_than_are_counted(client, then, page, monkeypatch):
    monkeypatch.setattr(candidates, "FEW", 20)
    monkeypatch.setattr(paging, "FEW", 20)

    for moment in MOMENTS[:2]:
        assert max(asked(client, page, moment, then)) <= MOST, moment


@pytest.mark.parametrize("page", ["day-3/", "day-4/", "timeline/", "place/1-the-town/"])
def test_nor_does_what_is_another_since_of_what_was_looked_for_by_its_name(client, then, page):
    for asked_for in ("kind=flood", "kind=nothing", "kind=flood&place=quay+0&order=newest"):
        remembered.forget()
        assert queries(client, f"/the-flood/{page}?{asked_for}&since={then}") <= MOST, asked_for


def test_names_that_were_not_read_with_the_zone_would_be_one_question_more(client, then, monkeypatch):
    zone = naming.with_zone
    monkeypatch.setattr(naming, "with_zone", lambda *given: (zone(*given)[0], None))

    assert asked(client, "day-3/?kind=flood&", "2021-11-01T18:00", then)[0] == MOST + 1


@pytest.mark.parametrize("named", ["kind=flood", "kind=nothing", "kind=flood&place=quay+1", "place=nowhere"])
def test_a_time_on_a_clock_finds_by_names_what_the_size_of_the_log_does(client, then, named):
    for page in ("day-3/", "timeline/", "actor/1-the-crew/"):
        by_clock, by_size = (
            headlines(client.get(f"/the-flood/{page}?{named}&as_of={moment}"))
            for moment in ("2021-11-01T18:00", f"log:{then}")
        )
        assert by_clock == by_size


def test_there_is_no_chronicle_to_read_a_time_by(client, then):
    assert client.get("/nowhere/timeline/?kind=flood&as_of=2021-11-01T18:00").status_code == 404
