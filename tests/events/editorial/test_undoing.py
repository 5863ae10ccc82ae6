"""What was decided of a proposed change, or confirmed, and undone at once: what waits, what is printed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from chronicle.models import Edition
from chronicle.record.verifying import problems
from events.editorial import moderation, proposing, publishing, undoing
from events.editorial.refused import Refused
from events.models import Author, Decision, Proposal, Story
from tests.support.cast import approve_all, editions_of, entry_of, fresh, rewrite, term_of
from tests.support.factories import CitationFactory, EventFactory, MaterialFactory, SourceFactory
from tests.support.proposals import accept, propose


def reject(proposal, by):
    proposing.reject(proposal, by=by, seen=proposal.version, code="unfounded", words="By whom?")


def undo(proposal, by):
    undoing.undo(proposal, by=by, seen=fresh(proposal).version)


@pytest.fixture
def proposal(published, source, editor):
    return propose(source, editor, title="The river falls", published_on="2021-03-05")


def test_a_rejection_is_undone_with_nothing_printed(proposal, moderator, other_moderator):
    reject(proposal, moderator)
    before = Edition.objects.count()

    undo(proposal, moderator)

    assert Edition.objects.count() == before
    assert (fresh(proposal).state, fresh(proposal).decided_by) == ("open", None)
    assert [each.verb for each in proposal.decisions.order_by("pk")] == ["propose", "reject", "undo"]
    accept(proposal, other_moderator)
    assert fresh(proposal).decided_by == other_moderator


def test_what_was_accepted_is_as_before_and_its_edition_has_a_counterpart(
    proposal, published, source, moderator
):
    accept(proposal, moderator)
    assert "The river falls" in entry_of(published).card

    undo(proposal, moderator)

    first, changed, back = editions_of(source)
    assert "The river rises" in entry_of(published).card
    assert (fresh(source).title, fresh(source).version) == ("The river rises", 3)
    assert back.document == {**first.document, "note": proposing.UNDONE}
    assert (changed.document["title"], back.action) == ("The river falls", "correction")
    assert fresh(proposal).fields == proposal.fields
    assert fresh(published).citations.get().state == "approved"
    assert not fresh(published).citations.get().lapsed
    assert list(problems()) == []


def test_so_is_what_was_accepted_of_an_outlet(published, outlet, editor, moderator):
    proposal = propose(outlet, editor, name="The Harbour Gazette", reliability="C")
    accept(proposal, moderator)

    undo(proposal, moderator)

    assert term_of(outlet).label == "The Harbour Post"
    assert "The Harbour Gazette" not in entry_of(published).card
    assert len(editions_of(outlet)) == 3
    assert list(problems()) == []


def test_what_a_source_relays_counts_as_before(published, source, outlet, editor, moderator):
    relayed = SourceFactory(title="The bulletin")
    proposal = propose(source, editor, relays=relayed)
    accept(proposal, moderator)

    undo(proposal, moderator)

    assert (fresh(source).relays, fresh(source).origin) == (None, outlet)
    assert list(problems()) == []


def test_nobody_becomes_an_author_by_it_and_it_may_be_accepted_again(proposal, source, moderator):
    accept(proposal, moderator)

    undo(proposal, moderator)

    assert not Author.objects.filter(person=moderator).exists()
    assert accept(proposal, moderator).title == "The river falls"


def test_it_is_undone_by_nobody_else_and_not_later(proposal, moderator, other_moderator, monkeypatch):
    accept(proposal, moderator)

    with pytest.raises(Refused, match="too late"):
        undo(proposal, other_moderator)
    monkeypatch.setattr(undoing, "UNDO_WITHIN", timedelta(0))
    with pytest.raises(Refused, match="too late"):
        undo(proposal, moderator)

    assert fresh(proposal).state == "accepted"


@pytest.mark.parametrize("decide", [reject, accept])
def test_it_is_not_undone_where_another_change_waits_by_now(proposal, source, editor, moderator, decide):
    decide(proposal, moderator)
    propose(source, editor, title="The river stands")

    with pytest.raises(Refused, match="another change was proposed since"):
        undo(proposal, moderator)

    assert Proposal.objects.filter(state="open").count() == 1


def approves_a_citation(source, moderator):
    cited = CitationFactory(event=EventFactory(), source=source, quote="It fell at noon.")
    approve_all(cited.event, moderator)


def approves_a_medium(source, moderator):
    MaterialFactory(source=source, approved=True)


def retracts(source, moderator):
    moderation.retract_source(source, by=moderator, seen=fresh(source).version, reason="By its outlet.")


@pytest.mark.parametrize("deed", [approves_a_citation, approves_a_medium, retracts])
def test_it_is_not_undone_under_what_followed(
    proposal, source, moderator, other_moderator, media_folder, deed
):
    accept(proposal, moderator)
    deed(fresh(source), other_moderator)

    with pytest.raises(Refused, match="since you accepted it"):
        undo(proposal, moderator)

    assert (fresh(proposal).state, fresh(source).title) == ("accepted", "The river falls")


@pytest.mark.parametrize(
    "becomes",
    [
        {"state": "open", "decided_by": None, "decided_at": None},
        {"state": "accepted", "note": "It fell."},
        {"state": "rejected"},
    ],
)
def test_the_database_lets_nothing_else_go_that_was_decided(proposal, editor, becomes):
    proposing.take_back(proposal, by=editor, seen=1)

    with pytest.raises(IntegrityError, match="What was decided of a proposal stands"), transaction.atomic():
        Proposal.objects.update(**becomes)


def test_control_without_that_guard_an_approval_stands_for_other_words(
    proposal, source, moderator, other_moderator, monkeypatch
):
    monkeypatch.setattr(proposing, "_is_relied_on", lambda held, row: False)
    accept(proposal, moderator)
    approves_a_citation(fresh(source), other_moderator)
    approved = Decision.objects.filter(verb="approve").latest("pk")

    undo(proposal, moderator)

    assert fresh(source).hmac not in approved.words.values_list("hmac", flat=True)


def test_it_is_not_undone_where_what_it_named_before_is_gone(
    published, source, editor, moderator, other_source
):
    url = "https://post.example/river"
    source.url = url
    source.save()
    proposal = propose(fresh(source), editor, url="https://post.example/flood")
    accept(proposal, moderator)
    other_source.url = url
    other_source.save()

    with pytest.raises(Refused, match="already"):
        undo(proposal, moderator)

    assert fresh(source).url == "https://post.example/flood"


@pytest.fixture
def rewritten(published, editor):
    """Its approval was given to what it said before."""
    rewrite(published, editor, headline="Two bridges are closed")
    return published.citations.get()


def confirm(citation, by):
    moderation.confirm(citation, by=by, seen=citation.version)


def test_that_it_still_holds_is_undone_and_it_stands_approved_as_before(
    rewritten, moderator, other_moderator
):
    before = fresh(rewritten)
    confirm(rewritten, other_moderator)
    assert not fresh(rewritten).lapsed

    undo(rewritten, other_moderator)

    after = fresh(rewritten)
    assert after.lapsed
    assert (after.approved_by, after.event_hmac) == (moderator, before.event_hmac)
    assert abs(after.approved_at - before.approved_at) < timedelta(seconds=1)
    undone = rewritten.decisions.first()
    assert (undone.verb, undone.from_state, undone.to_state) == ("undo", "approved", "approved")


def test_so_it_is_after_an_undoing(rewritten, other_moderator):
    before = fresh(rewritten).event_hmac

    for _ in range(2):
        confirm(rewritten, other_moderator)
        undo(rewritten, other_moderator)

    assert fresh(rewritten).event_hmac == before


def test_readers_are_told_again_that_it_is_being_checked(published, editor, moderator):
    Story.objects.update(recheck=Story.Recheck.AFTER)
    rewrite(published, editor, headline="Two bridges are closed")
    publishing.publish(published, by=editor, seen=fresh(published).version, note="There are two.")
    citation = published.citations.get()
    confirm(citation, moderator)
    marks = [entry_of(published).document["citations"][0].get("recheck", False)]

    undo(citation, moderator)

    marks.append(entry_of(published).document["citations"][0].get("recheck", False))
    assert marks == [False, True]
    assert list(problems()) == []


def test_it_is_not_undone_once_its_event_was_published_by_it(rewritten, published, editor, moderator):
    confirm(rewritten, moderator)
    publishing.publish(published, by=editor, seen=fresh(published).version, note="There are two.")

    with pytest.raises(Refused, match="published or decided on since"):
        undo(rewritten, moderator)

    assert not fresh(rewritten).lapsed
