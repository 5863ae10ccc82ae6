"""When a moment is read: as its words, day or bounds or the clock of its story change, and never else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from chronicle.record.verifying import problems
from events.editorial import moderation, publishing, stories, writing
from events.editorial.refused import Refused
from events.models import Event
from tests.support.cast import approve_all, entry_of, fresh, open_to_readers, publish, rewrite
from tests.support.desk import Desk
from tests.support.factories import CitationFactory, DayFactory, EventFactory, StoryFactory

AS_THE_EDITOR_SAW_IT = {
    "earliest": datetime(2021, 3, 3, 9, 0, tzinfo=UTC),
    "latest": datetime(2021, 3, 3, 9, 30, tzinfo=UTC),
    "edtf": "2021-03-03",
    "open_end": True,
}
"""Bounds that the grammar of today would not read from “14:30”."""


@pytest.fixture
def read_before(draft):
    """A draft whose words were read otherwise than they would be now."""
    Event.objects.filter(pk=draft.pk).update(**AS_THE_EDITOR_SAW_IT)
    return fresh(draft)


def bounds(event):
    event = fresh(event)
    return {name: getattr(event, name) for name in AS_THE_EDITOR_SAW_IT}


@pytest.mark.parametrize(
    "values",
    [{"headline": "Two bridges"}, {"text": "<p>Both.</p>"}, {"position": 3}, {"is_key": True}, {}],
    ids=["headline", "text", "position", "key", "nothing"],
)
def test_saving_something_else_does_not_read_it(read_before, editor, values):
    rewrite(read_before, editor, **values)

    assert bounds(read_before) == AS_THE_EDITOR_SAW_IT


def test_nor_does_saving_another_field_in_the_form(read_before, editor):
    desk = Desk(editor)

    desk.save(desk.open(read_before), headline="Two bridges")

    assert fresh(read_before).headline == "Two bridges"
    assert bounds(read_before) == AS_THE_EDITOR_SAW_IT


def test_nor_does_any_verb(read_before, editor, moderator, other_source):
    publishing.submit(read_before, by=editor, seen=1)
    publishing.reopen_event(read_before, by=editor, seen=1)
    approve_all(read_before, moderator)
    publish(read_before, editor)
    CitationFactory(approved=True, event=read_before, source=other_source)
    assert entry_of(read_before).document["moment"]["latest"] == "2021-03-03T09:30:00+00:00"

    publishing.withdraw(read_before, by=editor, seen=1, reason="Told twice.")
    publishing.reopen_event(read_before, by=editor, seen=1)
    publish(read_before, editor, note="Told once.")
    moderation.retract_source(other_source, by=moderator, seen=1, reason="Taken back.")

    assert bounds(read_before) == AS_THE_EDITOR_SAW_IT
    printed = entry_of(read_before)
    assert (printed.earliest, printed.open_end) == (AS_THE_EDITOR_SAW_IT["earliest"], True)
    assert list(problems()) == []


@pytest.mark.parametrize("field", ["wording", "day", "bounds"])
def test_a_change_of_what_it_is_read_from_reads_it(read_before, editor, field):
    bounds_of_editor = {
        "overruled_earliest": datetime(2021, 3, 3, 14, 30, tzinfo=UTC),
        "overruled_latest": datetime(2021, 3, 3, 14, 31, tzinfo=UTC),
    }
    values = {
        "wording": {"wording": "at 14:30"},
        "day": {"day": DayFactory(date=date(2021, 3, 4))},
        "bounds": bounds_of_editor,
    }[field]

    rewrite(read_before, editor, **values)

    assert (fresh(read_before).earliest.time(), fresh(read_before).open_end) == (time(14, 30), False)


def test_words_typed_anew_are_carried_on_from_nowhere(draft, editor):
    Event.objects.update(carried=True)
    rewrite(draft, editor, headline="Two bridges")
    assert fresh(draft).carried

    rewrite(draft, editor, wording="at 14:30")

    assert not fresh(draft).carried


def test_a_clock_that_takes_a_draft_out_of_the_calendar_is_refused(admin_person):
    story = StoryFactory(
        unopened=True, first_date=date(3999, 12, 31), last_date=None, zone="Pacific/Kiritimati"
    )
    EventFactory(day=DayFactory(story=story, date=story.first_date), wording="23:00")

    with pytest.raises(Refused, match=r"cannot be told by that clock\. Give a time in the years 1 to 3999"):
        change(story, admin_person, zone="America/New_York")


def test_a_day_that_moves_to_another_date_reads_all_its_events(read_before, editor):
    day = read_before.day
    day.date = date(2021, 3, 4)

    writing.save_day(day, by=editor, seen=1)

    event = fresh(read_before)
    assert (event.earliest, event.version) == (datetime(2021, 3, 4, 14, 30, tzinfo=UTC), 2)


def test_other_words_of_a_day_read_nothing(read_before, editor):
    day = read_before.day
    day.headline = "The water rises"

    writing.save_day(day, by=editor, seen=1)

    assert bounds(read_before) == AS_THE_EDITOR_SAW_IT
    assert fresh(read_before).version == 1


@pytest.fixture
def in_utc(db):
    """A story in UTC of which nothing is printed, with drafts."""
    story = StoryFactory(unopened=True, zone="UTC")
    return story, EventFactory(wording="14:00", approved=True), EventFactory(headline="No time given")


def change(story, by, **values):
    story = fresh(story)
    for name, value in values.items():
        setattr(story, name, value)
    return stories.save_story(story, by=by, seen=story.version)


def test_a_draft_at_14_00_is_published_at_14_00_by_the_clock_it_has_then(
    in_utc, editor, admin_person, client
):
    story, event, _ = in_utc
    change(story, admin_person, zone="Asia/Tokyo")
    open_to_readers(story)

    publish(event, editor)

    entry = entry_of(event)
    assert entry.document["moment"]["earliest"] == "2021-03-03T14:00:00+09:00"
    assert entry.earliest == datetime(2021, 3, 3, 5, 0, tzinfo=UTC)
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "14:00, Tokyo time" in page
    assert "23:00" not in page
    assert list(problems()) == []


def test_the_desk_and_the_record_agree_with_nothing_staged(in_utc, editor, admin_person):
    story, event, _ = in_utc
    change(story, admin_person, zone="Asia/Tokyo")
    open_to_readers(story)
    publish(event, editor)

    event = fresh(event)
    assert not event.staged
    assert entry_of(event).earliest == event.earliest
    assert publish(event, editor) is None


def test_a_change_of_zone_says_which_drafts_moved(in_utc, admin_person):
    story, event, other = in_utc

    moved = change(story, admin_person, zone="Asia/Tokyo")

    assert len(moved) == 2
    assert moved[0].startswith("“A bridge is closed”, told on 3 March 2021: now ")
    assert "14:00" in moved[0]
    assert (fresh(event).version, fresh(other).version) == (2, 2)


def test_a_draft_that_moves_only_by_its_dates_is_read_and_said_too(in_utc, admin_person):
    story, _, _ = in_utc
    lasting = EventFactory(wording="13:00 to 20:00 UTC", headline="It rains")

    moved = change(story, admin_person, zone="Asia/Tokyo")

    assert "“It rains”" in {sentence.partition(",")[0] for sentence in moved}
    assert fresh(lasting).edtf == "2021-03-03/2021-03-04"


def test_its_form_says_so_too(in_utc, admin_person):
    story, _, _ = in_utc
    desk = Desk(admin_person)

    desk.save(desk.open(story), zone="Asia/Tokyo")

    page = desk.open(story)
    assert "Read again by the new clock: “A bridge is closed”, told on 3 March 2021" in page.content.decode()


def test_a_part_of_the_day_moves_the_drafts_that_rest_on_it(in_utc, editor, admin_person):
    story, event, _ = in_utc
    resting = EventFactory(wording="in the morning", headline="By the morning")

    moved = change(story, admin_person, morning_begins=time(5))

    assert [sentence.partition("”")[0] for sentence in moved] == ["“By the morning"]
    assert fresh(resting).earliest == datetime(2021, 3, 3, 5, tzinfo=UTC)
    assert (fresh(event).version, fresh(resting).version) == (1, 2)


def test_another_setting_reads_no_draft(in_utc, admin_person):
    story, event, _ = in_utc
    Event.objects.filter(pk=event.pk).update(**AS_THE_EDITOR_SAW_IT)

    assert change(story, admin_person, title="High water") == []

    assert bounds(event) == AS_THE_EDITOR_SAW_IT


def test_a_clock_that_a_draft_cannot_be_told_by_is_refused_with_its_name(in_utc, editor, admin_person):
    story, event, _ = in_utc
    Event.objects.filter(pk=event.pk).update(wording="words of no grammar")

    with pytest.raises(Refused, match="“A bridge is closed” cannot be told by that clock"):
        change(story, admin_person, zone="Asia/Tokyo")

    assert fresh(story).zone == "UTC"


def test_who_saw_an_older_reading_is_told_before_they_publish(in_utc, editor, admin_person):
    story, event, _ = in_utc
    change(story, admin_person, zone="Asia/Tokyo")

    with pytest.raises(Refused, match="Somebody has changed this since"):
        publishing.publish(event, by=editor, seen=1)


def test_overruled_bounds_stay_as_instants(in_utc, editor, admin_person):
    story, event, _ = in_utc
    noon = datetime(2021, 3, 3, 12, tzinfo=UTC)
    rewrite(event, editor, overruled_earliest=noon, overruled_latest=noon + timedelta(hours=1))

    change(story, admin_person, zone="Asia/Tokyo")

    assert fresh(event).earliest == noon
