"""What the press prints: which edition, in what words, under which number; and what it never prints."""

import re

import pytest
from django.apps import apps
from django.core import serializers

from chronicle.models import Chronicle, Edition, Entry, EntryTerm, Log, Page, Sheet, Term
from chronicle.record.verifying import problems
from events.editorial import moderation, publishing, writing
from events.editorial.refused import Refused
from events.models import Citation, Printed, Pseudonym
from tests.support.cast import approve_all, editions_of, entry_of, fresh, make_event, publish, term_of
from tests.support.factories import (
    ActorFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    OutletFactory,
    PlaceFactory,
    SourceFactory,
    StoryFactory,
)


def revise(event, editor, *, places=None, **fields):
    event = fresh(event)
    for name, value in fields.items():
        setattr(event, name, value)
    writing.save_event(event, by=editor, seen=event.version, places=places)
    return publish(event, editor, note="Changed.")


def another_story(slug="the-fire"):
    return StoryFactory(slug=slug, title="The fire")


def published_in(story, **fields):
    """An event that is published in ``story``, with a kind and a source there."""
    return EventFactory(
        published=True,
        day__story=story,
        kind__story=story,
        source=SourceFactory(outlet=OutletFactory(story=story)),
        **fields,
    )


def test_the_document_says_all_that_an_entry_shows(draft, source, place, editor, moderator):
    actor = ActorFactory()
    draft.is_key, draft.position = True, 4
    writing.save_event(draft, by=editor, seen=1, places=[place], actors=[actor])
    approve_all(draft, moderator)

    publish(draft, editor)

    citation = draft.citations.get()
    assert entry_of(draft).document == {
        "format": 1,
        "language": "en",
        "note": "",
        "headline": "A bridge is closed",
        "text": "<p>The city closed the bridge.</p>",
        "moment": {
            "wording": "14:30",
            "earliest": "2021-03-03T14:30:00+00:00",
            "latest": "2021-03-03T14:31:00+00:00",
            "open_start": False,
            "open_end": False,
            "throughout": False,
            "precision": "minute",
            "carried": False,
            "happened_on": "2021-03-03",
            "told_on": "2021-03-03",
            "edtf": "2021-03-03",
        },
        "position": 4,
        "key": True,
        "kind": "kind/1",
        "places": [{"subject": "place/1"}],
        "actors": [{"subject": "actor/1"}],
        "citations": [
            {
                "key": str(citation.key),
                "source": "source/1",
                "outlet": "outlet/1",
                "origin": "outlet/1",
                "quote": "The bridge was closed.",
                "language": "",
                "translation": None,
                "locator": "",
                "stance": "supports",
                "credibility": None,
                "retracted": "",
            }
        ],
        "standing": "single",
    }


def test_instants_carry_the_offset_that_was_in_force(editor, moderator):
    story = StoryFactory(zone="America/New_York")
    event = EventFactory(published=True, day__story=story, wording="14:30")

    assert entry_of(event).document["moment"]["earliest"] == "2021-03-03T14:30:00-05:00"


def test_the_language_of_a_source_is_printed_where_it_has_one(draft, source, editor, moderator):
    source.language = "pt"
    writing.save_named(source, by=editor, seen=1)
    approve_all(draft, moderator)

    publish(draft, editor)

    assert term_of(source).document["language"] == "pt"
    assert term_of(source.outlet).document["language"] == "en"
    assert 'lang="pt"' in entry_of(draft).card


def test_an_entry_is_indexed_under_all_that_its_document_names(draft, place, editor, moderator):
    draft.places.add(place)
    approve_all(draft, moderator)

    publish(draft, editor)

    entry = entry_of(draft)
    links = EntryTerm.objects.filter(entry=entry)
    assert sorted(links.values_list("facet", flat=True)) == ["kind", "outlet", "place", "source"]
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
        ({"is_key": True}, "update"),
        ({"text": "<p>The city <em>closed</em> the bridge.</p>"}, "update"),
    ],
)
def test_a_second_edition_is_classed_by_what_changed(published, editor, fields, action):
    assert revise(published, editor, **fields).action == action


def test_a_place_more_is_an_addition_and_a_place_less_a_correction(published, place, editor):
    assert revise(published, editor, places=[place]).action == "addition"

    assert revise(published, editor, places=[]).action == "correction"


