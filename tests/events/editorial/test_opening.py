"""How a story is printed as a chronicle once it is open: its settings are printed from then on."""

import uuid
from datetime import date

import pytest
from django.conf import settings

from chronicle.models import Edition, Log
from chronicle.record import columns
from chronicle.record.verifying import problems
from events.editorial import stories, writing
from events.editorial.refused import Refused, Stale
from events.models import Story
from tests.support.cast import chronicle_of, entry_of, fresh, publish
from tests.support.factories import DayFactory


def save(story, by, note="", **values):
    story = fresh(story)
    for name, value in values.items():
        setattr(story, name, value)
    return stories.save_story(story, by=by, seen=story.version, note=note)


def of_the_chronicle():
    return list(Edition.objects.with_document().filter(subject="chronicle").order_by("seq"))


def test_what_is_printed_of_it_and_under_which_key_and_origin(published, story):
    chronicle = chronicle_of(story)

    assert chronicle.origin == f"{settings.CHRONICLE_ORIGIN}/{story.key}"
    assert chronicle.document == {
        "format": 1,
        "language": "en",
        "note": "",
        "origin": chronicle.origin,
        "slug": "the-flood",
        "title": "The flood",
        "description": "",
        "first_date": "2021-03-01",
        "first_number": 1,
        "last_date": "2021-03-06",
        "zone": "Europe/Lisbon",
        "morning": "06:00",
        "afternoon": "12:00",
        "evening": "18:00",
        "name_style": "slash",
        "policy": {"citations_needed": 1},
    }


SETTINGS = [
    ("title", "The great flood", "its title", "addition"),
    ("title", "High water", "its title", "correction"),
    ("description", "The river rose.", "its description", "addition"),
    ("language", "pt", "its language", "update"),
    ("last_date", date(2021, 3, 9), "its last day", "update"),
    ("last_date", None, "its last day", "update"),
    ("name_style", "first", "how it shows several names", "update"),
]


@pytest.mark.parametrize(("field", "value", "words", "action"), SETTINGS)
def test_what_readers_see_of_it_is_printed_at_once(
    published, story, admin_person, field, value, words, action
):
    save(story, admin_person, **{field: value})

    last = of_the_chronicle()[-1]
    assert (last.edition, last.action) == (2, action)
    assert last.document["note"] == f"Changed: {words}."
    assert Edition.objects.latest("seq") == last
    assert list(problems()) == []


def test_its_note_may_be_the_editors(published, story, admin_person):
    save(story, admin_person, title="High water", note=" It is called so now. ")

    assert of_the_chronicle()[-1].document["note"] == "It is called so now."


def test_saving_it_unchanged_prints_nothing(published, story, admin_person):
    save(story, admin_person)

    assert len(of_the_chronicle()) == 1


def test_who_changed_it_stands_there_under_a_pseudonym(published, story, admin_person):
    save(story, admin_person, title="High water")

    opening, last = of_the_chronicle()
    assert opening.by != last.by
    assert admin_person.username not in last.by


def test_a_change_over_a_newer_version_is_refused(published, story, admin_person):
    mine = fresh(story)
    save(story, admin_person, title="High water")
    mine.title = "Mine"

    with pytest.raises(Stale):
        stories.save_story(mine, by=admin_person, seen=1)

    assert chronicle_of(story).title == "High water"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "high-water"),
        ("zone", "Asia/Baku"),
        ("first_date", date(2021, 2, 28)),
        ("first_number", 5),
        ("morning_begins", "05:00"),
        ("afternoon_begins", "13:00"),
        ("evening_begins", "19:00"),
    ],
)
def test_what_is_relied_on_stays_as_it_was_printed(published, story, admin_person, field, value):
    story = fresh(story)
    setattr(story, field, Story._meta.get_field(field).to_python(value))

    with pytest.raises(Refused, match=r"The record relies on .*: that cannot change once"):
        stories.save_story(story, by=admin_person, seen=1)

    assert len(of_the_chronicle()) == 1
    assert list(problems()) == []


def test_the_last_day_cannot_be_moved_before_a_day_of_the_desk(published, story, admin_person, editor):
    with pytest.raises(Refused, match="The desk has a day of 3 March 2021"):
        save(story, admin_person, last_date=date(2021, 3, 2))
    DayFactory(date=date(2021, 3, 5))
    with pytest.raises(Refused, match="The desk has a day of 5 March 2021"):
        save(story, admin_person, last_date=date(2021, 3, 4))

    save(story, admin_person, last_date=date(2021, 3, 5))

    assert chronicle_of(story).last_date == date(2021, 3, 5)


def test_its_key_never_changes(published, story, admin_person):
    key = story.key
    changed = fresh(story)
    changed.key = uuid.uuid4()
    changed.title = "High water"

    stories.save_story(changed, by=admin_person, seen=1)

    assert fresh(story).key == key == chronicle_of(story).key


def test_a_style_of_names_relabels_terms_and_cards_without_an_edition_of_them(
    published, place, story, admin_person, editor, client
):
    place.names.create(name="Ponte Velha", language="pt", position=1)
    place.names.update(preferred=True)
    writing.save_event(published, by=editor, seen=1, places=[place])
    publish(published, editor, note="Its place.")
    entry, size = entry_of(published), Log.objects.get().size
    assert "The old bridge / Ponte Velha" in entry.card

    save(story, admin_person, name_style="first")

    log = Log.objects.get()
    assert (log.size, log.presented > 0) == (size + 1, True)
    assert entry_of(published).commitment == entry.commitment
    assert "The old bridge / Ponte Velha" not in entry_of(published).card
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "The old bridge" in page
    assert "Ponte Velha" not in page
    assert list(problems()) == []


def test_a_new_title_alone_presents_nothing_anew(published, story, admin_person):
    before = Log.objects.get().presented

    save(story, admin_person, title="High water")

    assert Log.objects.get().presented == before


def test_columns_of_the_chronicle_are_those_of_its_document(published, story):
    chronicle = chronicle_of(story)

    for name, value in columns.of_chronicle(chronicle.document).items():
        assert getattr(chronicle, name) == value
