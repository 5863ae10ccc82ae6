"""What an approval covers: the event, the source and the quotation as shown, and how long it stands."""

import pytest
from django.db import IntegrityError, transaction

from events.editorial import bulk, moderation, publishing, reading, writing
from events.editorial.moderation import KEEP, WITHDRAW, BelowPolicy, Fate
from events.editorial.refused import Refused, Stale
from events.models import Author, Citation, Decision, Kind, Story
from tests.support.cast import approve_all, confirm_all, editions_of, entry_of, fresh, make_event, rewrite


def cite(event, source, by, quote="It was shut.", **fields):
    return writing.save_citation(Citation(event=event, source=source, quote=quote, **fields), by=by)


def approve(citation, by, **given):
    moderation.approve(citation, by=by, seen=fresh(citation).version, **given)


def publish_as_it_is(event, by, note="Told otherwise."):
    return publishing.publish(event, by=by, seen=fresh(event).version, note=note)


def ask_after(story):
    Story.objects.filter(pk=story.pk).update(recheck=Story.Recheck.AFTER)


def marks_of(event):
    return [citation.get("recheck", False) for citation in entry_of(event).document["citations"]]


def test_a_number_changed_under_an_approved_quotation_waits_for_a_moderator(published, editor, moderator):
    rewrite(published, editor, headline="Two bridges are closed")

    with pytest.raises(Refused, match="1 approval was given to its earlier words"):
        publish_as_it_is(published, editor)

    assert entry_of(published).headline == "A bridge is closed"
    moderation.confirm(published.citations.get(), by=moderator, seen=1)
    publish_as_it_is(published, editor)
    assert entry_of(published).headline == "Two bridges are closed"
    assert marks_of(published) == [False]


def test_the_control_publishes_it_where_approvals_do_not_lapse(published, editor, monkeypatch):
    monkeypatch.setattr(publishing, "to_confirm_first", lambda event, citations: "")
    rewrite(published, editor, headline="Two bridges are closed")

    publish_as_it_is(published, editor)

    assert entry_of(published).headline == "Two bridges are closed"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“A bridge” – is closed", '"A bridge" — is closed'),
        ("A bridge is closed", "A bridge is closed."),
        ("A bridge is closed", "a bridge is closed"),
    ],
)
def test_a_difference_of_form_alone_lapses_nothing_and_is_no_correction(
    draft, editor, moderator, before, after
):
    rewrite(draft, editor, headline=before)
    approve_all(draft, moderator)
    publish_as_it_is(draft, editor)

    rewrite(draft, editor, headline=after)
    publish_as_it_is(draft, editor)

    assert (editions_of(draft)[-1].action, entry_of(draft).headline) == ("update", after)
    assert marks_of(draft) == [False]


@pytest.mark.parametrize("words", [{"wording": "at noon"}, {"text": "<p>All of it.</p>"}])
def test_its_time_and_its_text_are_words_of_it_too(published, editor, words):
    rewrite(published, editor, **words)

    assert Citation.objects.get().lapsed


def test_its_index_is_the_editors_own(published, editor, place):
    event = fresh(published)
    writing.save_event(event, by=editor, seen=event.version, places=[place])

    assert not Citation.objects.get().lapsed


def test_a_story_may_publish_first_and_mark_what_is_being_rechecked(
    published, story, editor, moderator, client
):
    ask_after(story)
    rewrite(published, editor, headline="Two bridges are closed")

    publish_as_it_is(published, editor)

    assert marks_of(published) == [True]
    page = client.get(entry_of(published).get_absolute_url()).content.decode()
    assert "Being re-checked" in page
    moderation.confirm(published.citations.get(), by=moderator, seen=1)
    assert marks_of(published) == [False]
    assert editions_of(published)[-1].document["note"] == "A citation was checked again: it holds."


def test_what_was_approved_with_staged_words_waits_for_them(published, editor, moderator, other_source):
    rewrite(published, editor, headline="Two bridges are closed")
    approve(cite(published, other_source, editor), moderator)

    assert [each["quote"] for each in entry_of(published).document["citations"]] == ["The bridge was closed."]
    assert not hasattr(fresh(other_source), "printed")

    confirm_all(published)
    publish_as_it_is(published, editor)
    assert len(entry_of(published).document["citations"]) == 2


