"""The page on which a story is opened: what it prints, what it holds back, how far it is; and who may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chronicle.models import Chronicle, Entry
from events.editorial import opening
from events.models import Event, Story
from tests.support.cast import approve_all, chronicle_of, fresh, open_to_readers
from tests.support.desk import Desk, told
from tests.support.factories import DayFactory, EventFactory, TextFactory
from tests.support.reading import text_of

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def story(unopened):
    return unopened


@pytest.fixture
def desk(manager):
    return Desk(manager)


@pytest.fixture
def waiting(editor):
    return EventFactory(published=True, headline="The bridge waits")


def send(desk, story, deed, **typed):
    data = {"deed": deed, "seen": fresh(story).version, "domain": "flood.example", "known": "on", **typed}
    return desk.client.post(f"/desk/events/story/{story.pk}/opening/", data, follow=True)


def said(response):
    return text_of(response.content.decode())


def test_it_says_what_is_printed_and_what_stays(desk, story, waiting, draft):
    DayFactory(headline="A wet day", published=True)
    TextFactory(published=True)
    EventFactory(headline="In work", wording="16:00")

    page = said(desk.get("opening", story.pk))

    assert "Readers see nothing of this story" in page
    assert "1 event that waits for it" in page
    assert "the words of 1 day, and 1 page beside the days" in page
    assert "nothing of 2 events in work" in page
    assert "Nothing: all that waits passes." in page
    assert "Its address: /the-flood/" in page
    assert "day 1 is 1 March 2021, in the time zone Europe/Lisbon" in page


def test_it_names_what_would_be_held_back_and_why(desk, story, waiting):
    Event.objects.update(version=2)
    day = DayFactory(headline="A wet day")
    type(day).objects.update(awaits_by=waiting.scheduled_by, awaits_version=1, version=2)

    page = said(desk.get("opening", story.pk))

    assert "The bridge waits : It was changed after it was scheduled." in page
    assert "It was changed after it was put there." in page


def test_it_costs_the_same_however_many_are_held_back(desk, story, django_assert_max_num_queries):
    for number in range(4):
        EventFactory(published=True, wording=f"0{number}:00")
    Event.objects.update(version=2)

    with django_assert_max_num_queries(45):
        desk.get("opening", story.pk)


def test_a_manager_opens_it(desk, story, waiting, client):
    assert client.get("/the-flood/").status_code == 404

    response = send(desk, story, "open")

    assert told(response) == "It is open: readers see it."
    assert chronicle_of(story).origin == f"flood.example/{story.key}"
    assert "The bridge waits" in client.get("/the-flood/day-3/").content.decode()
    page = said(response)
    assert "Readers see this story since" in page
    assert "All of it is printed that passes." in page
    assert "manager : opened" in page


def test_without_saying_that_it_is_for_good_it_is_not_opened(desk, story):
    response = send(desk, story, "open", known="")

    assert "Say that you know it, then try again." in said(response)
    assert "flood.example" in response.content.decode()
    assert not Chronicle.objects.exists()


def test_what_is_no_domain_comes_back_with_why(desk, story):
    response = send(desk, story, "open", domain="https://flood.example/")

    assert "is no domain" in said(response)
    assert "https://flood.example/" in response.content.decode()
    assert not Chronicle.objects.exists()


def test_over_another_version_it_is_refused_and_may_be_sent_again(desk, story):
    response = send(desk, story, "open", seen="7")

    assert "Somebody has changed this since you opened it" in said(response)
    assert f'name="seen" value="{story.version}"' in response.content.decode()


def test_it_is_opened_at_a_time_and_that_is_cancelled(desk, story):
    at = (timezone.now() + HOUR).astimezone(story.clock.zone).replace(tzinfo=None)

    page = said(send(desk, story, "open", at=at.strftime("%Y-%m-%dT%H:%M")))
    assert "It opens on" in page
    assert "in the name of manager , known as flood.example" in page
    assert fresh(story).open_at is not None

    page = said(send(desk, story, "cancel"))
    assert "Cancelled: it is opened at no time" in page
    assert fresh(story).open_at is None


def test_why_it_was_not_opened_at_its_time_stands_there(desk, story, manager):
    opening.set_opening(story, by=manager, seen=1, at=timezone.now() + HOUR)
    Story.objects.update(open_refusal="The record is not here.")

    assert "It was not opened at its time: The record is not here." in said(desk.get("opening", story.pk))
    assert "not opened at its time" in said(Desk(manager).get("events_story_changelist"))


def test_while_it_prints_it_says_how_far_it_is_and_goes_on(desk, story, manager, monkeypatch):
    monkeypatch.setattr(opening, "AT_ONCE", 1)
    for number in range(3):
        EventFactory(published=True, headline=f"Event {number}", wording=f"0{number}:00")

    page = said(send(desk, story, "open"))
    assert "1 event is printed; 2 more to be printed wait." in page
    assert "No worker is running" in page

    assert told(send(desk, story, "go-on")) == "Printed: 1. Held back: 0."
    assert Entry.objects.count() == 2


def test_what_the_opening_held_back_is_listed_after_it(desk, story, waiting):
    Event.objects.update(version=2)

    page = said(send(desk, story, "open"))

    assert "Held back by the opening" in page
    assert "The bridge waits : It was changed after it was scheduled." in page


def test_an_editor_looks_and_does_not_open(editor, story):
    desk = Desk(editor)

    assert "A manager of the story opens it." in said(desk.get("opening", story.pk))
    assert send(desk, story, "open").status_code == 403
    assert not Chronicle.objects.exists()


def test_what_is_no_deed_is_nothing(desk, story):
    assert send(desk, story, "close").status_code == 404


def test_the_first_page_of_the_desk_leads_there_until_it_is_open(desk, story):
    link = f"/desk/events/story/{story.pk}/opening/"
    assert link in desk.get("index").content.decode()
    assert link in desk.open(story).content.decode()

    open_to_readers(story)

    assert link not in desk.get("index").content.decode()


def test_the_buttons_say_that_it_is_at_the_opening(editor, draft, moderator):
    approve_all(draft, moderator)
    desk = Desk(editor)
    assert "Save and publish at the opening" in said(desk.open(draft))
    assert "Publish now" not in said(desk.open(draft))

    after = desk.client.get(desk.press(draft, "publish-at-opening")["Location"])

    assert told(after).startswith("It is published at the opening of its story.")
    page = said(after)
    assert "For the opening of its story, by editor. Until then readers see nothing of it." in page
    assert "Publish at the opening" not in page
    assert fresh(draft).state == "scheduled"


def test_so_do_those_of_a_day_and_of_a_text(editor, manager, story):
    day, text = DayFactory(headline="A wet day"), TextFactory()
    for person, row in ((editor, day), (manager, text)):
        desk = Desk(person)
        assert "at the opening" in said(desk.open(row))
        desk.press(row, "publish-at-opening")
        assert "until the opening of the story" in said(desk.open(row))
        desk.press(row, "keep")
        assert not fresh(row).awaits_opening
