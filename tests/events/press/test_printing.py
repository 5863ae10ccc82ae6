"""What the press prints: which edition, in what words, in which order; and what it never prints."""

from datetime import date

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.models import Chronicle, Edition, Entry, EntryTerm, Page, Term
from chronicle.models.edition import GENESIS
from chronicle.record.verifying import problems
from events import press
from events.editorial import moderation, publishing, writing
from events.models import Citation, Day, Event, Kind, Outlet, Place, Source
from events.press import log, placing
from events.press.classing import classify
from tests.support.cast import approve_all, fresh, make_event, publish


def entry_of(event):
    return Entry.objects.get(key=event.key)


def in_order():
    return list(Entry.objects.order_by("sk").values_list("headline", flat=True))


@pytest.fixture
def print_one(editor, moderator, day, kind, source):
    """Publish an event of that headline, at that time."""

    def print_it(headline, *, on=day, **fields):
        event = make_event(editor, on, kind, headline=headline, source=source, **fields)
        approve_all(event, moderator)
        publish(event, editor)
        return event

    return print_it


def revise(event, editor, **fields):
    event = fresh(event)
    for name, value in fields.items():
        setattr(event, name, value)
    writing.save_event(event, by=editor, seen=event.version)
    return publish(event, editor, note="Changed.")


def test_the_document_says_all_that_an_entry_shows(published, place):
    document = entry_of(published).document

    assert {name: document[name] for name in ("headline", "when", "earliest", "latest", "happened_on")} == {
        "headline": "A bridge is closed",
        "when": "14:30",
        "earliest": "2021-03-03T14:30:00Z",
        "latest": "2021-03-03T14:31:00Z",
        "happened_on": "2021-03-03",
    }
    printed = Term.objects.get(pk=document["citations"][0]["source"])
    assert (printed.kind, printed.label, printed.document["published_on"]) == (
        "source",
        "The river rises",
        "2021-03-04",
    )
    assert printed.document["outlet"] == document["citations"][0]["outlet"]


def test_an_entry_is_indexed_under_all_that_its_document_names(draft, place, editor, moderator):
    draft.places.add(place)
    approve_all(draft, moderator)

    publish(draft, editor)

    entry = entry_of(draft)
    links = EntryTerm.objects.filter(entry=entry)
    assert sorted(links.values_list("role", flat=True)) == ["kind", "outlet", "place", "source"]
    assert set(links.values_list("sk", flat=True)) == {entry.sk}


@pytest.mark.parametrize(
    ("fields", "action"),
    [
        ({"text": "<p>The city closed the bridge. It opened at night.</p>"}, "addition"),
        ({"text": "<p>The city closed.</p>"}, "correction"),
        ({"text": "<p>The town closed the bridge.</p>"}, "correction"),
        ({"headline": "A stone bridge is closed"}, "addition"),
        ({"wording": "15:30"}, "correction"),
        ({"wording": "at 14:30"}, "addition"),
        ({"position": 3}, "update"),
        ({"text": "<p>The city <em>closed</em> the bridge.</p>"}, "update"),
    ],
)
def test_a_second_edition_is_classed_by_what_changed(published, editor, fields, action):
    assert revise(published, editor, **fields).action == action


def test_a_place_more_is_an_addition_and_a_place_less_a_correction(published, place, editor):
    published.places.add(place)
    assert revise(published, editor).action == "addition"

    published.places.clear()
    assert revise(published, editor).action == "correction"


@pytest.mark.parametrize(
    ("old", "new", "action"),
    [
        ({"withdrawn": "x", "reported_on": "2021-03-03"}, {"headline": "A"}, "restoration"),
        ({"text": "<p>a b</p>"}, {"text": "<p>a c b</p>"}, "addition"),
        ({"text": "<p>a b</p>"}, {"text": "<p>b a</p>"}, "correction"),
        ({"label": "Old"}, {"label": "New"}, "correction"),
        ({"document": {"retracted": ""}}, {"document": {"retracted": "x"}}, "retraction"),
        ({"document": {"url": "a"}}, {"document": {"url": "b"}}, "update"),
    ],
)
def test_classes_a_difference(old, new, action):
    assert classify(old, new) == action


def test_editions_form_a_chain_that_begins_at_nothing(published, story):
    editions = list(story.editions.order_by("seq"))

    assert [edition.seq for edition in editions] == list(range(1, len(editions) + 1))
    assert [edition.previous_hash for edition in editions] == [GENESIS, *(e.hash for e in editions[:-1])]