def test_a_subject_keeps_its_number_and_counts_its_editions(published, editor):
    revise(published, editor, headline="Two bridges are closed")
    revise(published, editor, headline="Three bridges are closed")

    editions = editions_of(published)
    assert [(edition.subject, edition.edition) for edition in editions] == [
        ("entry/1", 1),
        ("entry/1", 2),
        ("entry/1", 3),
    ]
    assert entry_of(published).edition == 3


def test_editions_are_counted_without_gaps_and_never_go_back_in_time(published, editor):
    revise(published, editor, headline="Two bridges are closed")

    editions = list(Edition.objects.order_by("seq"))
    assert [edition.seq for edition in editions] == list(range(1, len(editions) + 1))
    assert [edition.at for edition in editions] == sorted(edition.at for edition in editions)
    assert not any(edition.at.microsecond % 1000 for edition in editions)


def numbers():
    """The numbers that each facet has in the record, in the order of their first printing."""
    found = {}
    firsts = Edition.objects.filter(edition=1).order_by("seq").values_list("subject", flat=True)
    for facet, _, number in (subject.partition("/") for subject in firsts):
        if facet not in ("chronicle", "page"):
            found.setdefault(facet, []).append(int(number))
    return found


def test_numbers_are_given_in_order_of_first_printing_without_gaps(db):
    kinds = [KindFactory(name=name) for name in ("Damage", "Rescue", "Statement")]
    places = [PlaceFactory(name=name) for name in ("Bridge", "Harbour", "Mill")]
    for kind, place in zip(reversed(kinds), reversed(places), strict=True):
        EventFactory(published=True, kind=kind, places=[place])

    assert [fresh(row).printed.number for row in (*kinds, *places)] == [3, 2, 1, 3, 2, 1]
    assert numbers() == {
        "kind": [1, 2, 3],
        "place": [1, 2, 3],
        "outlet": [1],
        "source": [1, 2, 3],
        "entry": [1, 2, 3],
    }
    assert Log.objects.get().numbers == {facet: given[-1] for facet, given in numbers().items()}


def test_a_refused_publication_takes_no_number(published, editor, moderator, other_source):
    kind, place = KindFactory(name="Rescue"), PlaceFactory()
    refused = EventFactory(approved=True, kind=kind, places=[place], source=other_source)
    moderation.retract_source(other_source, by=moderator, seen=1, reason="Taken back.")
    unsealable = EventFactory(approved=True, kind=kind, places=[place])
    type(unsealable).objects.filter(pk=unsealable.pk).update(headline="Decomposed: e\u0301")
    before = numbers()
    for event in (refused, unsealable):
        with pytest.raises(Refused):
            publish(event, editor)
    assert numbers() == before

    publish(EventFactory(approved=True, kind=kind, places=[place]), editor)

    assert all(given == list(range(1, len(given) + 1)) for given in numbers().values())
    assert (fresh(kind).printed.number, fresh(place).printed.number) == (2, 1)
    assert list(problems()) == []


def test_each_story_has_a_log_an_index_and_numbers_of_its_own(published, story):
    elsewhere = published_in(another_story())

    assert entry_of(elsewhere).number == entry_of(published).number == 1
    assert [log.chronicle.slug for log in Log.objects.order_by("pk")] == ["the-flood", "the-fire"]
    assert Edition.objects.filter(seq=1, subject="chronicle", action="opening").count() == 2
    assert Term.objects.filter(facet="source", number=1).count() == 2
    assert list(problems()) == []


def test_a_person_has_one_random_pseudonym_a_story(published, story, editor, moderator):
    published_in(another_story(), by=editor)
    approved = Citation(event=published, source=SourceFactory(broadcast=True), quote="It was shut.")
    moderation.approve(writing.save_citation(approved, by=editor), by=moderator, seen=1)

    names = {(one.story.slug, one.person.username): one.name for one in Pseudonym.objects.all()}
    people = {slug: {name for of, name in names if of == slug} for slug, _ in names}
    assert people == {"the-flood": {"opener", "editor", "moderator"}, "the-fire": {"opener", "editor"}}
    assert len(set(names.values())) == 5
    assert not any("editor" in name or "moderator" in name for name in names.values())
    for (slug, _), name in names.items():
        assert Edition.objects.filter(chronicle__slug=slug, by=name).exists()
    assert set(Edition.objects.values_list("by", flat=True)) == set(names.values())


