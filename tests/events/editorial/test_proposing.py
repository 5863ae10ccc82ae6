"""What becomes of a proposed change: by whom it is accepted, what is printed then, and what is refused."""

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction

from chronicle.models import Edition
from chronicle.record.verifying import problems
from events.editorial import guarding, moderation, proposing, writing
from events.editorial.refused import Refused, Stale
from events.models import Author, Proposal, Source, Words
from events.models.hmac import hmac_of
from tests.support.cast import (
    approve_all,
    editions_of,
    entry_of,
    fresh,
    make_person,
    publish,
    term_of,
)
from tests.support.factories import CitationFactory, EventFactory, OutletFactory, SourceFactory
from tests.support.proposals import NOTE, accept, change, propose


def test_accepted_it_is_printed_with_its_note(published, source, editor, moderator):
    proposal = propose(source, editor, title="The river falls", published_on="2021-03-05")

    accept(proposal, moderator, "The Post corrected its title.")

    edition, row = editions_of(source)[-1], fresh(source)
    assert (row.title, row.published_on, row.version) == ("The river falls", "2021-03-05", 2)
    assert (edition.edition, edition.action) == (2, "correction")
    assert edition.document["note"] == "The Post corrected its title."
    assert "The river falls" in entry_of(published).card
    assert list(problems()) == []


def test_so_is_a_change_of_an_outlet(published, outlet, editor, moderator):
    change(outlet, editor, moderator, name="The Harbour Gazette", reliability="C")

    assert term_of(outlet).document["reliability"] == "C"
    assert "The Harbour Gazette" in entry_of(published).card
    assert editions_of(outlet)[-1].document["note"] == NOTE
    assert len(editions_of(published)) == 1
    assert list(problems()) == []


def test_what_was_decided_is_kept_with_the_words_it_was_about(published, source, editor, moderator):
    proposal = propose(source, editor, title="The river falls", why="See their correction.")
    about = hmac_of(proposal.words())

    accept(proposal, moderator)

    proposal = fresh(proposal)
    assert (proposal.state, proposal.decided_by, proposal.note) == ("accepted", moderator, NOTE)
    decided = proposal.decisions.get(verb="accept")
    assert (decided.by, decided.version, decided.from_state, decided.to_state) == (
        moderator,
        1,
        "open",
        "accepted",
    )
    assert decided.words.get(about=Words.About.SUBJECT).hmac == about
    assert decided.words.get(about=Words.About.SOURCE).hmac == fresh(source).hmac


def test_a_source_that_moves_takes_what_relays_it_along(published, source, editor, moderator):
    paper = SourceFactory(outlet__name="The Gazette", title="The Post: river", relays=source)
    CitationFactory(approved=True, event=published, source=paper)
    other = OutletFactory(name="The Ministry")

    change(source, editor, moderator, outlet=other)

    assert {fresh(each).origin for each in (source, paper)} == {other}
    cited = entry_of(published).document["citations"]
    assert {each["origin"] for each in cited} == {term_of(other).subject}
    assert editions_of(published)[-1].document["note"] == NOTE
    assert list(problems()) == []


def test_a_standing_changes_only_once_it_is_accepted(published, source, other_source, editor, moderator):
    CitationFactory(approved=True, event=published, source=other_source)
    assert entry_of(published).standing == "corroborated"
    proposal = propose(other_source, editor, outlet=source.outlet)
    assert entry_of(published).standing == "corroborated"

    accept(proposal, moderator)

    assert entry_of(published).standing == "single"


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_nobody_decides_on_their_own(published, source, both, admin_person, verb):
    for person in (both, admin_person):
        proposal = propose(source, person, title="The river falls")

        with pytest.raises(Refused, match="another moderator must decide"):
            decide(verb, proposal, person)

        proposing.take_back(proposal, by=person, seen=1)
    assert fresh(source).title == "The river rises"


def test_without_the_guard_the_database_refuses_it(published, source, both, monkeypatch):
    """The control: who proposed it would otherwise accept it."""
    proposal = propose(source, both, title="The river falls")
    monkeypatch.setattr(proposing, "authors_of", lambda proposal: set())

    with pytest.raises(Exception, match=r"nobody_decides_on_their_own"):
        accept(proposal, both)


def decide(verb, proposal, by, **said):
    seen = fresh(proposal).version
    if verb == "accept":
        return proposing.accept(proposal, by=by, seen=seen, note=NOTE)
    if verb == "reject":
        return proposing.reject(proposal, by=by, seen=seen, code="unclear", words="Which one?")
    return proposing.take_back(proposal, by=by, seen=seen)


