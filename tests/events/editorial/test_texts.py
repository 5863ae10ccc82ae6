"""The verbs of the pages beside the days: who may, over which version, and what the record is given."""

import pytest

from chronicle.models import Chronicle, Edition
from chronicle.models import Text as PrintedText
from chronicle.record.verifying import problems
from events.editorial import texts
from events.editorial.refused import Refused, Stale
from events.models import Text
from tests.support.cast import fresh
from tests.support.factories import StoryFactory, TextFactory


def test_the_record_holds_the_document_that_was_published(text, admin_person):
    edition = texts.publish_text(text, by=admin_person, seen=1)

    printed = PrintedText.objects.with_document().get()
    assert (edition.subject, edition.action) == ("text/about", "first")
    assert printed.document == {
        "format": 1,
        "language": "en",
        "note": "",
        "title": "About the flood",
        "text": "<p>The river rose in March.</p>",
    }
    assert (printed.title, printed.text) == ("About the flood", "<p>The river rose in March.</p>")
    assert list(problems()) == []


def test_publishing_it_unchanged_prints_nothing(text, admin_person):
    texts.publish_text(text, by=admin_person, seen=1)

    assert texts.publish_text(fresh(text), by=admin_person, seen=1) is None
    assert Edition.objects.filter(subject="text/about").count() == 1


def test_saving_it_prints_nothing(text, admin_person):
    texts.publish_text(text, by=admin_person, seen=1)
    text = fresh(text)
    text.title = "The great flood"

    texts.save_text(text, by=admin_person, seen=1)

    assert (fresh(text).version, fresh(text).staged) == (2, True)
    assert PrintedText.objects.get().title == "About the flood"


@pytest.mark.parametrize("who", ["editor", "moderator"])
def test_no_role_may(request, story, who):
    person = request.getfixturevalue(who)
    with pytest.raises(Refused, match="You may not add a new text"):
        texts.save_text(Text(story=story, name="about", title="Mine", text="<p>Mine.</p>"), by=person)
    text = TextFactory()
    with pytest.raises(Refused, match="You may not change this text"):
        texts.save_text(text, by=person, seen=1)
    with pytest.raises(Refused, match="You may not publish this"):
        texts.publish_text(text, by=person, seen=1)

    assert not PrintedText.objects.exists()


def test_a_save_over_a_newer_version_is_refused(text, admin_person):
    texts.save_text(fresh(text), by=admin_person, seen=1)

    with pytest.raises(Stale):
        texts.save_text(text, by=admin_person, seen=1)


def test_it_stays_in_its_story_and_under_its_name(text, admin_person):
    text.name = "policy"
    with pytest.raises(Refused, match="This is “The flood: About”: it cannot become another page"):
        texts.save_text(text, by=admin_person, seen=1)
    text = fresh(text)
    text.story = StoryFactory(slug="the-drought", title="The drought")
    with pytest.raises(Refused, match="This belongs to “The flood”"):
        texts.save_text(text, by=admin_person, seen=1)


def test_a_second_one_of_a_name_is_refused(text, admin_person, story):
    with pytest.raises(Refused, match="This story has that page already"):
        texts.save_text(Text(story=story, name="about", title="Again", text="<p>Again.</p>"), by=admin_person)


def test_a_name_that_is_none_is_refused(story, admin_person):
    with pytest.raises(Refused, match="cannot be saved"):
        texts.save_text(Text(story=story, name="imprint", title="Us", text="<p>Us.</p>"), by=admin_person)


def test_of_a_story_of_which_nothing_else_is_printed_the_desk_knows_the_record(text, admin_person):
    texts.publish_text(text, by=admin_person, seen=1)
    TextFactory(story=StoryFactory(slug="the-drought", title="The drought"), published=True)

    assert sorted(Chronicle.objects.values_list("slug", flat=True)) == ["the-drought", "the-flood"]
    assert list(problems()) == []
