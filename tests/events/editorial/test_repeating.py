"""The same evidence twice: it counts once, readers see it once, and what was decided before is known."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chronicle.record.verifying import problems
from events.editorial import bulk, moderation, publishing, repeating, writing
from events.editorial.refused import Refused
from events.models import Citation, Kind
from tests.support.cast import approve_all, editions_of, entry_of, fresh, make_event, publish
from tests.support.factories import CitationFactory, EventFactory, OutletFactory, SourceFactory

SAME = "the bridge was CLOSED"
"""What the citation of the draft quotes, otherwise written."""


@pytest.fixture
def two_needed(story, editor, day, source):
    """A draft of a kind that needs two citations, with an approved one."""
    kind = Kind.objects.create(story=story, name="Casualties", citations_needed=2)
    return make_event(editor, day, kind, source=source, decided="approved")


def cite(event, source, quote=SAME, **fields):
    return CitationFactory(approved=True, event=event, source=source, quote=quote, **fields)


def quotes_of(event):
    return [citation["quote"] for citation in entry_of(event).document["citations"]]


@pytest.mark.parametrize(
    "quote", ["The bridge was closed.", SAME, "“The bridge was closed …”", "The bridge was…"]
)
def test_the_same_words_of_one_source_count_once(two_needed, source, editor, quote):
    cite(two_needed, source, quote)

    with pytest.raises(Refused) as refusal:
        publish(two_needed, editor)

    assert "needs 1 more approved citation" in str(refusal.value)
    assert "It has 1 approved, 0 pending and 0 rejected. The same words of one source count once." in str(
        refusal.value
    )


def test_control_other_words_of_it_count_and_so_do_the_same_words_of_another_source(
    two_needed, source, other_source, editor
):
    cite(two_needed, source, "No car has crossed since.")
    publish(two_needed, editor)
    assert entry_of(two_needed).standing == "single"

    other = make_event(editor, two_needed.day, two_needed.kind, source=source, decided="approved")
    cite(other, other_source)
    publish(other, editor)
    assert entry_of(other).standing == "corroborated"


def test_it_is_not_scheduled_with_them_either(two_needed, source, editor):
    cite(two_needed, source)

    with pytest.raises(Refused, match="needs 1 more"):
        publish(two_needed, editor, at=timezone.now() + timedelta(days=1))


def test_nor_published_together_with_others(two_needed, source, editor, story):
    cite(two_needed, source)
    publishing.submit(two_needed, by=editor, seen=1)

    assert bulk.publish_submitted(story, by=editor).published == 0


def test_readers_see_the_one_that_was_approved_first(draft, source, editor, moderator):
    later = CitationFactory(event=draft, source=source, quote=SAME)
    moderation.approve(later, by=moderator, seen=1)
    approve_all(draft, moderator)

    publish(draft, editor)

    assert quotes_of(draft) == [SAME]
    assert repeating.repeats(draft) == {draft.citations.first().pk: later}


def test_what_readers_have_stays_when_the_same_is_approved_again(published, source):
    cite(published, source)

    assert quotes_of(published) == ["The bridge was closed."]
    assert len(editions_of(published)) == 1
    assert list(problems()) == []


def test_the_other_takes_its_place_when_its_approval_is_taken_back(published, source, moderator):
    first = published.citations.get()
    cite(published, source)

    moderation.reopen(first, by=moderator, seen=1)

    assert quotes_of(published) == [SAME]
    assert list(problems()) == []


def test_one_that_disputes_in_the_same_words_is_printed(published, source):
    cite(published, source, stance="disputes")

    assert entry_of(published).standing == "disputed"
    assert len(quotes_of(published)) == 2


def test_what_is_printed_twice_is_printed_once_with_the_next_edition(published, source, editor, monkeypatch):
    with monkeypatch.context() as as_it_was:
        as_it_was.setattr("events.press.composing.once", lambda rows, said: list(rows))
        cite(published, source)
        assert quotes_of(published) == ["The bridge was closed.", SAME]

    cite(published, source, "No car has crossed since.")

    assert quotes_of(published) == ["The bridge was closed.", "No car has crossed since."]
    assert list(problems()) == []


def test_one_address_is_one_source_at_every_door(source, editor):
    source.url = "https://post.example/river?utm_source=x"
    writing.save_named(source, by=editor, seen=1)
    second = SourceFactory.build(
        story=source.story, outlet=OutletFactory(name="Another"), url="http://www.post.example/river"
    )

    with pytest.raises(Refused, match="has a source of that address already"):
        writing.save_named(second, by=editor)


def test_two_with_one_origin_are_two_citations_and_one_voice(two_needed, source, editor):
    relay = SourceFactory(outlet=OutletFactory(name="The Estuary Gazette"), title="Agencies", relays=source)
    cite(two_needed, relay)

    publish(two_needed, editor)

    assert entry_of(two_needed).standing == "single"


def test_what_was_decided_before_is_found_by_the_words_that_it_was_about(
    draft, citation, source, editor, moderator
):
    moderation.reject(citation, by=moderator, seen=1, code="inexact", words="It says “shut”.")
    again = CitationFactory(event=draft, source=source, quote=SAME)

    (before,) = repeating.decided_before(again)

    assert (before.verb, before.note, before.citation) == ("reject", "It says “shut”.", citation)


def test_also_where_that_citation_says_something_else_by_now(draft, citation, source, editor, moderator):
    moderation.reject(citation, by=moderator, seen=1, code="inexact", words="It says “shut”.")
    changed = fresh(citation)
    changed.quote = "The bridge was shut."
    writing.save_citation(changed, by=editor, seen=1)

    again = CitationFactory(event=draft, source=source, quote=SAME)

    assert [row.verb for row in repeating.decided_before(again)] == ["reject"]
    assert repeating.decided_before(fresh(citation)) == []


@pytest.mark.parametrize("otherwise", ["words", "source", "event"])
def test_not_of_other_words_another_source_or_another_event(
    draft, citation, other_source, moderator, otherwise
):
    moderation.reject(citation, by=moderator, seen=1, code="inexact", words="It says “shut”.")
    fields = {
        "event": EventFactory() if otherwise == "event" else draft,
        "source": other_source if otherwise == "source" else citation.source,
        "quote": "Quite other words." if otherwise == "words" else SAME,
    }

    assert repeating.decided_before(CitationFactory(**fields)) == []


def test_what_was_taken_back_or_rejected_is_like_nothing(draft, citation, source, moderator):
    other = CitationFactory(event=draft, source=source, quote=SAME)
    assert repeating.like(other) == [citation]

    moderation.reject(citation, by=moderator, seen=1, code="inexact", words="No.")

    assert repeating.like(other) == []
    assert repeating.repeats(draft) == {}
    assert Citation.objects.count() == 2