def test_the_actor_of_an_edition_is_a_pseudonym_of_one_chronicle(published, story, editor, moderator):
    other = Chronicle.objects.create(title="Another", slug="another", first_date=story.first_date)
    names = {log.pseudonym(at, person) for at in (story, other) for person in (editor, moderator)}

    assert set(story.editions.values_list("actor", flat=True)) == {log.pseudonym(story, editor)}
    assert len(names) == 4
    assert not any("editor" in name for name in names)


def test_each_chronicle_has_a_chain_and_an_index_of_its_own(
    published, story, editor, moderator, kind, source
):
    other = Chronicle.objects.create(title="Another", slug="another", first_date=story.first_date)
    day = writing.save_day(Day(chronicle=other, date=other.first_date), by=editor)
    event = make_event(editor, day, kind, source=source)
    approve_all(event, moderator)

    publish(event, editor)

    assert other.editions.order_by("seq").first().previous_hash == GENESIS
    assert Term.objects.filter(key=source.key).count() == 2
    assert list(problems()) == []


def test_entries_stand_in_order_of_time_then_length_then_position(print_one):
    print_one("fourth", wording="15:00")
    print_one("third", wording="14:00–15:00")
    print_one("second", wording="14:00", position=2)
    print_one("first", wording="14:00", position=1)
    print_one("second, printed later", wording="14:00", position=2)

    assert in_order() == ["first", "second", "second, printed later", "third", "fourth"]
    assert list(problems()) == []


def test_entries_of_one_minute_are_renumbered_when_one_comes_between(print_one, editor):
    events = {name: print_one(name, wording="14:00", position=n) for n, name in enumerate("abc")}

    revise(events["c"], editor, position=-1)

    assert in_order() == ["c", "a", "b"]
    assert sorted(entry.sk & 0xFFF for entry in Entry.objects.all()) == [0, 1, 2]
    assert not EntryTerm.objects.exclude(sk__in=Entry.objects.values("sk")).exists()
    assert list(problems()) == []


def test_an_entry_moves_to_another_minute_with_its_time(print_one, editor):
    first, _ = print_one("first", wording="14:00"), print_one("second", wording="14:05")

    revise(first, editor, wording="14:10")

    assert in_order() == ["second", "first"]
    assert list(problems()) == []


def test_two_chronicles_share_a_minute_without_sharing_a_place(print_one, editor, day):
    print_one("one", wording="14:00")
    other = Chronicle.objects.create(
        title="Another", slug="another", first_date=day.date, zone="Europe/Lisbon"
    )
    print_one("two", wording="14:00", on=writing.save_day(Day(chronicle=other, date=day.date), by=editor))

    places = {entry.headline: entry.sk for entry in Entry.objects.all()}
    assert places["one"] >> 12 == places["two"] >> 12
    assert places["one"] != places["two"]
    assert list(problems()) == []


def test_a_time_before_1970_has_its_place(print_one, editor, story):
    story.first_date = date(1755, 11, 1)
    story.save()
    lisbon = writing.save_day(Day(chronicle=story, date=story.first_date), by=editor)

    print_one("second", wording="09:41", on=lisbon)
    print_one("first", wording="09:40", on=lisbon)

    assert in_order() == ["first", "second"]
    assert Entry.objects.order_by("sk").first().sk < 0
    assert list(problems()) == []


def test_a_minute_that_is_full_is_refused_in_words(print_one, monkeypatch):
    monkeypatch.setattr(placing, "PLACES_A_MINUTE", 2)
    print_one("one", wording="14:00")
    print_one("two", wording="14:00")

    with pytest.raises(publishing.Refused, match=r"in the same minute\. Give some"):
        print_one("three", wording="14:00")

    assert in_order() == ["one", "two"]


def test_two_days_may_tell_of_the_same_minute(print_one, editor, story):
    next_day = writing.save_day(Day(chronicle=story, date=date(2021, 3, 4)), by=editor)
    print_one("told next day", wording="the day before at 14:00", on=next_day)

    entry = Entry.objects.get()
    assert (entry.happened_on, entry.reported_on, entry.page.number) == (
        date(2021, 3, 3),
        date(2021, 3, 4),
        4,
    )
    assert list(Entry.objects.on_day(story, date(2021, 3, 3))) == [entry]
    assert list(Entry.objects.on_day(story, date(2021, 3, 4))) == [entry]


def all_that_is_printed():
    record = apps.get_app_config("chronicle").get_models()
    return serializers.serialize("json", [row for model in record for row in model.objects.all()])