def test_a_change_that_waits_is_not_kept_under_other_words(published, editor, moderator, other_source):
    """Readers keep the approved words of a citation only with the event that they were approved with."""
    first = published.citations.get()
    first.quote = "Both were closed."
    writing.save_citation(first, by=editor, seen=first.version)
    rewrite(published, editor, headline="Two bridges are closed")
    approve(cite(published, other_source, editor), moderator)

    publish_as_it_is(published, editor)

    assert [each["quote"] for each in entry_of(published).document["citations"]] == ["It was shut."]


def test_there_is_nothing_to_confirm_of_what_stands(published, moderator):
    with pytest.raises(Refused, match="nothing to confirm"):
        moderation.confirm(published.citations.get(), by=moderator, seen=1)


def test_what_lapsed_may_be_rejected(published, editor, moderator):
    rewrite(published, editor, headline="Two bridges are closed")

    moderation.reject(
        published.citations.get(),
        by=moderator,
        seen=1,
        code="not_in_source",
        words="It says one.",
        fate=Fate(KEEP),
    )

    assert entry_of(published).standing == "unsupported"
    assert fresh(published).state == "published"


# Whose words they are


def test_who_wrote_the_event_approves_none_of_its_citations(both, day, kind, source, editor):
    citation = cite(make_event(both, day, kind), source, editor)

    with pytest.raises(Refused, match="you wrote words of it, or of its event"):
        approve(citation, both)


def test_until_somebody_else_approved_those_words(both, day, kind, source, other_source, editor, moderator):
    event = make_event(both, day, kind)
    approve(cite(event, source, editor), moderator)

    approve(cite(event, other_source, editor), both)

    assert event.citations.filter(state="approved").count() == 2


def test_who_wrote_the_source_or_its_outlet_approves_none_of_its_citations(
    both, draft, source, editor, moderator
):
    source.title = "Named by both"
    writing.save_named(source, by=both, seen=source.version)

    with pytest.raises(Refused, match="you wrote words of it"):
        approve(draft.citations.get(), both)
    approve(draft.citations.get(), moderator)


def test_taking_words_out_and_putting_them_in_again_frees_nobody(both, draft, source, editor, moderator):
    own = cite(draft, source, both, quote="Mine.")
    own.quote = "Of another."
    writing.save_citation(own, by=editor, seen=1)

    with pytest.raises(Refused, match="you wrote words of it"):
        approve(cite(draft, source, editor, quote="Mine."), both)


def test_words_taken_over_keep_their_authors(both, editor, other_editor, day, kind, source):
    event = make_event(both, day, kind)
    citation = cite(event, source, editor)
    rewrite(event, other_editor, headline="Two bridges are closed")

    with pytest.raises(Refused, match="you wrote words of it"):
        approve(citation, both)


def test_an_author_does_not_confirm_or_reject_either(both, published, editor):
    rewrite(published, both, headline="Two bridges are closed")
    citation = published.citations.get()

    with pytest.raises(Refused, match="You may not confirm this"):
        moderation.confirm(citation, by=both, seen=1)
    with pytest.raises(Refused, match="You may not reject this"):
        moderation.reject(citation, by=both, seen=1, code="inexact", words="No.")


@pytest.mark.parametrize("verb", ["approve", "confirm", "reject"])
@pytest.mark.parametrize("part", ["citation", "event", "source", "outlet"])
def test_the_database_refuses_authors_whoever_they_are(citation, admin_person, verb, part):
    source = citation.source
    rows = {"citation": citation, "event": citation.event, "source": source, "outlet": source.outlet}
    Author.objects.create(person=admin_person, hmac=rows[part].hmac)

    with pytest.raises(IntegrityError, match="Nobody decides on their own words"), transaction.atomic():
        Decision.objects.create(citation=citation, verb=verb, by=admin_person, version=1)


def test_the_control_lets_the_same_person_decide_on_the_words_of_others(citation, admin_person):
    Decision.objects.create(citation=citation, verb="approve", by=admin_person, version=1)


def test_without_the_question_the_database_still_refuses(both, day, kind, source, editor, monkeypatch):
    monkeypatch.setattr(moderation, "_check", lambda held, by, shown, doing: None)
    citation = cite(make_event(both, day, kind), source, editor)

    with pytest.raises(IntegrityError, match="Nobody decides on their own words"), transaction.atomic():
        approve(citation, both)


