"""How the desk's rows are saved: by whom, over which version, and what follows for readers."""

from datetime import date

import pytest

from chronicle.models import Edition, Entry, Term
from events.editorial import moderation, publishing, writing
from events.editorial.refused import Refused, Stale
from events.models import Actor, Citation, Day, Decision, Event, Kind, Outlet, Place
from tests.support.cast import approve_all, fresh, publish


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
        "day": lambda: writing.save_day(Day(chronicle=day.chronicle, date=date(2021, 3, 5)), by=moderator),
        "kind": lambda: writing.save_named(Kind(name="Weather"), by=moderator),
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
    [("quote", "Otherwise."), ("locator", "par. 2"), ("stance", "mentions"), ("credibility", 3)],
)
def test_changing_any_cited_word_takes_the_approval_back(citation, other_editor, moderator, name, value):
    moderation.approve(citation, by=moderator, seen=1)
    changed = fresh(citation)
    setattr(changed, name, value)

    writing.save_citation(changed, by=other_editor, seen=1)

    saved = fresh(citation)
    assert (saved.state, saved.version, saved.changed_by) == ("pending", 2, other_editor)
    assert (saved.approved_by, saved.approved_at, saved.approved_version) == (None, None, None)
    assert saved.words_sha256() != citation.words_sha256()


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


def test_refuses_to_cite_for_an_event_that_was_deleted(draft, source, editor):
    Event.objects.filter(pk=draft.pk).delete()

    with pytest.raises(Refused, match="deleted this in the meantime"):
        writing.save_citation(Citation(event_id=draft.pk, source=source, quote="Said."), by=editor)


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
    published.day = writing.save_day(Day(chronicle=story, date=date(2021, 3, 5)), by=editor)
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


def rename(place, editor, name):
    place = fresh(place)
    writing.save_named(place, by=editor, seen=place.version)
    place.names.update(name=name)
    return writing.printed_names_changed(place, by=editor)


def test_renaming_a_place_prints_its_term_and_the_cards_that_show_it(placed, place, editor):
    before = Entry.objects.get()

    assert rename(place, editor, "The new bridge") == 1

    entry, term = Entry.objects.get(), Term.objects.get(kind="place")
    edition = Edition.objects.filter(subject_kind="term", subject_id=term.pk).last()
    assert (term.label, term.slug) == ("The new bridge", "the-old-bridge")
    assert (edition.number, edition.action, edition.document["label"]) == (2, "correction", "The new bridge")
    assert "The new bridge" in entry.card
    assert "The old bridge" not in entry.card
    assert entry.document == before.document
    assert Edition.objects.filter(subject_kind="entry").count() == 1


def test_renaming_what_no_reader_saw_prints_nothing(place, editor):
    assert rename(place, editor, "The new bridge") == 0

    assert not Edition.objects.exists()


def test_a_note_for_the_desk_is_not_printed(placed, place, editor):
    place.note = "MARKER"
    writing.save_named(place, by=editor, seen=1)

    assert writing.printed_names_changed(place, by=editor) == 0


def test_a_place_is_shown_by_the_names_its_chronicle_prefers(story, placed, place, editor):
    for position, name in enumerate(("Eski körpü", "Hin kamurj"), 1):
        place.names.create(name=name, position=position).preferred_in.add(story)

    writing.printed_names_changed(place, by=editor)

    assert Term.objects.get(kind="place").label == "Eski körpü / Hin kamurj"


def test_many_long_names_are_cut_to_what_a_term_holds(story, placed, place, editor):
    for number in range(4):
        place.names.create(name=str(number) * 120).preferred_in.add(story)

    writing.printed_names_changed(place, by=editor)

    assert len(Term.objects.get(kind="place").label) == 300


def test_a_source_that_moves_to_another_outlet_changes_the_standing_of_its_entries(
    published, source, other_source, editor, moderator
):
    second = Citation(event=published, source=other_source, quote="It was shut.")
    writing.save_citation(second, by=editor)
    approve_all(published, moderator)
    assert Entry.objects.get().standing == "corroborated"
    other_source.outlet = source.outlet
    writing.save_named(other_source, by=editor, seen=1)

    writing.printed_names_changed(other_source, by=editor)

    assert Entry.objects.get().standing == "single"


def test_a_source_may_move_to_an_outlet_that_was_never_printed(published, source, editor):
    source.outlet = Outlet.objects.create(name="The Estuary Gazette")
    writing.save_named(source, by=editor, seen=1)

    writing.printed_names_changed(source, by=editor)

    printed = Entry.objects.get().document["citations"][0]
    assert Term.objects.get(pk=printed["outlet"]).label == "The Estuary Gazette"


def test_two_places_of_one_name_have_two_addresses(draft, editor, moderator):
    for _ in range(2):
        place = Place.objects.create()
        place.names.create(name="Ford")
        draft.places.add(place)
    approve_all(draft, moderator)

    publish(draft, editor)

    assert sorted(Term.objects.filter(kind="place").values_list("slug", flat=True)) == ["ford", "ford-2"]


def test_places_and_actors_are_saved_with_the_event(editor, day, kind, place):
    actor = Actor.objects.create()

    event = writing.save_event(
        Event(day=day, kind=kind, headline="A bridge is closed"), by=editor, places=[place], actors=[actor]
    )

    assert (list(event.places.all()), list(event.actors.all())) == ([place], [actor])


def test_a_change_of_places_alone_counts_and_leaves_the_actors(published, editor, place):
    actor = Actor.objects.create()
    published.actors.add(actor)

    writing.save_event(published, by=editor, seen=1, places=iter([place]))

    saved = fresh(published)
    assert (list(saved.places.all()), list(saved.actors.all())) == ([place], [actor])
    assert (saved.version, saved.staged) == (2, True)


def test_a_refused_save_leaves_places_as_they_were(draft, editor, place):
    draft.places.add(place)

    with pytest.raises(Stale):
        writing.save_event(draft, by=editor, seen=0, places=[])

    assert list(draft.places.all()) == [place]
