"""Sources and outlets in use: whoever saves a change of one, it waits, and readers keep what they have."""

from datetime import date

import pytest

from chronicle.models import Edition
from events.editorial import guarding, moderation, publishing, writing
from events.editorial.copying import copy
from events.editorial.refused import Refused
from events.importers import drafts
from events.models import Citation, Outlet, Proposal, Source
from tests.support.cast import approve_all, editions_of, entry_of, fresh, make_person, term_of
from tests.support.factories import (
    CitationFactory,
    EventFactory,
    OutletFactory,
    SourceFactory,
    StoryFactory,
)
from tests.support.proposals import propose

OF_A_SOURCE = {
    "title": "The river falls",
    "genre": "statement",
    "published_on": "2021-03-05",
    "url": "https://post.example/falls",
    "archived_url": "https://archive.example/falls",
    "language": "pt",
}
OF_AN_OUTLET = {
    "name": "The Estuary Gazette",
    "nature": "agency",
    "country": "Portugal",
    "side": "the city",
    "reliability": "A",
    "reliability_reason": "It was right each time.",
    "reliability_since": date(2021, 3, 1),
    "url": "https://gazette.example/",
}


def record():
    return list(Edition.objects.order_by("seq").values_list("subject", "action"))


def save(row, by, **values):
    row = fresh(row)
    for name, value in values.items():
        setattr(row, name, value)
    writing.save_named(row, by=by, seen=row.version)
    writing.print_again(row, by=by)
    return row


@pytest.mark.parametrize(("name", "value"), OF_A_SOURCE.items())
@pytest.mark.parametrize("who", ["editor", "admin_person"])
def test_no_field_of_a_cited_source_changes_by_anybody_alone(published, source, request, who, name, value):
    before, was = record(), getattr(source, name)

    row = save(source, request.getfixturevalue(who), **{name: value})

    assert getattr(fresh(source), name) == was == getattr(row, name)
    assert row.proposed.fields == {name: value}
    assert (fresh(source).version, record()) == (1, before)


@pytest.mark.parametrize(("name", "value"), OF_AN_OUTLET.items())
def test_nor_does_one_of_its_outlet(published, outlet, editor, name, value):
    before, was = record(), getattr(outlet, name)

    row = save(outlet, editor, **{name: value})

    assert getattr(fresh(outlet), name) == was
    assert list(row.proposed.fields) == [name]
    assert record() == before


def test_all_that_readers_see_of_either_is_guarded():
    """What a form of either has, its story apart, which never changes."""
    for model, names in guarding.GUARDED.items():
        fields = {field.name for field in model._meta.concrete_fields if field.editable}
        assert set(names) == fields - {"id", "story"}


def test_a_source_that_moves_to_another_outlet_leaves_a_single_source_single(
    draft, source, outlet, editor, moderator
):
    second = SourceFactory(outlet=outlet, title="The river stands")
    CitationFactory(event=draft, source=second, quote="It was shut.")
    approve_all(draft, moderator)
    publishing.publish(draft, by=editor, seen=draft.version)
    assert entry_of(draft).standing == "single"

    row = save(second, editor, outlet=OutletFactory(name="Radio Estuary"))

    assert (fresh(second).outlet, row.outlet) == (outlet, outlet)
    assert entry_of(draft).standing == "single"


def test_an_approval_is_enough_though_nothing_is_printed(draft, source, editor, moderator):
    approve_all(draft, moderator)

    assert save(source, editor, title="Another").proposed
    assert save(source.outlet, editor, name="Another").proposed


def test_so_is_one_that_was_taken_back_since(draft, citation, source, editor, moderator):
    moderation.approve(citation, by=moderator, seen=1)
    moderation.reopen(citation, by=moderator, seen=1)

    assert save(source, editor, title="Another").proposed


def test_control_what_nobody_approved_is_saved_at_once(draft, source, editor):
    row = save(source, editor, title="Another")

    assert (row.proposed, fresh(source).title, fresh(source).version) == (None, "Another", 2)
    assert save(source.outlet, editor, name="The Other Post").proposed is None
    assert not Proposal.objects.exists()


def test_without_the_guard_readers_would_have_it_at_once(published, source, editor, monkeypatch):
    """The control: what the tests above would not notice if they proved nothing."""
    monkeypatch.setattr(guarding, "in_use", lambda row: False)

    save(source, editor, title="Another")

    assert term_of(source).label == "Another"


def test_what_is_relayed_by_a_source_in_use_is_in_use(draft, source, editor, moderator):
    agency = SourceFactory(outlet__name="The Agency", title="River over its banks")
    save(source, editor, relays=agency)
    approve_all(draft, moderator)

    assert save(agency, editor, outlet=source.outlet).proposed
    assert save(agency.outlet, editor, name="Another agency").proposed


