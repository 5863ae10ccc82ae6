"""Approve, reject, reopen, retract: who may, on which words, and what readers see afterwards."""

import pytest
from django.db.models import ProtectedError

from chronicle.models import Edition, Entry, Sheet, Term
from events.editorial import moderation, publishing, writing
from events.editorial.refused import Refused, Stale
from events.models import Citation, Day, Decision, Source
from events.models.decision import SUBJECTS
from events.models.hmac import hmac_of
from tests.support.cast import (
    approve_all,
    editions_of,
    entry_of,
    fresh,
    make_event,
    make_person,
    publish,
    term_of,
)
from tests.support.factories import EventFactory, OutletFactory, StoryFactory


def quotes_of(event):
    return [citation["quote"] for citation in entry_of(event).document["citations"]]


def edit(citation, by, **words):
    citation = fresh(citation)
    for name, value in words.items():
        setattr(citation, name, value)
    return writing.save_citation(citation, by=by, seen=citation.version)


def approve(citation, by):
    moderation.approve(citation, by=by, seen=fresh(citation).version)


def reject(citation, by, code="inexact", words="It says otherwise."):
    moderation.reject(citation, by=by, seen=fresh(citation).version, code=code, words=words)


def cite(event, source, by, quote="It was shut.", **fields):
    return writing.save_citation(Citation(event=event, source=source, quote=quote, **fields), by=by)


def test_approving_says_by_whom_when_and_which_words(citation, moderator):
    approve(citation, moderator)

    approved = fresh(citation)
    decision = Decision.objects.get(citation=citation, verb="approve")
    assert (approved.state, approved.approved_by, approved.approved_version) == ("approved", moderator, 1)
    assert approved.approved_at is not None
    assert decision.words.get(about="subject").hmac == hmac_of(citation.words())
    assert (decision.by, decision.version) == (moderator, 1)
    assert (decision.from_state, decision.to_state) == ("pending", "approved")


def test_refuses_an_editor_who_is_no_moderator(citation, other_editor):
    with pytest.raises(Refused, match="You may not approve"):
        approve(citation, other_editor)


def test_refuses_who_submitted_it(both, draft, source):
    own = cite(draft, source, both)

    with pytest.raises(Refused, match="You may not approve this: you wrote words of it"):
        approve(own, both)


def test_refuses_who_changed_it_last(both, citation):
    edit(citation, both, quote="Otherwise.")

    with pytest.raises(Refused, match="you wrote words of it"):
        approve(citation, both)


def test_refuses_who_changed_it_once_though_another_did_since(both, other_editor, citation):
    edit(citation, both, quote="Otherwise.")
    edit(citation, other_editor, quote="Otherwise again.")

    with pytest.raises(Refused, match="you wrote words of it"):
        approve(citation, both)


def test_refuses_a_superuser_their_own_words(admin_person, draft, source):
    own = cite(draft, source, admin_person)

    with pytest.raises(Refused, match="you wrote words of it"):
        approve(own, admin_person)


def test_refuses_words_that_were_not_seen(citation, moderator, other_editor):
    edit(citation, other_editor, quote="Otherwise.")

    with pytest.raises(Stale, match="you saw version 1, it is now version 2"):
        moderation.approve(citation, by=moderator, seen=1)

    assert fresh(citation).state == "pending"
    assert not Decision.objects.filter(verb="approve").exists()


def test_refuses_to_decide_twice(citation, moderator, other_moderator):
    approve(citation, moderator)

    with pytest.raises(Refused, match="You cannot approve this: it is approved already"):
        approve(citation, other_moderator)
    with pytest.raises(Refused, match="You cannot reject this: it is approved already"):
        reject(citation, other_moderator)


def test_what_was_decided_on_cannot_be_deleted(citation):
    with pytest.raises(ProtectedError):
        citation.delete()
    with pytest.raises(ProtectedError):
        citation.event.delete()


def test_rejecting_keeps_the_reason(citation, moderator):
    reject(citation, moderator, words=" It says otherwise. ")

    decision = Decision.objects.get(citation=citation, verb="reject")
    assert fresh(citation).state == "rejected"
    assert (decision.reason_code, decision.note) == ("inexact", "It says otherwise.")


