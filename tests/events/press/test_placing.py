"""Where entries stand in time, and that nobody else's place is ever moved."""

from datetime import date

import pytest
from pyroaring import BitMap

from chronicle.models import Entry, EntryTerm
from chronicle.record import bitmaps, columns
from chronicle.record.verifying import problems
from events.editorial import writing
from tests.support.cast import entry_of, fresh, publish
from tests.support.factories import DayFactory, EventFactory, OutletFactory, SourceFactory, StoryFactory


def print_one(headline, **fields):
    return EventFactory(published=True, headline=headline, **fields)


def revise(event, editor, **fields):
    event = fresh(event)
    for name, value in fields.items():
        setattr(event, name, value)
    writing.save_event(event, by=editor, seen=event.version)
    publish(event, editor, note="Changed.")


def in_order():
    return list(Entry.objects.order_by("sk").values_list("headline", flat=True))


def places():
    return dict(Entry.objects.values_list("headline", "sk"))


def test_entries_stand_in_order_of_time_then_length_then_position(db):
    print_one("fifth", wording="15:00")
    print_one("fourth", wording="14:00–15:00")
    print_one("second", wording="14:00", position=2)
    print_one("first", wording="14:00", position=1)
    print_one("third, printed later", wording="14:00", position=2)

    assert in_order() == ["first", "second", "third, printed later", "fourth", "fifth"]
    assert list(problems()) == []


def test_an_open_start_stands_at_its_closed_end(db):
    print_one("by 18:00", wording="by 18:00")
    print_one("after 11:00", wording="after 11:00")
    print_one("noon", wording="12:00")
    print_one("five", wording="17:00")
    print_one("six", wording="18:00")

    assert in_order() == ["after 11:00", "noon", "five", "by 18:00", "six"]
    assert list(problems()) == []


def test_one_that_comes_between_moves_nobody(editor):
    events = {name: print_one(name, wording="14:00", position=n) for n, name in enumerate("abc", 1)}
    before = places()

    revise(events["c"], editor, position=0)

    assert in_order() == ["c", "a", "b"]
    assert {name: sk for name, sk in places().items() if name != "c"} == {
        name: sk for name, sk in before.items() if name != "c"
    }
    assert not EntryTerm.objects.exclude(sk__in=Entry.objects.values("sk")).exists()
    assert list(problems()) == []


def test_an_entry_moves_to_another_minute_with_its_time(editor):
    first, _ = print_one("first", wording="14:00"), print_one("second", wording="14:05")

    revise(first, editor, wording="14:10")

    assert in_order() == ["second", "first"]
    assert list(problems()) == []


def test_two_stories_share_a_minute_without_sharing_a_place(db):
    print_one("one", wording="14:00")
    other = StoryFactory(slug="the-fire")
    source = SourceFactory(outlet=OutletFactory(story=other))
    print_one("two", wording="14:00", day__story=other, kind__story=other, source=source)

    found = places()
    assert found["one"] >> columns.LOW_BITS == found["two"] >> columns.LOW_BITS
    assert found["one"] != found["two"]
    assert list(problems()) == []


def test_a_time_before_1970_has_its_place(db):
    story = StoryFactory(first_date=date(1755, 11, 1), last_date=date(1755, 11, 2))
    lisbon = DayFactory(story=story, date=story.first_date)

    print_one("second", wording="09:41", day=lisbon)
    print_one("first", wording="09:40", day=lisbon)

    assert in_order() == ["first", "second"]
    assert Entry.objects.order_by("sk").first().sk < 0
    assert list(problems()) == []


@pytest.mark.parametrize("bits", [2, 3])
def test_where_the_place_is_taken_the_next_is_noted_as_a_clash(monkeypatch, editor, bits):
    """With ids cut to so few bits that two rows of one minute meet; more than that many never fit."""
    monkeypatch.setattr(columns, "LOW_BITS", bits)
    names = "abcdefgh"[: 2**bits]
    print_one("elsewhere", wording="13:00")
    events = [print_one(name, wording="14:00") for name in names[:-1]]
    before = places()

    last = print_one(names[-1], wording="14:00")

    assert {name: sk for name, sk in places().items() if name != names[-1]} == before
    assert list(problems()) == []
    revise(events[0], editor, wording="14:01")
    revise(last, editor, wording="14:01")
    assert list(problems()) == []


def test_clashes_are_noted_and_no_other_row_moves(monkeypatch, editor):
    monkeypatch.setattr(columns, "LOW_BITS", 2)
    for n in range(3):
        print_one(f"at two, {n}", wording="14:00")
        print_one(f"at three, {n}", wording="15:00")

    assert Entry.objects.filter(clash__gt=0).exists()
    assert len(set(places().values())) == 6
    assert list(problems()) == []


def test_two_days_may_tell_of_the_same_minute(db):
    next_day = DayFactory(date=date(2021, 3, 4))
    event = print_one("told next day", wording="the day before at 14:00", day=next_day)

    entry = entry_of(event)
    assert (entry.happened_on, entry.told_on) == (date(2021, 3, 3), date(2021, 3, 4))
    names = ("day/2021-03-03", "day/2021-03-04")
    assert bitmaps.read(entry.chronicle_id, names) == dict.fromkeys(names, BitMap([entry.pk]))