def test_so_is_what_an_open_proposal_names(published, source, editor):
    other = SourceFactory(outlet=OutletFactory(name="The Ministry"), title="A statement")
    propose(source, editor, outlet=OutletFactory(name="The Estuary Gazette"), relays=other)

    assert save(Outlet.objects.get(name="The Estuary Gazette"), editor, name="Fake").proposed
    assert save(other, editor, title="Fake").proposed
    assert save(other.outlet, editor, name="Fake").proposed


def test_a_second_save_of_the_same_person_is_added_to_the_first(published, source, editor):
    first = propose(source, editor, title="Another", note="One.", why="See there.")
    second = propose(source, editor, language="pt", title="A third", note="")

    assert first == second == Proposal.objects.get()
    assert (second.fields, second.note, second.version) == (
        {"title": "A third", "language": "pt"},
        "One.",
        2,
    )
    assert [(each.verb, each.note) for each in second.decisions.order_by("pk")] == [
        ("propose", "See there."),
        ("change", ""),
    ]


def test_somebody_else_is_told_that_one_waits(published, source, editor, other_editor):
    propose(source, editor, title="Another")

    with pytest.raises(Refused, match="editor has proposed a change of this, which is decided first"):
        save(source, other_editor, language="pt")

    assert Proposal.objects.get().fields == {"title": "Another"}


def test_what_is_said_without_a_change_is_refused_and_added_to_what_waits(published, source, editor):
    same = fresh(source)
    with pytest.raises(Refused, match="Nothing would change by this"):
        writing.save_named(same, by=editor, seen=1, note="A note.")
    propose(source, editor, title="Another", note="")

    writing.save_named(same, by=editor, seen=1, note="A note.")

    assert Proposal.objects.get().note == "A note."


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": ""}, "title: This field cannot be blank"),
        ({"published_on": "March"}, "is no date"),
        ({"url": "ftp://post.example/"}, "Enter a valid URL"),
    ],
)
def test_what_no_form_would_take_is_not_proposed_either(published, source, editor, values, sentence):
    with pytest.raises(Refused, match=sentence):
        propose(source, editor, **values)

    assert not Proposal.objects.exists()


def test_nor_is_an_address_that_another_source_has(published, source, editor):
    SourceFactory(outlet=source.outlet, title="Again", url="https://post.example/river")

    with pytest.raises(Refused, match="has a source of that address already"):
        propose(source, editor, url="http://www.post.example/river/#a")


def test_nor_an_outlet_of_another_story(published, source, editor):
    other = OutletFactory(story=StoryFactory(slug="the-fire"), name="Elsewhere")

    with pytest.raises(Refused, match="belongs to another story"):
        propose(source, editor, outlet=other)


def test_a_note_too_long_for_a_line_is_refused(published, source, editor):
    with pytest.raises(Refused, match="in at most 200 characters"):
        propose(source, editor, title="Another", note="x" * 201)


def test_who_may_not_change_a_source_may_not_propose(published, source, moderator):
    with pytest.raises(Refused, match="You may not change this source"):
        propose(source, moderator, title="Another")


def test_an_import_notes_its_text_and_changes_nothing_that_readers_see(published, source, editor):
    source = fresh(source)
    source.fingerprint = "ab" * 32

    writing.save_named(source, by=editor, seen=1)

    assert (fresh(source).fingerprint, Proposal.objects.count()) == ("ab" * 32, 0)
    assert drafts.writing is writing


def test_a_copy_in_another_story_is_a_row_of_its_own(published, source, editor):
    propose(source, editor, title="Another")

    made = copy(fresh(source), into=StoryFactory(slug="the-fire", title="The fire"), by=editor)

    assert (made.title, made.proposed) == ("The river rises", None)


def test_the_program_behind_a_form_cannot_choose_otherwise(published, editor):
    """Whatever is saved of a source comes by the verb, with its whole row."""
    source = Source.objects.get()
    source.origin, source.canonical_url = OutletFactory(name="Forged"), "https://forged.example"
    source.title = "Forged"

    writing.save_named(source, by=editor, seen=1)

    kept = fresh(source)
    assert (kept.title, kept.origin.name, kept.canonical_url) == ("The river rises", "The Harbour Post", "")


def test_an_event_is_approved_and_published_while_a_change_waits(published, source, editor, moderator):
    propose(source, editor, title="Another")

    event = EventFactory(published=True, source=source, headline="Another bridge")

    assert "The river rises" in entry_of(event).card
    assert len(editions_of(source)) == 1
    assert Citation.objects.filter(source=source, state="approved").count() == 2


def test_nobody_but_an_editor_of_the_desk_proposes(published, source):
    with pytest.raises(Refused, match="You may not change"):
        propose(source, make_person("nobody"), title="Another")
