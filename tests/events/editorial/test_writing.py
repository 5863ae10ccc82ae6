"""How the desk's rows are saved: by whom, over which version, and what follows for readers."""

from datetime import date

import pytest

from chronicle.models import Edition
from events.editorial import moderation, publishing, writing
from events.editorial.refused import Refused, Stale
from events.models import Citation, Day, Decision, Event, Kind
from tests.support.cast import approve_all, editions_of, entry_of, fresh, make_event, publish, term_of
from tests.support.factories import ActorFactory, OutletFactory, PlaceFactory
from tests.support.proposals import change


def test_a_new_event_is_a_draft_of_its_author(day, kind, editor):
    event = writing.save_event(
        Event(day=day, kind=kind, headline="A bridge is closed", wording="14:30"), by=editor
    )

    assert (event.state, event.version, event.created_by) == ("draft", 1, editor)
    assert event.earliest.isoformat() == "2021-03-03T14:30:00+00:00"


def test_saving_counts_the_version_up_and_keeps_what_verbs_own(draft, editor, other_editor):
    typed = fresh(draft)
    typed.headline, typed.state, typed.created_by = "Two bridges", "published", other_editor

    writing.save_event(typed, by=other_editor, seen=1)

    saved = fresh(draft)
    assert (saved.headline, saved.version) == ("Two bridges", 2)
    assert (saved.state, saved.created_by) == ("draft", editor)


def test_refuses_to_save_over_a_newer_version(draft, editor, other_editor):
    mine, theirs = fresh(draft), fresh(draft)
    theirs.headline = "Theirs"
    writing.save_event(theirs, by=other_editor, seen=1)
    mine.headline = "Mine"

    with pytest.raises(Stale):
        writing.save_event(mine, by=editor, seen=1)

    assert fresh(draft).headline == "Theirs"


def test_text_is_cleaned_whoever_saves_it(draft, editor):
    draft.text = '<p onclick="x">Closed<script>alert(1)</script> <a href="javascript:x">here</a></p>'

    writing.save_event(draft, by=editor, seen=1)

    assert fresh(draft).text == '<p>Closed <a rel="nofollow noopener noreferrer">here</a></p>'


@pytest.mark.parametrize("row", ["event", "citation", "day", "kind"])
def test_a_moderator_writes_nothing(row, draft, citation, day, kind, moderator):
    attempts = {
        "event": lambda: writing.save_event(draft, by=moderator, seen=1),
        "citation": lambda: writing.save_citation(citation, by=moderator, seen=1),
        "day": lambda: writing.save_day(Day(story=day.story, date=date(2021, 3, 5)), by=moderator),
        "kind": lambda: writing.save_named(Kind(story=day.story, name="Weather"), by=moderator),
    }

    with pytest.raises(Refused, match=r"You may not (add a new|change this)"):
        attempts[row]()


def test_a_new_citation_waits_for_review_whatever_it_says_of_itself(draft, source, editor, moderator):
    citation = Citation(event=draft, source=source, quote="Said.", state="approved", submitted_by=moderator)

    writing.save_citation(citation, by=editor)

    saved = fresh(citation)
    assert (saved.state, saved.submitted_by, saved.changed_by) == ("pending", editor, editor)
    assert Decision.objects.filter(citation=citation, verb="submit", by=editor).exists()


def test_saving_a_citation_unchanged_changes_nothing(citation, editor, moderator):
    moderation.approve(citation, by=moderator, seen=1)

    saved = writing.save_citation(fresh(citation), by=editor, seen=1)

    assert (saved.state, saved.version) == ("approved", 1)
    assert not Decision.objects.filter(verb="change").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quote", "Otherwise."),
        ("language", "pt"),
        ("translation", "It was shut."),
        ("locator", "par. 2"),
        ("stance", "mentions"),
        ("credibility", 3),
    ],
)
def test_changing_any_cited_word_takes_the_approval_back(citation, other_editor, moderator, name, value):
    moderation.approve(citation, by=moderator, seen=1)
    changed = fresh(citation)
    setattr(changed, name, value)
    if name == "translation":
        changed.translation_language, changed.translated_by = "en", "the desk"

    writing.save_citation(changed, by=other_editor, seen=1)

    saved = fresh(citation)
    assert (saved.state, saved.version, saved.changed_by) == ("pending", 2, other_editor)
    assert (saved.approved_by, saved.approved_at, saved.approved_version) == (None, None, None)
    assert saved.words() != citation.words()


def test_changing_the_source_takes_the_approval_back(citation, other_source, editor, moderator):
    moderation.approve(citation, by=moderator, seen=1)
    changed = fresh(citation)
    changed.source = other_source

    writing.save_citation(changed, by=editor, seen=1)

    assert (fresh(citation).state, fresh(citation).source) == ("pending", other_source)


def test_refuses_to_save_a_citation_over_a_newer_version(citation, editor, other_editor):
    for person, words in ((other_editor, "Theirs."), (editor, "Mine.")):
        typed = fresh(citation)
        typed.quote = words
        if person == editor:
            with pytest.raises(Stale):
                writing.save_citation(typed, by=person, seen=1)
        else:
            writing.save_citation(typed, by=person, seen=1)

    assert fresh(citation).quote == "Theirs."


def test_refuses_to_cite_for_an_event_that_was_deleted(day, kind, source, editor):
    event = make_event(editor, day, kind)
    citation = Citation(event=event, source=source, quote="Said.")
    Event.objects.filter(pk=event.pk).delete()

    with pytest.raises(Refused, match="deleted this in the meantime"):
        writing.save_citation(citation, by=editor)


