"""Which dates the desk takes: days of their story, all in the years 1 to 3999."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from events.editorial import publishing, stories, writing
from events.editorial.refused import Refused
from events.models import Day, Source, Story
from tests.support.cast import approve_all, fresh, make_event, open_to_readers
from tests.support.desk import Desk, errors
from tests.support.factories import DayFactory

NOW = datetime(2021, 3, 10, 23, 30, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def open_story(story):
    """The story of the flood, while it goes on."""
    Story.objects.update(last_date=None)
    return fresh(story)


@pytest.mark.parametrize("on", [date(2021, 2, 28), date(2021, 3, 7), date(1, 1, 1), date(3999, 12, 31)])
def test_a_day_lies_between_the_first_and_the_last(story, editor, on):
    with pytest.raises(Refused, match=r"is no day of “The flood”, .* from 1 March 2021 to 6 March 2021\."):
        writing.save_day(Day(story=story, date=on), by=editor)


@pytest.mark.parametrize("on", [date(2021, 3, 1), date(2021, 3, 6)])
def test_the_first_and_the_last_day_are_days(story, editor, on):
    assert writing.save_day(Day(story=story, date=on), by=editor).pk


def test_while_it_goes_on_days_run_to_a_year_from_now(open_story, editor, now):
    last = NOW.date() + timedelta(days=366)

    assert writing.save_day(Day(story=open_story, date=last), by=editor).pk
    with pytest.raises(Refused, match="to 11 March 2022, a year from now, while it goes on"):
        writing.save_day(Day(story=open_story, date=last + timedelta(days=1)), by=editor)


def test_now_is_by_the_clock_of_the_story(open_story, editor, now):
    open_story.zone = "Asia/Tokyo"
    open_story.save()
    on = NOW.date() + timedelta(days=367)

    assert writing.save_day(Day(story=open_story, date=on), by=editor).pk


def test_the_form_says_so_beside_the_date(editor, day):
    desk = Desk(editor)

    response = desk.save(desk.open(day), date="2021-03-20", headline="Typed with care")

    assert "20 March 2021 is no day of “The flood”" in response.context["adminform"].form.errors["date"][0]
    assert "Typed with care" in response.content.decode()
    assert fresh(day).date == date(2021, 3, 3)


@pytest.mark.parametrize("days", [{"last_date": date(2021, 3, 2)}, {"first_date": date(2021, 3, 4)}])
def test_a_story_cannot_leave_out_a_day_that_the_desk_has(unopened, day, admin_person, days):
    for field, value in days.items():
        setattr(unopened, field, value)

    with pytest.raises(Refused, match="The desk has a day of 3 March 2021"):
        stories.save_story(unopened, by=admin_person, seen=1)


def test_its_form_gives_that_refusal_back_with_what_was_typed(story, day, admin_person):
    desk = Desk(admin_person)

    response = desk.save(desk.open(story), last_date="2021-03-02", title="Typed with care")

    assert "The desk has a day of 3 March 2021" in errors(response)
    assert "Typed with care" in response.content.decode()
    assert fresh(story).last_date == date(2021, 3, 6)


def test_a_story_is_at_most_a_hundred_years_long(story, admin_person):
    story.last_date = date(2122, 1, 1)

    with pytest.raises(Refused, match="last day: Give a last day at most 100 years after the first"):
        stories.save_story(story, by=admin_person, seen=1)


def test_while_it_goes_on_it_is_no_longer_either(open_story, editor, now):
    Story.objects.update(first_date=date(202, 1, 1))  # a mistyped 2021
    story = fresh(open_story)

    assert writing.save_day(Day(story=story, date=date(302, 12, 31)), by=editor).pk
    with pytest.raises(Refused, match="to 31 December 302, 100 years after the first"):
        writing.save_day(Day(story=story, date=date(2021, 3, 3)), by=editor)


def test_it_cannot_begin_with_a_day_that_begins_before_the_calendar(admin_person, client):
    """By the clock of Tokyo, 1 January of the year 1 begins in the year 0, which no date can tell."""
    desk = Desk(admin_person)
    empty = desk.get("events_story_add")
    typed = {"title": "The first", "slug": "first", "zone": "Asia/Tokyo"}

    response = desk.save(empty, **typed, first_date="0001-01-01")
    desk.save(empty, **typed, first_date="0001-01-02")
    open_to_readers(Story.objects.get())
    DayFactory(story=Story.objects.get(), date=date(1, 1, 2), headline="The first day", published=True)

    assert "Give 2 January of the year 1 or a later day." in errors(response)
    assert client.get("/first/day-1/").status_code == 200


def test_control_that_day_has_no_page(client, db):
    Story.objects.bulk_create(
        [Story(title="The first", slug="first", zone="Asia/Tokyo", first_date=date(1, 1, 1))]
    )
    open_to_readers(Story.objects.get())

    with pytest.raises(OverflowError):
        client.get("/first/day-1/")


@pytest.mark.parametrize(("field", "value"), [("last_date", "9999-12-31"), ("first_date", "4000-01-01")])
def test_its_dates_lie_in_the_years_1_to_3999(unopened, story, admin_person, field, value):
    desk = Desk(admin_person)

    response = desk.save(desk.open(story), **{field: value})

    assert "Give a date in the years 1 to 3999." in errors(response)


@pytest.mark.parametrize(
    "written", ["4000-01-01", "0000", "2021-02-29", "2021-13", "March 2021", "2021-3-4", "2021-03-04T12:00"]
)
def test_so_does_the_date_of_a_source_which_is_one_of_a_calendar(source, editor, written):
    source.published_on = written

    with pytest.raises(Refused, match=f"published on: “{written}” is no date. Write 2020-11-08, or 2020-11"):
        writing.save_named(source, by=editor, seen=1)
    assert Source.objects.get().published_on == "2021-03-04"


@pytest.mark.parametrize("written", ["", "2021", "2021-03", "2024-02-29", "0001-01-01", "3999-12-31"])
def test_of_a_source_only_the_month_or_year_may_be_known(source, editor, written):
    source.published_on = written

    writing.save_named(source, by=editor, seen=1)

    assert fresh(source).published_on == written


@pytest.mark.parametrize(
    ("earliest", "latest"),
    [
        (("0001-01-01", "00:00:00"), ("2021-03-03", "12:00:00")),
        (("2021-03-03", "12:00:00"), ("9999-12-31", "23:59:59")),
        (("2021-03-03", "12:00:00"), ("4000-01-01", "00:00:00")),
    ],
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_overruled_bounds_outside_those_years_are_refused_beside_them(draft, editor, zone, earliest, latest):
    Story.objects.update(zone=zone)
    desk = Desk(editor)
    bounds = {"overruled_earliest": earliest, "overruled_latest": latest}
    typed = {f"{name}_{n}": part for name, parts in bounds.items() for n, part in enumerate(parts)}

    response = desk.save(desk.open(draft), **typed)

    assert "Give a time in the years 1 to 3999." in errors(response)
    assert all(f'value="{part}"' in response.content.decode() for part in (*earliest, *latest))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_the_widest_overruled_bounds_are_kept_in_every_zone(draft, editor, zone):
    Story.objects.update(zone=zone)
    desk = Desk(editor)

    desk.save(
        desk.open(draft),
        overruled_earliest_0="0001-01-03",
        overruled_earliest_1="00:00:00",
        overruled_latest_0="3999-12-30",
        overruled_latest_1="00:00:00",
    )

    assert (fresh(draft).earliest.year, fresh(draft).latest.year) == (1, 3999)


@pytest.mark.parametrize("wording", ["9998-07-04", "4000-07-04", "3999-12-31 23:59"])
def test_a_wording_that_tells_another_year_is_refused_beside_it(draft, editor, wording):
    Story.objects.update(zone="America/New_York")
    desk = Desk(editor)

    response = desk.save(desk.open(draft), wording=wording)

    assert "Give a time in the years 1 to 3999." in response.context["adminform"].form.errors["wording"]
    assert fresh(draft).wording == "14:30"


def test_the_verb_says_the_same(draft, editor):
    draft.wording = "9998-07-04"

    with pytest.raises(Refused, match="when: Give a time in the years 1 to 3999"):
        writing.save_event(draft, by=editor, seen=1)


@pytest.mark.parametrize("year", [1, 2020, 9999])
def test_nothing_is_published_at_a_time_that_is_past_or_far_off(editor, moderator, day, kind, source, year):
    event = make_event(editor, day, kind, source=source)
    approve_all(event, moderator)

    with pytest.raises(Refused, match=r"is past|within a year from now"):
        publishing.publish(event, by=editor, seen=1, at=datetime(year, 12, 31, tzinfo=UTC))


def test_it_may_wait_a_year(draft, editor, moderator):
    approve_all(draft, moderator)
    at = timezone.now() + timedelta(days=365)

    publishing.publish(draft, by=editor, seen=1, at=at)

    assert fresh(draft).publish_at == at


def test_without_the_rule_a_day_could_lie_anywhere(story, editor, monkeypatch):
    """The control: what the tests above would not notice if they proved nothing."""
    monkeypatch.setattr(Day, "clean", lambda day: None)

    assert writing.save_day(Day(story=story, date=date(3999, 12, 31)), by=editor).pk