@pytest.mark.parametrize(
    ("code", "words", "said"),
    [("", "No.", "Choose a reason"), ("whim", "No.", "Choose"), ("other", " ", "Say")],
)
def test_rejecting_asks_for_a_reason_and_words(citation, moderator, code, words, said):
    with pytest.raises(Refused, match=said):
        reject(citation, moderator, code=code, words=words)


def test_every_reason_fits_the_decision(citation, moderator):
    for code, _ in moderation.REASONS:
        Decision(citation=citation, verb="reject", by=moderator, version=1, reason_code=code).full_clean(
            exclude=[*(name for name in SUBJECTS if name != "citation"), "from_state"]
        )


def test_reopening_sends_a_decided_citation_back(citation, moderator, other_moderator):
    approve(citation, moderator)

    moderation.reopen(citation, by=other_moderator, seen=1, words="Look again.")

    reopened = fresh(citation)
    assert (reopened.state, reopened.approved_by, reopened.approved_at) == ("pending", None, None)
    assert Decision.objects.filter(citation=citation, verb="reopen").get().note == "Look again."
    approve(citation, moderator)
    assert fresh(citation).state == "approved"


def test_a_pending_citation_cannot_be_reopened(citation, moderator):
    with pytest.raises(Refused, match="it is pending"):
        moderation.reopen(citation, by=moderator, seen=1)


def test_readers_keep_the_approved_words_while_a_change_waits(published, moderator, other_editor):
    changed = edit(published.citations.get(), other_editor, quote="Both bridges were closed.")
    assert quotes_of(published) == ["The bridge was closed."]

    approve(changed, moderator)

    assert quotes_of(published) == ["Both bridges were closed."]
    edition = editions_of(published)[-1]
    assert (edition.action, edition.document["note"]) == ("correction", "A citation was approved.")


def test_approving_leaves_staged_text_staged_and_waits_for_it(
    published, moderator, editor, other_editor, place, story
):
    published.headline, published.text = "MARKER headline", "<p>MARKER text</p>"
    published.day = writing.save_day(Day(story=story, date=story.first_date), by=editor)
    writing.save_event(published, by=editor, seen=published.version)
    published.places.add(place)
    before = entry_of(published)
    changed = edit(published.citations.get(), other_editor, quote="Both bridges were closed.")

    approve(changed, moderator)

    entry = entry_of(published)
    assert quotes_of(published) == ["The bridge was closed."]
    assert "MARKER" not in str(entry.document) + entry.card + entry.headline
    assert entry.document["places"] == []
    assert (entry.told_on, entry.sk) == (before.told_on, before.sk)
    assert not Term.objects.filter(facet="place").exists()
    assert fresh(published).staged
    publish(published, editor, note="Told otherwise.")
    assert quotes_of(published) == ["Both bridges were closed."]


def test_an_approved_addition_to_a_published_event_is_an_addition(published, moderator, editor, other_source):
    added = cite(published, other_source, editor)
    assert len(quotes_of(published)) == 1

    approve(added, moderator)

    assert quotes_of(published) == ["The bridge was closed.", "It was shut."]
    assert entry_of(published).standing == "corroborated"
    assert editions_of(published)[-1].action == "addition"


def test_approving_for_a_draft_prints_nothing(citation, moderator):
    approve(citation, moderator)

    assert not Edition.objects.exclude(action="opening").exists()
    assert not Term.objects.exists()


def test_approving_for_a_withdrawn_event_prints_nothing(published, moderator, editor, other_source):
    added = cite(published, other_source, editor)
    publishing.withdraw(published, by=editor, seen=published.version, reason="Told twice.")
    editions = Edition.objects.count()

    approve(added, moderator)

    assert Edition.objects.count() == editions
    assert entry_of(published).document["withdrawn"] == "Told twice."


def test_refuses_a_rejection_that_leaves_a_public_event_without_support(published, moderator, other_editor):
    changed = edit(published.citations.get(), other_editor, quote="Both bridges were closed.")

    with pytest.raises(Refused, match="would leave the event, which readers see, with 0 approved"):
        reject(changed, moderator)

    assert fresh(changed).state == "pending"
    assert quotes_of(published) == ["The bridge was closed."]


def test_rejects_printed_words_where_others_carry_the_event(
    published, moderator, editor, other_editor, other_source
):
    approve(cite(published, other_source, editor), moderator)
    changed = edit(published.citations.first(), other_editor, quote="Both bridges were closed.")

    reject(changed, moderator)

    assert quotes_of(published) == ["It was shut."]
    assert editions_of(published)[-1].action == "correction"