def test_a_day_moves_while_no_reader_knows_it(day, editor):
    day.date = date(2021, 3, 4)

    writing.save_day(day, by=editor, seen=1)

    assert (fresh(day).number, fresh(day).version) == (4, 2)


def test_a_day_that_readers_know_cannot_move(published, editor):
    day = fresh(published.day)
    day.date = date(2021, 3, 4)

    with pytest.raises(Refused, match="readers know"):
        writing.save_day(day, by=editor, seen=1)


def test_a_day_cannot_move_though_its_last_event_is_staged_to_leave_it(published, editor, story):
    left = published.day
    published.day = writing.save_day(Day(story=story, date=date(2021, 3, 5)), by=editor)
    writing.save_event(published, by=editor, seen=published.version)
    left.date = date(2021, 3, 4)

    with pytest.raises(Refused, match="readers know"):
        writing.save_day(left, by=editor, seen=1)


def test_the_words_of_a_published_day_are_staged(day, editor):
    day.headline = "The water rises"
    writing.save_day(day, by=editor, seen=1)
    publishing.publish_day(day, by=editor, seen=2)
    day = fresh(day)
    day.headline = "The water falls"

    writing.save_day(day, by=editor, seen=2)

    assert (fresh(day).staged, fresh(day).published_version) == (True, 2)


def test_refuses_to_rename_over_a_newer_version(kind, editor):
    writing.save_named(fresh(kind), by=editor, seen=1)

    with pytest.raises(Stale):
        writing.save_named(kind, by=editor, seen=1)


@pytest.fixture
def placed(draft, place, editor, moderator):
    """Published, under a place."""
    draft.places.add(place)
    approve_all(draft, moderator)
    publish(draft, editor)
    return draft


def rename(place, editor, name, **note):
    place = fresh(place)
    writing.save_named(place, by=editor, seen=place.version)
    place.names.update(name=name)
    writing.print_again(place, by=editor, **note)


def test_renaming_a_place_prints_its_term_and_the_cards_that_show_it(placed, place, editor):
    before = entry_of(placed)

    rename(place, editor, "The new bridge")

    entry, term, edition = entry_of(placed), term_of(place), editions_of(place)[-1]
    assert (term.number, term.label, term.slug) == (1, "The new bridge", "the-new-bridge")
    assert (edition.edition, edition.action) == (2, "correction")
    assert edition.document["names"][0]["name"] == "The new bridge"
    assert edition.document["note"] == "Its entry in the index was changed."
    assert "The new bridge" in entry.card
    assert "The old bridge" not in entry.card
    assert entry.document == before.document
    assert len(editions_of(placed)) == 1


def test_renaming_what_no_reader_saw_prints_nothing(place, editor):
    rename(place, editor, "The new bridge")

    assert not Edition.objects.exclude(action="opening").exists()


def test_a_note_for_the_desk_is_not_printed(placed, place, editor):
    place.note = "MARKER"
    writing.save_named(place, by=editor, seen=1)

    writing.print_again(place, by=editor)

    assert len(editions_of(place)) == 1


def test_a_place_is_shown_by_its_preferred_names(placed, place, editor):
    for position, name in enumerate(("Eski körpü", "Hin kamurj"), 1):
        place.names.create(name=name, position=position, preferred=True)

    writing.print_again(place, by=editor)

    assert term_of(place).label == "Eski körpü / Hin kamurj"


def test_many_long_names_are_cut_to_what_a_term_holds(placed, place, editor):
    for number in range(4):
        place.names.create(name=str(number) * 120, preferred=True)

    writing.print_again(place, by=editor)

    assert len(term_of(place).label) == 300


def test_a_source_that_moves_to_another_outlet_changes_the_standing_of_its_entries(
    published, source, other_source, editor, moderator
):
    second = Citation(event=published, source=other_source, quote="It was shut.")
    writing.save_citation(second, by=editor)
    approve_all(published, moderator)
    assert entry_of(published).standing == "corroborated"

    change(other_source, editor, moderator, outlet=source.outlet)

    assert entry_of(published).standing == "single"


def test_a_source_may_move_to_an_outlet_that_was_never_printed(published, source, editor, moderator):
    change(source, editor, moderator, outlet=OutletFactory(name="The Estuary Gazette"))
    source = fresh(source)

    printed = entry_of(published).document["citations"][0]
    assert printed["outlet"] == printed["origin"] == term_of(source.outlet).subject
    assert "The Estuary Gazette" in entry_of(published).card


def test_two_places_of_one_name_have_two_addresses(draft, editor, moderator):
    places = [PlaceFactory(name="Ford") for _ in range(2)]
    draft.places.set(places)
    approve_all(draft, moderator)

    publish(draft, editor)

    assert [(term_of(place).number, term_of(place).slug) for place in places] == [(1, "ford"), (2, "ford")]


def test_places_and_actors_are_saved_with_the_event(editor, day, kind, place):
    actor = ActorFactory()

    event = writing.save_event(
        Event(day=day, kind=kind, headline="A bridge is closed"), by=editor, places=[place], actors=[actor]
    )

    assert (list(event.places.all()), list(event.actors.all())) == ([place], [actor])


def test_a_change_of_places_alone_counts_and_leaves_the_actors(published, editor, place):
    actor = ActorFactory()
    published.actors.add(actor)

    writing.save_event(published, by=editor, seen=1, places=[place])

    saved = fresh(published)
    assert (list(saved.places.all()), list(saved.actors.all())) == ([place], [actor])
    assert (saved.version, saved.staged) == (2, True)


def test_a_refused_save_leaves_places_as_they_were(draft, editor, place):
    draft.places.add(place)

    with pytest.raises(Stale):
        writing.save_event(draft, by=editor, seen=0, places=[])

    assert list(draft.places.all()) == [place]