def test_authors_go_by_the_words_whoever_proposes_them_again(published, source, both, editor, moderator):
    """Another account that sends the same change makes nobody free to decide on it."""
    own = propose(source, both, title="The river falls")
    proposing.take_back(own, by=both, seen=1)
    again = propose(source, editor, title="The river falls")

    with pytest.raises(Refused, match="another moderator must decide"):
        accept(again, both)

    accept(again, moderator)
    assert set(Author.objects.filter(hmac=fresh(source).hmac).values_list("person", flat=True)) == {editor.pk}


def test_who_proposed_it_may_approve_what_rests_on_it_once_it_is_accepted(
    published, source, both, moderator, editor
):
    waiting = CitationFactory(event=published, source=source, quote="It was shut.", by=editor)

    change(source, both, moderator, title="The river falls")

    moderation.approve(waiting, by=both, seen=1)
    assert fresh(waiting).state == "approved"


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_without_that_guard_the_decision_is_refused_by_the_database(
    published, source, both, editor, monkeypatch, verb
):
    """The control: of the same words, which somebody else proposed this time."""
    proposing.take_back(propose(source, both, title="The river falls"), by=both, seen=1)
    again = propose(source, editor, title="The river falls")
    monkeypatch.setattr(proposing, "authors_of", lambda proposal: set())

    with pytest.raises(IntegrityError, match="Nobody decides on their own words"), transaction.atomic():
        decide(verb, again, both)


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_who_is_no_moderator_decides_on_nothing(published, source, editor, other_editor, verb):
    proposal = propose(source, editor, title="The river falls")

    with pytest.raises(Refused, match=f"You may not {verb} this proposal"):
        decide(verb, proposal, other_editor)


def test_who_has_the_permission_by_itself_may(published, source, editor):
    person = make_person("reviewer")
    person.user_permissions.add(Permission.objects.get(codename="accept_proposal"))

    decide("accept", propose(source, editor, title="The river falls"), fresh(person))

    assert fresh(source).title == "The river falls"


def test_rejected_all_stays_and_its_author_is_told_why(published, source, editor, moderator):
    proposal = propose(source, editor, title="The river falls")

    decide("reject", proposal, moderator)

    decided = proposal.decisions.get(verb="reject")
    assert (decided.reason_code, decided.note) == ("unclear", "Which one?")
    assert (fresh(source).title, fresh(proposal).state) == ("The river rises", "rejected")
    assert len(editions_of(source)) == 1


@pytest.mark.parametrize(("code", "words"), [("", "Why?"), ("no-such", "Why?"), ("other", " \n ")])
def test_a_rejection_has_a_reason_and_words(published, source, editor, moderator, code, words):
    proposal = propose(source, editor, title="The river falls")

    with pytest.raises(Refused):
        proposing.reject(proposal, by=moderator, seen=1, code=code, words=words)

    assert fresh(proposal).state == "open"


def test_only_its_author_takes_it_back_and_it_stays(published, source, editor, other_editor, moderator):
    proposal = propose(source, editor, title="The river falls")
    for other in (other_editor, moderator):
        with pytest.raises(Refused, match="This is editor’s: only who proposed something takes it back"):
            decide("take back", proposal, other)

    decide("take back", proposal, editor)

    assert (fresh(proposal).state, fresh(proposal).decided_by) == ("taken_back", editor)
    assert propose(source, other_editor, title="The river stands").pk != proposal.pk


@pytest.mark.parametrize("first", ["accept", "reject", "take back"])
@pytest.mark.parametrize("verb", ["accept", "reject", "take back"])
def test_what_is_decided_is_decided(published, source, editor, moderator, first, verb):
    proposal = propose(source, editor, title="The river falls")
    decide(first, proposal, editor if first == "take back" else moderator)

    with pytest.raises(Refused, match="You cannot"):
        decide(verb, proposal, editor if verb == "take back" else moderator)


def test_what_was_not_read_is_not_accepted(published, source, editor, moderator):
    proposal = propose(source, editor, title="The river falls")
    propose(source, editor, title="MARKER")

    with pytest.raises(Stale):
        proposing.accept(proposal, by=moderator, seen=1, note=NOTE)

    assert fresh(source).title == "The river rises"


def test_a_source_that_was_retracted_since_is_refused_with_the_difference(
    published, source, editor, moderator
):
    proposal = propose(source, editor, title="The river falls")
    moderation.retract_source(source, by=moderator, seen=1, reason="It was another river.")

    with pytest.raises(Refused, match=r"retraction reason: “” is now “It was another river\.”"):
        accept(proposal, moderator)

    again = propose(source, editor, title="The river falls")
    accept(again, moderator)
    assert fresh(source).title == "The river falls"


def test_so_is_one_that_changed_past_every_verb(published, source, editor, moderator):
    proposal = propose(source, editor, title="The river falls")
    Source.objects.filter(pk=source.pk).update(language="pt", genre="post")

    with pytest.raises(Refused, match="genre: “news article” is now “post”; language: “” is now “pt”"):
        accept(proposal, moderator)


