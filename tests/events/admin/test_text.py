"""The pages of a story beside its days, at the desk: written and published by an administrator alone."""

import pytest
from django.urls import reverse

from chronicle.models import Edition
from chronicle.models import Text as PrintedText
from events.models import Decision, Text
from tests.support.cast import fresh, make_person
from tests.support.choosing import choose
from tests.support.desk import Desk, errors, told
from tests.support.factories import TextFactory
from tests.support.reading import words

TYPED = {"name": "about", "title": "About the flood", "text": "<p>The river rose in March.</p>"}


@pytest.fixture
def desk(admin_person):
    return Desk(admin_person)


def add(desk, **typed):
    return desk.save(desk.get("events_text_add"), **TYPED | typed)


def test_an_administrator_writes_a_page_publishes_it_and_readers_see_it(desk, client, story):
    add(desk)
    text = Text.objects.get()
    assert (text.story, text.published_version) == (story, 0)
    assert client.get("/the-flood/about/").status_code == 404
    assert "nothing of it" in desk.open(text).content.decode()

    desk.press(text, "publish")

    page = client.get("/the-flood/about/")
    assert "About the flood The river rose in March." in words(page)
    assert "these words" in desk.open(text).content.decode()
    decision = Decision.objects.exclude(text=None).get()
    assert (decision.text, decision.verb, decision.version) == (text, "publish", 1)


def test_a_later_edition_asks_for_a_note(desk, client, story):
    add(desk)
    text = Text.objects.get()
    desk.press(text, "publish")
    desk.save(desk.open(text), text="<p>The river rose in April.</p>")
    assert "an earlier edition: it was changed since" in desk.open(text).content.decode()

    assert "say in a note" in told(desk.press(text, "publish", note=""))
    assert "in March" in words(client.get("/the-flood/about/"))
    desk.press(text, "publish", note="It was a month later.")

    assert "in April" in words(client.get("/the-flood/about/"))
    last = Edition.objects.with_document().latest("seq")
    assert (last.subject, last.edition, last.action) == ("text/about", 2, "correction")
    assert last.document["note"] == "It was a month later."


def test_what_is_published_as_it_stands_offers_no_publication(desk, text):
    desk.press(text, "publish")

    assert b"Publish this page" not in desk.open(text).content


@pytest.mark.parametrize("role", ["editor", "moderator", "both"])
def test_nobody_but_managers_may_see_write_or_publish_it(request, text, role, story):
    desk = Desk(request.getfixturevalue(role))
    answers = [
        desk.get("events_text_changelist"),
        desk.get("events_text_add"),
        desk.post("events_text_add", data=TYPED | {"name": "policy", "story": story.pk}),
        desk.open(text),
        desk.post("events_text_change", text.pk, data={"title": "Mine", "seen": 1}),
        desk.press(text, "publish"),
        desk.post("events_text_delete", text.pk, data={"post": "yes"}),
        desk.get("events_text_history", text.pk),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert all(
        answer.headers.get("Location", reverse("admin:index")) == reverse("admin:index") for answer in answers
    )
    assert (Text.objects.count(), PrintedText.objects.count()) == (1, 0)
    assert fresh(text).title == "About the flood"
    assert reverse("admin:events_text_changelist") not in desk.get("index").content.decode()


def test_a_save_over_a_newer_version_is_refused_with_both_texts(desk, text):
    other = make_person("other-admin")
    type(other).objects.filter(pk=other.pk).update(is_superuser=True)
    theirs, ours = Desk(fresh(other)), desk.open(text)
    theirs.save(theirs.open(text), text="<p>Theirs.</p>")

    response = desk.save(ours, title="Ours", text="<p>Ours.</p>")

    assert "other-admin saved a newer version in the meantime" in errors(response)
    assert [clash.name for clash in response.context["merged"].clashes] == ["text"]
    assert fresh(text).text == "<p>Theirs.</p>"
    choose(desk, response, text="mine")
    assert (fresh(text).text, fresh(text).version) == ("<p>Ours.</p>", 3)


def test_an_old_version_is_not_published(desk, text, client):
    desk.save(desk.open(text), title="The great flood")

    response = desk.send(text, "publish", seen=1)

    assert "Somebody has changed this since you opened it" in told(response)
    assert client.get("/the-flood/about/").status_code == 404


def test_a_page_that_the_story_has_already_is_refused(desk, text):
    response = add(desk, title="Once more")

    assert "This story has that page already." in errors(response)
    assert "Once more" in response.content.decode()
    assert Text.objects.count() == 1


@pytest.mark.parametrize("empty", ["", "<p></p>", "<p> </p>", "<blockquote><p></p></blockquote>"])
def test_a_text_without_a_word_is_refused(desk, story, empty):
    response = add(desk, text=empty)

    assert response.context["adminform"].form.errors["text"]
    assert not Text.objects.exists()


def test_a_page_stays_the_page_that_it_is(desk, text):
    desk.save(desk.open(text), name="policy", title="A policy")

    assert (fresh(text).name, fresh(text).title) == ("about", "A policy")


def test_one_that_no_reader_has_seen_is_deleted_and_one_they_know_is_kept(desk, text):
    known = TextFactory(name="policy", published=True)

    assert desk.post("events_text_delete", text.pk, data={"post": "yes"}).status_code == 302
    kept = desk.post("events_text_delete", known.pk, data={"post": "yes"})

    assert kept.status_code == 403
    assert list(Text.objects.all()) == [known]


def test_its_publication_is_listed_among_the_decisions(desk, text):
    desk.press(text, "publish")

    page = desk.get("events_decision_changelist").content.decode()

    assert "The flood: About" in page


def test_a_manager_writes_and_publishes_it(manager, text):
    desk = Desk(manager)

    desk.save(desk.open(text), title="By a manager")
    desk.press(text, "publish")

    assert PrintedText.objects.get().title == "By a manager"
