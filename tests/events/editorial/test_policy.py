"""The publication policy: how many approved citations an event needs, and which ones count."""

import pytest

from chronicle.models import Entry
from events.editorial import bulk, moderation, publishing, writing
from events.editorial.refused import Refused
from events.models import Citation, Kind
from tests.support.cast import approve_all, entry_of, fresh, make_event, publish
from tests.support.factories import SourceFactory


def cite(event, source, editor, moderator=None, **fields):
    citation = Citation(event=event, source=source, quote=fields.pop("quote", "So it was."), **fields)
    citation = writing.save_citation(citation, by=editor)
    if moderator:
        moderation.approve(citation, by=moderator, seen=1)
    return citation


def need(holder, citations):
    holder.citations_needed = citations
    holder.save()


def test_names_what_is_missing(draft, editor, moderator, other_source):
    rejected = cite(draft, other_source, editor)
    moderation.reject(rejected, by=moderator, seen=1, code="inexact", words="Not so.")

    with pytest.raises(Refused) as refusal:
        publish(draft, editor)

    assert str(refusal.value) == (
        "“A bridge is closed” needs 1 more approved citation in its support before readers may see it. "
        "It has 0 approved, 1 pending and 1 rejected."
    )


def test_a_story_may_need_two(story, draft, editor, moderator, other_source):
    need(story, 2)
    approve_all(draft, moderator)
    with pytest.raises(Refused, match="needs 1 more approved citation"):
        publish(draft, editor)

    cite(draft, other_source, editor, moderator)

    assert publish(draft, editor)
    assert Entry.objects.get().standing == "corroborated"


def test_a_story_may_need_none(story, day, kind, editor):
    need(story, 0)

    publish(make_event(editor, day, kind), editor)

    assert Entry.objects.get().standing == "unsupported"


@pytest.mark.parametrize(("story_needs", "kind_needs"), [(0, 2), (3, 1)])
def test_a_kind_may_need_another_number(story, day, editor, moderator, source, story_needs, kind_needs):
    need(story, story_needs)
    casualties = Kind.objects.create(story=story, name="Casualties", citations_needed=kind_needs)
    event = make_event(editor, day, casualties, source=source)
    approve_all(event, moderator)

    if kind_needs == 1:
        assert publish(event, editor)
    else:
        with pytest.raises(Refused, match="1 more"):
            publish(event, editor)


@pytest.mark.parametrize("stance", ["disputes", "mentions"])
def test_only_what_supports_an_event_counts(day, kind, editor, moderator, source, stance):
    event = make_event(editor, day, kind)
    cite(event, source, editor, moderator, stance=stance)

    with pytest.raises(Refused, match="1 more approved citation in its support"):
        publish(event, editor)


def test_a_retracted_source_does_not_carry_a_first_publication(draft, editor, moderator, source):
    approve_all(draft, moderator)
    moderation.retract_source(source, by=moderator, seen=1, reason="Withdrawn by the paper.")

    with pytest.raises(Refused, match="1 more approved citation"):
        publish(draft, editor)


def test_a_retracted_source_does_not_stop_a_correction(published, editor, moderator, source):
    moderation.retract_source(source, by=moderator, seen=1, reason="Withdrawn by the paper.")
    published.headline = "A bridge was said to be closed"
    writing.save_event(published, by=editor, seen=published.version)

    publish(published, editor, note="Its source was retracted.")

    assert entry_of(published).document["standing"] == "retracted"


def test_two_sources_of_one_outlet_are_one_voice(story, draft, editor, moderator, source):
    second = SourceFactory(outlet=source.outlet, title="The river falls")
    cite(draft, second, editor, moderator)
    approve_all(draft, moderator)

    publish(draft, editor)

    assert Entry.objects.get().standing == "single"


def test_one_that_disputes_makes_it_disputed(draft, editor, moderator, other_source):
    approve_all(draft, moderator)
    cite(draft, other_source, editor, moderator, stance="disputes")

    publish(draft, editor)

    assert Entry.objects.get().standing == "disputed"


def test_submitted_events_are_published_together_and_the_others_named(
    story, day, kind, source, editor, moderator
):
    ready, waiting = (
        make_event(editor, day, kind, headline=name, source=source) for name in ("Ready", "Waiting")
    )
    for event in (ready, waiting):
        publishing.submit(event, by=editor, seen=1)
    approve_all(ready, moderator)
    looked_at = []

    outcome = bulk.publish_submitted(story, by=editor, progress=looked_at.append)

    assert (outcome.published, looked_at) == (1, [2])
    assert outcome.refused == [
        "“Waiting” needs 1 more approved citation in its support before readers may see it. "
        "It has 0 approved, 1 pending and 0 rejected."
    ]
    assert (fresh(ready).state, fresh(waiting).state) == ("published", "submitted")
    assert [entry.headline for entry in Entry.objects.public()] == ["Ready"]


def test_a_moderator_cannot_publish_together(story, moderator):
    with pytest.raises(Refused, match="You may not publish"):
        bulk.publish_submitted(story, by=moderator)