def test_pseudonyms_are_not_made_of_what_they_stand_for(editor):
    names = set()
    for number in range(20):
        published_in(another_story(f"story-{number}"), by=editor)
        names.add(Pseudonym.objects.get(story__slug=f"story-{number}", person=editor).name)

    assert len(names) == 20


def all_that_is_printed():
    record = apps.get_app_config("chronicle").get_models()
    return serializers.serialize("json", [row for model in record for row in model.objects.all()])


def test_nothing_of_the_desk_that_is_not_published_is_in_the_record(published, editor, moderator, day, kind):
    hidden = SourceFactory(outlet=OutletFactory(name="MARKER outlet", side="MARKER"), title="MARKER source")
    place = PlaceFactory(note="MARKER note", name="MARKER place")
    pending = Citation(event=published, source=hidden, quote="MARKER pending", locator="MARKER")
    rejected = Citation(event=published, source=hidden, quote="MARKER rejected")
    for citation in (pending, rejected):
        writing.save_citation(citation, by=editor)
    moderation.reject(rejected, by=moderator, seen=1, code="other", words="MARKER words")
    marked = KindFactory(name="MARKER kind", description="MARKER")
    unpublished = make_event(
        editor, day, marked, headline="MARKER draft", text="<p>MARKER</p>", source=hidden, places=[place]
    )
    approve_all(unpublished, moderator)
    day.headline = day.summary = "MARKER day"
    writing.save_day(day, by=editor, seen=1)
    published.headline = "MARKER staged"
    writing.save_event(published, by=editor, seen=published.version, places=[place])

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


def test_no_key_of_the_desk_is_in_a_document_a_seal_or_an_address(db):
    """Rows of the desk whose keys are nothing like the numbers that they are printed under."""
    for number in range(30):
        DayFactory(story=another_story(f"story-{number}"))
        KindFactory(name=f"Kind {number}")
        OutletFactory(name=f"Outlet {number}")
        SourceFactory(outlet__name=f"Outlet {number}", title=f"Source {number}")
        PlaceFactory(name=f"Place {number}")
    place, kind = PlaceFactory(name="Ford"), KindFactory(name="Last")
    source = SourceFactory(outlet__name="Last", title="Last")

    event = EventFactory(published=True, kind=kind, places=[place], source=source)

    document = entry_of(event).document
    assert (document["kind"], document["places"]) == ("kind/1", [{"subject": "place/1"}])
    assert document["citations"][0]["source"] == "source/1"
    assert {row.printed.number for row in map(fresh, (place, kind, source, event, source.outlet))} == {1}
    assert entry_of(event).get_absolute_url() == "/the-flood/entry/1/"


def test_withdrawn_words_are_in_no_table_but_the_sheets(editor):
    event = EventFactory(published=True, headline="MARKER headline", text="<p>MARKER text</p>")

    publishing.withdraw(event, by=editor, seen=1, reason="Told twice.")

    rows = [*Entry.objects.all(), *Page.objects.all(), *Term.objects.all(), *Chronicle.objects.all()]
    assert "MARKER" not in serializers.serialize("json", rows)
    assert "MARKER" in str([sheet.document for sheet in Sheet.objects.all()])
    assert list(problems()) == []


def test_a_restoration_does_not_bring_what_was_withdrawn_back_into_sight(editor, client):
    event = EventFactory(published=True, headline="MARKER headline", text="<p>MARKER text</p>")
    publishing.withdraw(event, by=editor, seen=1, reason="Told twice.")
    publishing.reopen_event(event, by=editor, seen=1)
    event = fresh(event)
    event.headline, event.text = "A ford is closed", "<p>By the city.</p>"
    writing.save_event(event, by=editor, seen=1)
    publish(event, editor, note="It was told once.")
    revise(event, editor, headline="Two fords are closed")

    page = client.get(entry_of(event).get_absolute_url()).content.decode()

    assert "Two fords are closed" in page
    assert re.search(r"<del>.*A.*ford.*is.*</del>", page, re.DOTALL)
    assert "MARKER" not in page


def test_the_desk_knows_what_is_printed_under_which_number(published, story):
    links = {(link.facet, link.number) for link in Printed.objects.filter(story=story)}

    assert links == {("page", 3), ("kind", 1), ("outlet", 1), ("source", 1), ("entry", 1)}
    assert fresh(published).printed.number == 1
    assert fresh(published.day).printed.number == 3
