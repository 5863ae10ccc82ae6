"""The policy of a story is its managers': changed in one place, each change a decision."""

import pytest

from events.editorial import moderation, policy, stories, writing
from events.editorial.refused import Refused, Stale
from events.models import Decision, Kind
from tests.support.cast import chronicle_of, editions_of, fresh, make_event, make_person
from tests.support.factories import CitationFactory, PersonFactory, StoryFactory


@pytest.fixture
def manager(db):
    return PersonFactory(username="manager", groups=["Managers"])


def set_policy(story, by, **given):
    return policy.set_policy(story, by=by, seen=fresh(story).version, **given)


def test_a_manager_changes_it_and_readers_are_told(published, story, kind, manager):
    changed = set_policy(story, manager, citations_needed=2, recheck="after", needed={kind.pk: 3})

    story, kind = fresh(story), fresh(kind)
    assert (story.citations_needed, story.recheck, kind.citations_needed) == (2, "after", 3)
    assert changed == [
        "approved citations needed: 2 (before: 1)",
        "when the words of an event change: ask again after: published with the mark “being re-checked” "
        "(before: ask again first: publishing waits until they are confirmed)",
        "“Damage”: citations needed: 3 (before: as many as the story asks for)",
    ]
    decision = Decision.objects.get(story=story, verb="set policy")
    assert decision.by == manager
    # By its number, as its name may be taken down and this note stays.
    assert "kind/1: citations needed: 3 (before: as many as the story asks for)" in decision.note
    assert "Damage" not in decision.note + chronicle_of(story).document["note"]
    assert chronicle_of(story).document["policy"]["citations_needed"] == 2
    assert editions_of(kind)[-1].document["citations_needed"] == 3


def test_the_same_again_changes_nothing(story, kind, manager):
    assert set_policy(story, manager, citations_needed=1, needed={kind.pk: None}) == []

    assert not Decision.objects.exclude(verb="open").exists()
    assert fresh(story).version == story.version


@pytest.mark.parametrize("who", ["editor", "moderator"])
def test_nobody_else_does(story, who, request):
    with pytest.raises(Refused, match="You may not change the policy"):
        set_policy(story, request.getfixturevalue(who), citations_needed=0)


def test_a_policy_that_somebody_changed_meanwhile_is_looked_at_again(story, manager):
    set_policy(story, manager, citations_needed=2)

    with pytest.raises(Stale):
        policy.set_policy(story, by=manager, seen=story.version, citations_needed=0)


@pytest.mark.parametrize("fields", [{"title": "Another"}, {"slug": "another"}])
def test_it_is_no_way_to_change_anything_else(story, manager, fields):
    with pytest.raises(Refused, match="is no part of the policy"):
        set_policy(story, manager, **fields)


def test_a_number_that_no_form_takes_is_refused(story, kind, manager):
    with pytest.raises(Refused, match="approved citations needed"):
        set_policy(story, manager, needed={kind.pk: 1000})


def test_the_kind_of_another_story_stays(story, manager):
    other = Kind.objects.create(story=StoryFactory(slug="the-fire"), name="X")

    assert set_policy(story, manager, needed={other.pk: 0}) == []
    assert fresh(other).citations_needed is None


def test_an_editor_sets_no_kind_to_no_citations(story, kind, editor):
    """Alone, that published what nothing was approved for."""
    kind.citations_needed = 0

    with pytest.raises(Refused, match="is the policy of its story"):
        writing.save_named(kind, by=editor, seen=kind.version)
    with pytest.raises(Refused, match="is the policy of its story"):
        writing.save_named(Kind(story=story, name="Rumour", citations_needed=0), by=editor)


def test_saving_the_story_keeps_it(story, admin_person):
    story.title, story.citations_needed, story.second_person = "Renamed", 0, True
    stories.save_story(story, by=admin_person, seen=story.version)

    saved = fresh(story)
    assert (saved.title, saved.citations_needed, saved.second_person) == ("Renamed", 1, False)


def test_what_is_published_and_below_it_is_listed(published, story, manager, editor, day, kind):
    make_event(editor, day, kind, headline="A draft needs nothing")
    assert list(policy.below_policy(story)) == []

    set_policy(story, manager, citations_needed=2)

    (below,) = policy.below_policy(story)
    assert (below, below.supporting, below.needed) == (published, 1, 2)
    assert list(policy.below_policy()) == [published]


def test_who_has_no_role_is_told_so(story):
    with pytest.raises(Refused):
        set_policy(story, make_person("nobody"), citations_needed=2)


def cited(published, source, editor, moderator, quote):
    """One more approved citation of a source, with the event that readers see it under."""
    citation = CitationFactory(by=editor, event=published, source=source, quote=quote)
    moderation.approve(citation, by=moderator, seen=1)
    return citation


def test_the_same_evidence_meets_it_once(published, citation, source, story, manager, editor, moderator):
    cited(published, source, editor, moderator, f"“{citation.quote.upper()}”")
    set_policy(story, manager, citations_needed=2)

    (below,) = policy.below_policy(story)
    assert (below.supporting, below.needed) == (1, 2)

    cited(published, source, editor, moderator, "At ten the barriers came down.")
    assert not policy.below_policy(story).exists()


def test_what_rests_on_a_source_counts_the_others_once(
    published, source, other_source, manager, editor, moderator
):
    cited(published, other_source, editor, moderator, "The barriers came down.")
    cited(published, other_source, editor, moderator, "THE BARRIERS CAME DOWN")
    set_policy(published.story, manager, citations_needed=2)

    assert not policy.below_policy(published.story).exists()
    (resting,) = policy.resting_on(source)
    assert (resting, resting.supporting) == (published, 1)


def test_nothing_falls_where_the_same_evidence_takes_its_place(
    published, citation, source, editor, moderator
):
    assert moderation.would_fall(fresh(citation))

    cited(published, source, editor, moderator, citation.quote.upper())

    assert not moderation.would_fall(fresh(citation))
    moderation.reopen(citation, by=moderator, seen=1)
    assert published.citations.filter(state="approved").count() == 1


def test_an_approval_that_makes_evidence_the_same_is_asked_of_its_fate(
    published, citation, source, story, manager, editor, moderator
):
    second = cited(published, source, editor, moderator, "At ten the barriers came down.")
    set_policy(story, manager, citations_needed=2)
    second = fresh(second)
    second.quote = citation.quote.upper()
    writing.save_citation(second, by=editor, seen=1)

    assert moderation.would_fall(fresh(second), approved=True)
    with pytest.raises(moderation.BelowPolicy):
        moderation.approve(second, by=moderator, seen=2)