def test_rejects_what_was_never_printed_though_the_policy_was_raised_since(
    published, moderator, editor, other_source, story
):
    story.citations_needed = 3
    story.save()
    waiting = cite(published, other_source, editor)

    reject(waiting, moderator)

    assert fresh(waiting).state == "rejected"


def test_refuses_to_approve_a_change_of_stance_that_leaves_a_public_event_without_support(
    published, moderator, other_editor
):
    changed = edit(published.citations.get(), other_editor, stance="disputes")

    with pytest.raises(moderation.BelowPolicy, match="keep it as it then stands, or withdraw it"):
        approve(changed, moderator)

    assert entry_of(published).standing == "single"


def retract(source, moderator, reason="The paper took it back."):
    moderation.retract_source(source, by=moderator, seen=fresh(source).version, reason=reason)


def test_retracting_a_source_marks_every_entry_that_cites_it(published, source, moderator):
    retract(source, moderator, " The paper took it back. ")

    entry, term = entry_of(published), term_of(source)
    assert entry.document["citations"][0]["retracted"] == "The paper took it back."
    assert entry.standing == "retracted"
    assert term.document["retracted"] == "The paper took it back."
    last = {row: editions_of(row)[-1] for row in (published, source)}
    assert [edition.action for edition in last.values()] == ["retraction", "retraction"]
    assert last[published].document["note"] == "A source was retracted: The paper took it back."
    assert Decision.objects.get(source=source).verb == "retract"


def test_retracting_reaches_words_that_are_printed_while_their_change_waits(
    published, source, other_source, moderator, other_editor
):
    edit(published.citations.get(), other_editor, quote="Otherwise.", source=other_source)

    retract(source, moderator)

    printed = entry_of(published).document["citations"][0]
    assert (printed["quote"], printed["retracted"]) == ("The bridge was closed.", "The paper took it back.")
    assert not hasattr(fresh(other_source), "printed")


def test_retracting_leaves_drafts_and_staged_words_unprinted(day, kind, published, source, moderator, editor):
    approve_all(make_event(editor, day, kind, headline="MARKER draft", source=source), moderator)
    published.headline = "MARKER staged"
    writing.save_event(published, by=editor, seen=published.version)

    retract(source, moderator)

    assert Entry.objects.count() == 1
    assert "MARKER" not in str([sheet.document for sheet in Sheet.objects.all()])


def test_retracting_what_no_reader_saw_prints_nothing(draft, source, moderator):
    retract(source, moderator)

    assert not Edition.objects.exclude(action="opening").exists()


def test_retracting_leaves_the_source_of_another_story_alone(published, source, moderator):
    outlet = OutletFactory(story=StoryFactory(slug="the-fire"))
    elsewhere = EventFactory(
        published=True,
        day__story=outlet.story,
        kind__story=outlet.story,
        source__outlet=outlet,
    )

    retract(source, moderator)

    assert (entry_of(published).standing, entry_of(elsewhere).standing) == ("retracted", "single")


def test_retracting_asks_for_a_reason_a_moderator_and_happens_once(source, moderator, editor):
    with pytest.raises(Refused, match="Say who retracted"):
        retract(source, moderator, " ")
    with pytest.raises(Refused, match="You may not retract"):
        retract(source, editor)
    retract(source, moderator)
    with pytest.raises(Refused, match="retracted already"):
        retract(source, moderator)


def test_refuses_to_retract_a_version_that_was_not_seen(source, moderator, editor):
    renamed = fresh(source)
    renamed.title = "Another article"
    writing.save_named(renamed, by=editor, seen=1)

    with pytest.raises(Stale):
        moderation.retract_source(source, by=moderator, seen=1, reason="Taken back.")

    assert Source.objects.get().retracted_at is None


def test_a_visitor_with_no_role_may_nothing(citation, source):
    nobody = make_person("nobody")

    for attempt in (
        lambda: approve(citation, nobody),
        lambda: reject(citation, nobody),
        lambda: retract(source, nobody),
        lambda: publish(citation.event, nobody),
    ):
        with pytest.raises(Refused, match="You may not"):
            attempt()
