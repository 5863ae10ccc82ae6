"""Whose words are whose is settled in their story: what is approved in another one frees nobody here."""

import pytest

from events.editorial import moderation
from events.editorial.refused import Refused
from tests.support.cast import fresh, make_member
from tests.support.factories import (
    CitationFactory,
    DayFactory,
    EventFactory,
    KindFactory,
    OutletFactory,
    SourceFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories():
    return StoryFactory(slug="ours"), StoryFactory(slug="theirs")


def cited(story, *, by, cited_by):
    """A citation of an event of ``story``: the same words of both in each story."""
    source = SourceFactory(outlet=OutletFactory(story=story))
    event = EventFactory(day=DayFactory(story=story), kind=KindFactory(story=story), by=by)
    return CitationFactory(event=event, source=source, by=cited_by)


def test_the_same_words_approved_elsewhere_make_no_author_a_moderator_of_them(stories):
    ours, theirs = stories
    author = make_member("author", ours, "editor", "moderator")
    citation = cited(ours, by=author, cited_by=make_member("another", ours, "editor"))
    same = cited(
        theirs, by=make_member("their-editor", theirs, "editor"), cited_by=make_member("y", theirs, "editor")
    )

    moderation.approve(same, by=make_member("their-moderator", theirs, "moderator"), seen=same.version)

    with pytest.raises(Refused, match="you wrote words of it, or of its event"):
        moderation.approve(citation, by=author, seen=citation.version)
    assert fresh(citation).state == "pending"


def test_control_approved_in_the_same_story_they_do(stories):
    ours, _ = stories
    author = make_member("author", ours, "editor", "moderator")
    editor, moderator = make_member("another", ours, "editor"), make_member("moderates", ours, "moderator")
    first = cited(ours, by=author, cited_by=editor)
    second = CitationFactory(event=first.event, source=first.source, by=editor, quote="It was shut.")

    moderation.approve(first, by=moderator, seen=first.version)
    moderation.approve(second, by=author, seen=second.version)

    assert fresh(second).state == "approved"


def test_an_outlet_of_the_same_words_is_another_in_another_story(stories):
    one, other = (OutletFactory(story=story) for story in stories)

    assert one.hmac != other.hmac