def test_nothing_of_the_desk_that_is_not_published_is_in_the_record(published, editor, moderator, day, kind):
    hidden = Source.objects.create(
        outlet=Outlet.objects.create(name="MARKER outlet", side="MARKER"), title="MARKER source"
    )
    place = Place.objects.create(note="MARKER note")
    place.names.create(name="MARKER place")
    pending = Citation(event=published, source=hidden, quote="MARKER pending", locator="MARKER")
    rejected = Citation(event=published, source=hidden, quote="MARKER rejected")
    for citation in (pending, rejected):
        writing.save_citation(citation, by=editor)
    moderation.reject(rejected, by=moderator, seen=1, code="other", words="MARKER words")
    marked = Kind.objects.create(name="MARKER kind", description="MARKER")
    unpublished = make_event(
        editor, day, marked, headline="MARKER draft", text="<p>MARKER</p>", source=hidden
    )
    unpublished.places.add(place)
    approve_all(unpublished, moderator)
    day.headline = day.summary = "MARKER day"
    writing.save_day(day, by=editor, seen=1)
    published.headline = "MARKER staged"
    writing.save_event(published, by=editor, seen=published.version)
    published.places.add(place)

    changed = published.citations.get(state="approved")
    changed.quote = "MARKER changed"
    writing.save_citation(changed, by=editor, seen=1)
    moderation.retract_source(changed.source, by=moderator, seen=1, reason="Taken back.")

    printed = all_that_is_printed()
    assert "A bridge is closed" in printed
    assert "MARKER" not in printed
    assert editor.username not in printed


def test_control_the_leak_test_sees_a_marker_in_the_record(published):
    Page.objects.update(occasion="MARKER")

    assert "MARKER" in all_that_is_printed()


def test_withdrawn_words_are_in_no_table_but_the_editions(print_one, editor):
    event = print_one("MARKER headline", text="<p>MARKER text</p>", quote="MARKER quote")

    publishing.withdraw(event, by=editor, seen=1, reason="Told twice.")

    rows = [*Entry.objects.all(), *Page.objects.all(), *Term.objects.all()]
    assert "MARKER" not in serializers.serialize("json", rows)
    assert "MARKER" in str([edition.document for edition in Edition.objects.all()])
    assert list(problems()) == []


def submitted(day, kind, source, editor, moderator, count):
    """Many submitted events with an approved citation each, spread over the minutes of the day."""
    moment = Event(day=day, kind=kind, headline="x", wording="14:00", created_by=editor)
    moment.read_moment()
    common = {name: getattr(moment, name) for name in ("latest", "happened_on", "throughout", "edtf")}
    events = Event.objects.bulk_create(
        Event(
            day=day,
            kind=kind,
            headline=f"Event {n}",
            wording="14:00",
            earliest=moment.earliest.replace(minute=n % 60, second=0, hour=n // 60 % 14),
            state="submitted",
            created_by=editor,
            **common,
        )
        for n in range(count)
    )
    Citation.objects.bulk_create(
        Citation(
            event=event,
            source=source,
            quote=f"Quote {event.pk}",
            state="approved",
            submitted_by=editor,
            changed_by=editor,
            approved_by=moderator,
            approved_at=moment.earliest,
            approved_version=1,
        )
        for event in events
    )


def test_a_thousand_events_are_printed_without_a_query_each(
    story, day, kind, source, editor, moderator, print_one
):
    print_one("The first", wording="13:00")
    counts = {}
    for number in (100, 1000):
        submitted(day, kind, source, editor, moderator, number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert publishing.publish_submitted(story, by=editor).published == number
        counts[number] = len(queries)

    assert counts[1000] - counts[100] < 900 / 4
    assert Entry.objects.public().count() == 1101
    assert list(problems()) == []


def test_columns_that_an_older_version_filled_otherwise_are_filled_anew(print_one):
    print_one("Two nights", wording="overnight")
    print_one("Noon", wording="12:00")
    entries = Entry.objects.order_by("pk")
    before = list(entries.values())
    entries.filter(headline="Two nights").update(parts=1)
    assert "its column parts differs from its document" in next(problems())

    press.reprint(entries)

    assert list(entries.values()) == before
    assert list(problems()) == []


def test_cards_are_printed_again_in_batches(print_one, monkeypatch):
    monkeypatch.setattr("events.press.rendering.BATCH", 2)
    for name in "abc":
        print_one(name, wording="14:00")
    Entry.objects.update(card="stale")
    done = []

    assert press.reprint(Entry.objects.all(), progress=done.append) == 3

    assert done == [2, 1]
    assert list(problems()) == []