def test_without_the_guard_the_newer_words_would_be_mixed_in(
    published, source, editor, moderator, monkeypatch
):
    """The control: what was never read together would be printed together."""
    monkeypatch.setattr(proposing, "changed_since", lambda proposal, row: [])
    proposal = propose(source, editor, title="The river falls")
    Source.objects.filter(pk=source.pk).update(language="pt")

    accept(proposal, moderator)

    assert term_of(source).document["language"] == "pt"


def test_an_address_that_another_source_took_since_is_refused(published, source, editor, moderator):
    proposal = propose(source, editor, url="https://post.example/river")
    SourceFactory(outlet=source.outlet, title="Again", url="https://www.post.example/river/")

    with pytest.raises(Refused, match="has a source of that address already"):
        accept(proposal, moderator)


def test_so_is_a_name_that_another_outlet_took(published, outlet, editor, moderator):
    proposal = propose(outlet, editor, name="The Gazette")
    OutletFactory(name="The Gazette")

    with pytest.raises(Refused, match="has an outlet of that name already"):
        accept(proposal, moderator)


def test_a_circle_that_was_closed_since_is_refused(published, source, other_source, editor, moderator):
    proposal = propose(source, editor, relays=other_source)
    Source.objects.filter(pk=other_source.pk).update(relays=source)

    with pytest.raises(Refused, match="passes on this one itself"):
        accept(proposal, moderator)


def test_what_it_names_may_be_gone(published, source, editor, moderator):
    outlet = OutletFactory(name="The Gazette")
    proposal = propose(source, editor, outlet=outlet)
    outlet.delete()

    with pytest.raises(Refused):
        accept(proposal, moderator)

    assert fresh(source).outlet.name == "The Harbour Post"


@pytest.mark.parametrize("note", ["", " \n ", "x" * 201])
def test_it_is_accepted_with_a_note_of_a_line(published, source, editor, moderator, note):
    proposal = propose(source, editor, title="The river falls", note="")

    with pytest.raises(Refused, match="Say "):
        accept(proposal, moderator, note)


def test_what_it_names_is_read_again_once_that_changes(
    published, source, other_source, editor, other_editor, moderator
):
    CitationFactory(approved=True, event=published, source=other_source)
    proposal = propose(source, editor, outlet=other_source.outlet)
    elsewhere = propose(other_source, other_editor, language="pt")

    change(other_source.outlet, editor, moderator, name="Radio Harbour")

    for each in (proposal, elsewhere):
        with pytest.raises(Stale):
            proposing.accept(each, by=moderator, seen=1, note=NOTE)
        accept(each, moderator)


def test_words_that_wait_for_review_are_not_printed_by_it(published, source, citation, editor, moderator):
    citation = fresh(citation)
    citation.quote = "MARKER"
    writing.save_citation(citation, by=editor, seen=1)

    change(source, editor, moderator, title="The river falls", outlet=OutletFactory(name="Radio"))

    assert "MARKER" not in str(entry_of(published).document)
    assert "The river falls" in entry_of(published).card


def test_one_that_is_approved_and_not_printed_changes_without_an_edition(draft, source, editor, moderator):
    approve_all(draft, moderator)

    change(source, editor, moderator, title="The river falls")

    assert fresh(source).title == "The river falls"
    assert not Edition.objects.exclude(action="opening").exists()
    publish(draft, editor)
    assert len(editions_of(source)) == 1


def test_all_of_it_or_nothing(published, source, editor, moderator, monkeypatch):
    proposal = propose(source, editor, title="The river falls")

    def fails(*args, **options):
        raise RuntimeError

    monkeypatch.setattr(proposing, "print_again", fails)
    with pytest.raises(RuntimeError):
        accept(proposal, moderator)

    assert (fresh(source).title, fresh(proposal).state) == ("The river rises", "open")


def test_values_come_back_from_json_as_they_were(published, outlet, editor):
    """Each guarded field, whatever kind it is of."""
    for row in (outlet, Source.objects.get()):
        names = guarding.GUARDED[type(row)]
        again = type(row)(pk=row.pk, story=row.story)

        guarding.put(again, guarding.values_of(row, names))

        assert guarding.changed_of(row, again) == {}


def test_a_proposal_of_one_story_is_of_no_other(published, editor):
    proposal = propose(published.citations.get().source, editor, title="The river falls")

    assert (proposal.story, Proposal.objects.get().subject) == (published.story, proposal.source)


def test_events_of_many_are_printed_anew_with_one_note(source, editor, moderator):
    events = [EventFactory(published=True, source=source, headline=f"Bridge {n}") for n in range(3)]

    change(source, editor, moderator, outlet=OutletFactory(name="Radio Estuary"))

    assert {editions_of(event)[-1].document["note"] for event in events} == {NOTE}
