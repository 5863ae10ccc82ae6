"""The timeline: all days of a chronicle, narrowed, searched, in order, and a page at a time."""

import re
from datetime import date, time

import pytest

from events.editorial import writing
from tests.support.cast import fresh
from tests.support.factories import EventFactory, PlaceFactory
from tests.support.reading import headlines, main_of, notices, total
from tests.support.record import Telling, make_page, make_source, make_story, make_term, print_entries

ADDRESS = "/the-flood/timeline/"


@pytest.fixture
def flood(db):
    return make_story()


def told(**fields) -> str:
    """An event of the desk that readers have; its headline."""
    return EventFactory(published=True, **fields).headline


class TestOrder:
    def test_of_one_month_days_come_in_their_order_whatever_was_entered_first(self, client, flood):
        kind = make_term(flood, "kind", "Damage")
        for day in (date(2021, 3, 3), date(2021, 3, 6), date(2021, 3, 2)):
            print_entries(make_page(flood, day), [Telling(f"Day {day.day}", kind)])

        assert headlines(client.get(ADDRESS + "?order=oldest")) == ["Day 2", "Day 3", "Day 6"]
        assert headlines(client.get(ADDRESS)) == ["Day 6", "Day 3", "Day 2"]

    def test_before_ten_stands_before_ten(self, client, db):
        at = told(wording="10:00", headline="At ten")
        before = told(wording="before 10:00", headline="Before ten")

        assert headlines(client.get(ADDRESS + "?order=oldest")) == [before, at]

    def test_by_when_told_what_was_told_later_stands_later(self, client, flood):
        kind = make_term(flood, "kind", "Damage")
        print_entries(make_page(flood, date(2021, 3, 2)), [Telling("Told on the second", kind)])
        late = Telling("Told on the fifth of the first", kind, happened_on=date(2021, 3, 1))
        print_entries(make_page(flood, date(2021, 3, 5)), [late])

        by_told = headlines(client.get(ADDRESS + "?order=oldest&by=told"))

        assert by_told == ["Told on the second", "Told on the fifth of the first"]
        assert headlines(client.get(ADDRESS + "?order=oldest")) == by_told[::-1]


class TestDays:
    @pytest.mark.parametrize("day", ["2021-03-02", "2021-03-03"])
    def test_what_may_touch_several_days_is_found_by_each(self, client, db, day):
        headline = told(wording="overnight")

        assert headlines(client.get(f"{ADDRESS}?from={day}&to={day}")) == [headline]

    def test_and_not_by_the_days_about_it(self, client, db):
        told(wording="overnight")

        assert headlines(client.get(f"{ADDRESS}?to=2021-03-01")) == []
        assert headlines(client.get(f"{ADDRESS}?from=2021-03-04")) == []

    def test_days_are_those_of_the_story_and_the_end_of_a_year_works(self, client, db):
        story = make_story(first_date=date(2020, 12, 1), last_date=date(2021, 1, 31), zone="Asia/Tokyo")
        kind = make_term(story, "kind", "Damage")
        for day in (date(2020, 12, 31), date(2021, 1, 1)):
            first, last = time(0, 0), time(23, 59)
            tellings = [Telling(f"{day} {at}", kind, at=at, minutes=1) for at in (first, last)]
            print_entries(make_page(story, day), tellings)

        december = headlines(client.get(f"{ADDRESS}?from=2020-12-01&to=2020-12-31&order=oldest"))

        assert december == ["2020-12-31 00:00:00", "2020-12-31 23:59:00"]

    def test_by_when_told_it_is_the_day_that_tells(self, client, flood):
        kind = make_term(flood, "kind", "Damage")
        late = Telling("Told late", kind, happened_on=date(2021, 3, 1))
        print_entries(make_page(flood, date(2021, 3, 5)), [late])

        assert headlines(client.get(f"{ADDRESS}?from=2021-03-05&by=told")) == ["Told late"]
        assert headlines(client.get(f"{ADDRESS}?from=2021-03-05")) == []


