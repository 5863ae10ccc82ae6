"""What may change of a story once it is open."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest
from django.db import connection, transaction
from django.urls import reverse

from chronicle.models import Edition
from chronicle.record import verifying
from events.editorial.refused import Refused
from events.editorial.stories import RELIED_ON, save_story
from events.models import Story
from tests.support.cast import approve_all, chronicle_of, entry_of, fresh, publish, term_of
from tests.support.desk import Desk
from tests.support.factories import FIRST


@pytest.mark.parametrize(
    ("field", "value"), [("slug", "high-water"), ("zone", "Asia/Baku"), ("first_number", 5)]
)
def test_what_the_record_relies_on_cannot_change(published, admin_person, story, field, value):
    setattr(story, field, value)

    with pytest.raises(Refused, match=RELIED_ON[field]):
        save_story(story, by=admin_person, seen=1)

    assert getattr(fresh(story), field) != value


def test_it_may_change_until_then(unopened, draft, admin_person):
    unopened.slug = "high-water"

    save_story(unopened, by=admin_person, seen=1)

    assert fresh(unopened).slug == "high-water"


def test_only_who_may_change_a_story_can(story, editor):
    story.title = "Another"

    with pytest.raises(Refused, match="You may not change this story"):
        save_story(story, by=editor, seen=1)


@pytest.mark.only_on("postgresql")  # SQLite takes one writer at a time: the second sees the address taken
@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_taken_at_the_same_moment_is_refused_in_words(admin_person):
    first, second = (Story(title=title, slug="high-water", first_date=FIRST, zone="UTC") for title in "AB")
    saved = Signal()

    def save_first():
        with transaction.atomic():
            save_story(first, by=admin_person)
            saved.set()
            time.sleep(1)
        connection.close()

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(save_first)
        assert saved.wait(10)
        with pytest.raises(Refused, match="Another story has just taken the address “high-water”"):
            save_story(second, by=admin_person)
        running.result()

    assert [story.title for story in Story.objects.all()] == ["A"]


def test_another_way_to_show_two_names_is_printed_at_once(
    draft, editor, moderator, admin_person, story, place
):
    place.names.create(name="Ponte Velha", language="pt", position=1)
    place.names.update(preferred=True)
    draft.places.add(place)
    approve_all(draft, moderator)
    publish(draft, editor)
    assert "The old bridge / Ponte Velha" in entry_of(draft).card
    editions, presented = Edition.objects.count(), chronicle_of(story).log.presented

    story.name_style = "brackets"
    save_story(story, by=admin_person, seen=1, note="Brackets read better.")

    assert term_of(place).label == "The old bridge (Ponte Velha)"
    assert "The old bridge (Ponte Velha)" in entry_of(draft).card
    last = Edition.objects.with_document().latest("seq")
    assert (last.subject, last.action, last.document["name_style"]) == ("chronicle", "update", "brackets")
    assert last.document["note"] == "Brackets read better."
    assert Edition.objects.count() == editions + 1
    assert chronicle_of(story).log.presented > presented
    assert list(verifying.problems()) == []


def test_the_desk_shows_what_is_relied_on_without_a_field(published, admin_person, story, client):
    client.force_login(admin_person)

    page = client.get(reverse("admin:events_story_change", args=[story.pk])).content.decode()

    assert 'name="title"' in page
    assert 'name="slug"' not in page
    assert 'name="morning_begins"' not in page


def test_the_desk_saves_through_the_verb(published, admin_person, story):
    desk = Desk(admin_person)

    desk.save(desk.open(story), title="The great flood", note="It was great.")

    assert (fresh(story).title, fresh(story).slug) == ("The great flood", "the-flood")
    assert (chronicle_of(story).title, chronicle_of(story).document["note"]) == (
        "The great flood",
        "It was great.",
    )