# A second person to publish


def test_a_story_may_have_a_second_person_publish(draft, story, editor, other_editor, moderator):
    Story.objects.update(second_person=True)
    approve_all(draft, moderator)

    with pytest.raises(Refused, match="this story has a second person publish it"):
        publish_as_it_is(draft, editor)
    publish_as_it_is(draft, other_editor)

    assert entry_of(draft).headline == "A bridge is closed"


def test_so_may_nobody_alone_publish_at_a_time_or_many_at_once(draft, story, editor, moderator, settings):
    Story.objects.update(second_person=True)
    approve_all(draft, moderator)
    publishing.submit(draft, by=editor, seen=1)

    with pytest.raises(Refused, match="a second person"):
        bulk.publish_submitted(fresh(story), by=editor)


# What was shown


def shown(citation):
    return reading.shown_of(Citation.objects.select_related("event__day__story").get(pk=citation.pk))


def test_what_was_shown_is_what_is_approved(citation, moderator):
    approve(citation, moderator, shown=shown(citation))

    assert fresh(citation).state == "approved"


@pytest.mark.parametrize(
    ("part", "label"),
    [
        ("event", "what the event says"),
        ("source", "what the source is"),
        ("outlet", "what its outlet is"),
    ],
)
def test_what_changed_while_it_was_read_is_refused_with_the_difference(
    citation, moderator, editor, part, label
):
    seen = shown(citation)
    if part == "event":
        rewrite(citation.event, editor, headline="Two bridges are closed")
    else:
        row = citation.source if part == "source" else citation.source.outlet
        setattr(row, "title" if part == "source" else "name", "Renamed")
        writing.save_named(row, by=editor, seen=row.version)

    with pytest.raises(Stale, match=label) as refused:
        approve(citation, moderator, shown=seen)

    difference = refused.value.differences[-1]
    assert difference.label in (label, "what its outlet is")
    assert difference.shown != difference.now
    assert fresh(citation).state == "pending"


@pytest.mark.parametrize("forged", ["", "x", "x:y:z"])
def test_what_no_page_showed_is_refused(citation, moderator, forged):
    with pytest.raises(Stale, match="Open the page again"):
        approve(citation, moderator, shown=forged)


def test_so_is_what_was_shown_of_another(citation, draft, other_source, moderator, editor):
    other = cite(draft, other_source, editor)

    with pytest.raises(Stale, match="Open the page again"):
        approve(citation, moderator, shown=shown(other))


# Below the policy


def test_taking_the_last_approval_back_asks_what_becomes_of_the_event(published, moderator):
    citation = published.citations.get()

    with pytest.raises(BelowPolicy, match="Say what becomes of it"):
        moderation.reopen(citation, by=moderator, seen=1)

    assert entry_of(published).standing == "single"
    assert fresh(citation).state == "approved"


def test_it_may_be_kept_and_is_marked_unsupported(published, moderator):
    moderation.reopen(published.citations.get(), by=moderator, seen=1, fate=Fate(KEEP))

    entry = entry_of(published)
    assert (entry.standing, entry.document["citations"]) == ("unsupported", [])
    assert fresh(published).state == "published"


def test_or_withdrawn_in_the_same_step(published, moderator):
    moderation.reopen(published.citations.get(), by=moderator, seen=1, fate=Fate(WITHDRAW, "Nobody says so."))

    event = fresh(published)
    assert (event.state, event.withdrawal_reason) == ("withdrawn", "Nobody says so.")
    assert entry_of(published).document["withdrawn"] == "Nobody says so."
    assert Decision.objects.get(event=published, verb="withdraw").by == moderator


def test_withdrawing_it_asks_why(published, moderator):
    with pytest.raises(Refused, match="Say why"):
        moderation.reopen(published.citations.get(), by=moderator, seen=1, fate=Fate(WITHDRAW, " "))

    assert entry_of(published).standing == "single"


def test_a_looser_kind_that_is_staged_does_not_loosen_what_readers_see(published, story, editor, moderator):
    loose = Kind.objects.create(story=story, name="Rumour", citations_needed=0)
    rewrite(published, editor, kind=loose)

    with pytest.raises(BelowPolicy, match="its policy asks for 1"):
        moderation.reopen(published.citations.get(), by=moderator, seen=1)