class TestChoices:
    def test_a_place_holds_what_lies_in_it(self, client, db):
        region = PlaceFactory(name="The region")
        town = PlaceFactory(name="The town", within=region)
        headline = told(places=[town])
        told(headline="Elsewhere", places=[PlaceFactory(name="Elsewhere")])
        number = fresh(region).printed.number

        response = client.get(f"{ADDRESS}?place={number}")

        assert headlines(response) == [headline]
        assert total(response) == "1"

    def test_what_lies_elsewhere_since_is_found_there(self, client, db, editor):
        region, other = PlaceFactory(name="The region"), PlaceFactory(name="The other")
        town = PlaceFactory(name="The town", within=region)
        headline = told(places=[town])
        told(headline="Elsewhere", places=[other])
        move(town, other, editor)

        assert headlines(client.get(f"{ADDRESS}?place={fresh(region).printed.number}")) == []
        assert headline in headlines(client.get(f"{ADDRESS}?place={fresh(other).printed.number}"))

    def test_by_stance_outlet_and_source(self, client, flood):
        kind = make_term(flood, "kind", "Damage")
        one, other = make_source(flood), make_source(flood, title="Another", outlet="The Other")
        page = make_page(flood)
        print_entries(page, [Telling("One", kind, sources=[one]), Telling("Two", kind, sources=[other])])

        assert headlines(client.get(f"{ADDRESS}?source={other.number}")) == ["Two"]
        assert headlines(client.get(f"{ADDRESS}?outlet=1")) == ["One"]
        assert len(headlines(client.get(f"{ADDRESS}?stance=supports"))) == 2
        assert headlines(client.get(f"{ADDRESS}?stance=disputes")) == []

    def test_only_key_events(self, client, flood):
        kind = make_term(flood, "kind", "Damage")
        print_entries(make_page(flood), [Telling("One", kind), Telling("Two", kind, key=True)])

        response = client.get(f"{ADDRESS}?key=1")

        assert headlines(response) == ["Two"]
        assert "Only key events" in main_of(response)


def move(place, into, editor) -> None:
    """Have ``place`` lie in ``into``, for readers too."""
    place = fresh(place)
    place.within = into
    writing.save_named(place, by=editor, seen=place.version)
    writing.print_again(fresh(place), by=editor)


BAD = {
    "from=tomorrow": "“tomorrow” is no day: write from as year-month-day, 2020-11-08.",
    "to=2021-02-31": "“2021-02-31” is no day: write to as year-month-day, 2020-11-08.",
    "from=2021-03-05&to=2021-03-01": "The first day comes after the last, so that nothing lies between them.",
    "order=random": "“random” is none of the values of order: newest, oldest, best.",
    "by=written": "“written” is none of the values of by: happened, told.",
    "standing=tea&part=noon": "Passed over, because this site knows no such choice: noon, tea.",
    "place=Atlantis": "No place here is called “Atlantis”.",
    "since=x": "“x” is no size that the log of this chronicle had, and was passed over.",
}


@pytest.mark.parametrize("query", BAD)
def test_what_means_nothing_is_told_in_a_sentence(client, db, query):
    told()

    response = client.get(f"{ADDRESS}?{query}")

    assert response.status_code == 200
    assert BAD[query] in notices(response)


@pytest.mark.parametrize(
    "query", ["after=x", "before=9" * 20, "after=1.2.3", "after=-9223372036854775808", "q=%00"]
)
def test_a_place_that_is_none_is_no_error(client, db, query):
    told()

    assert client.get(f"{ADDRESS}?{query}").status_code == 200


DAY_OF_LIST = re.compile(r'<section class="day[^"]*">.*?<time datetime="([^"]*)">(.*?)</section>', re.DOTALL)


def test_a_night_stands_under_the_day_that_it_belongs_to(client, db):
    """It begins in the evening before, where something else happened after."""
    night = told(wording="overnight", headline="Rain all night")
    late = told(wording="the day before at 23:30", headline="A bridge is closed")

    found = dict(DAY_OF_LIST.findall(client.get(ADDRESS).content.decode()))

    assert list(found) == ["2021-03-02", "2021-03-03"]
    assert late in found["2021-03-02"]
    assert night in found["2021-03-03"]
