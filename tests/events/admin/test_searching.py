"""What is found on the desk by typing: by words however they are spelled, in one's own stories alone."""

from urllib.parse import quote

import pytest
from django.db import ProgrammingError, connection
from django.test import Client

from events.admin import listing
from events.admin.event import EventAdmin
from events.editorial import writing
from events.finding import asking, keeping
from events.finding.telling import key_of
from events.models import Citation, Day, DeskText, Event, PlaceName
from tests.support.cast import make_member
from tests.support.factories import EventFactory, PlaceFactory, StoryFactory

HEADLINE = "Élan à Şuşa: Ночной бой"
TEXT = '<p>They hold the <a href="https://news.example/secretive">fortress</a> &amp; the road.</p>'


@pytest.fixture
def event(db):
    return EventFactory(headline=HEADLINE, text=TEXT)


def found(client, typed, model="event"):
    """The keys of the rows in the list that is searched for ``typed``."""
    answer = client.get(f"/desk/events/{model}/?q={quote(typed)}")
    assert answer.status_code == 200
    return {row.pk for row in answer.context["cl"].result_list}


@pytest.mark.parametrize(
    "typed",
    ["elan", "ELAN", "susa", "ŞUŞA", "ночной", "НОЧНОЙ", "ночн бой", "fortress road", '"hold the fortress"'],
)
def test_an_event_is_found_by_its_words_whatever_their_case_and_accents(event, admin_client, typed):
    assert found(admin_client, typed) == {event.pk}


@pytest.mark.parametrize("typed", ["href", "secretive", "amp", "fortresses", '"road the"', "lan", "…"])
def test_it_is_not_found_by_what_is_no_word_of_it(event, admin_client, typed):
    assert found(admin_client, typed) == set()


def test_it_is_found_by_any_name_of_its_place_as_that_is_called_now(event, admin_client):
    place = PlaceFactory(story=event.story, name="Shusha")
    event.places.add(place)
    assert found(admin_client, "shusha elan") == {event.pk}

    name = PlaceName.objects.get(place=place)
    name.name = "Շուշի"
    name.save()

    assert found(admin_client, "շուշի") == {event.pk}
    assert found(admin_client, "shusha") == set()


def test_a_citation_is_found_by_its_event_as_that_is_called_now(published, admin_client, editor):
    citation = Citation.objects.get()
    event = Event.objects.get(pk=published.pk)
    event.headline = "A wholly other headline"
    writing.save_event(event, by=editor, seen=event.version)

    assert found(admin_client, "wholly other", "citation") == {citation.pk}


def test_nothing_of_another_story_is_found(event):
    other = StoryFactory(slug="the-fire")
    fire = EventFactory(day__story=other, kind__story=other, headline=HEADLINE)
    member = make_member("theirs", other, "editor")
    client = Client()
    client.force_login(member)

    assert found(client, "elan") == {fire.pk}


def test_what_is_deleted_is_found_no_more(event, admin_client):
    day = Day.objects.create(story=event.story, date="2020-11-20", headline="A day to be deleted")
    assert found(admin_client, "deleted", "day") == {day.pk}

    day.delete()

    assert found(admin_client, "deleted", "day") == set()


def test_all_texts_are_what_they_would_be_made_anew(published, text, admin_client):
    kept = dict(DeskText.objects.values_list("pk", "text"))
    assert kept

    keeping.rebuild()

    assert dict(DeskText.objects.values_list("pk", "text")) == kept
    assert found(admin_client, published.headline) == {published.pk}


def test_control_a_text_that_was_not_kept_is_told_from_one_that_was(published):
    kept = dict(DeskText.objects.values_list("pk", "text"))
    Event.objects.filter(pk=published.pk).update(headline="Past every verb")

    keeping.rebuild()

    assert dict(DeskText.objects.values_list("pk", "text")) != kept


@pytest.mark.only_on("sqlite")
def test_the_index_of_sqlite_is_that_of_the_table(published):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_desktext_fts(events_desktext_fts, rank) VALUES ('integrity-check', 1)"
        )


@pytest.fixture
def many(db):
    return [EventFactory(headline=f"{HEADLINE}, {number}") for number in range(3)]


@pytest.mark.parametrize(
    "asked", ["?q=elan", "?q=elan&state__exact=draft", "?q=elan+2", "?q=nothing", "?q=elan&p=1"]
)
def test_of_words_that_many_have_the_same_rows_are_found_in_the_same_order(
    many, admin_client, monkeypatch, asked
):
    def listed():
        return [row.pk for row in admin_client.get(f"/desk/events/event/{asked}").context["cl"].result_list]

    of_few = listed()
    monkeypatch.setattr(asking, "MOST_KEYS", 0)

    assert listed() == of_few


def test_of_words_that_many_have_the_same_rows_are_found_by_typing(many, admin_client, monkeypatch):
    def found_by_typing():
        asked_for = {"app_label": "events", "model_name": "citation", "field_name": "event", "term": "elan"}
        return admin_client.get("/desk/autocomplete/", asked_for).json()["results"]

    of_few = found_by_typing()
    monkeypatch.setattr(asking, "MOST_KEYS_TYPED", 0)

    assert len(of_few) == len(many)
    assert found_by_typing() == of_few


def test_of_words_that_many_have_fewer_are_counted_ahead(many, admin_client, monkeypatch):
    monkeypatch.setattr(asking, "MOST_KEYS", 2)
    monkeypatch.setattr(listing, "AHEAD_OF_MANY", 0)
    monkeypatch.setattr(EventAdmin, "list_per_page", 2)

    shown = admin_client.get("/desk/events/event/?q=elan").context["cl"]

    assert str(shown.result_count) == "2+"


def test_of_words_that_many_have_the_newest_of_all_are_found(many, admin_client, monkeypatch):
    monkeypatch.setattr(asking, "MOST_KEYS", 0)
    monkeypatch.setattr(asking, "MOST_ANYWHERE", 2)

    [kind] = admin_client.get("/desk/find/?q=elan").context["kinds"]

    assert [row["title"] for row in kind["rows"]] == [str(event) for event in (many[2], many[1])]


def test_nothing_of_another_story_is_found_by_words_that_many_have(many, monkeypatch):
    monkeypatch.setattr(asking, "MOST_KEYS", 0)
    other = StoryFactory(slug="the-fire")
    fire = EventFactory(day__story=other, kind__story=other, headline=HEADLINE)
    client = Client()
    client.force_login(make_member("theirs", other, "editor"))

    assert found(client, "elan") == {fire.pk}


@pytest.fixture
def many_pages(event):
    """Texts on some fifty pages of PostgreSQL's, in order; all have one word, and the first five another."""
    fillers = " ".join(f"filler{number}" for number in range(60))
    texts = [f"{fillers} common rare"] * 5 + [f"{fillers} common"] * 195
    DeskText.objects.bulk_create(
        DeskText(pk=key_of(Day, 1_000 + place), story=event.story, text=text)
        for place, text in enumerate(texts)
    )


@pytest.fixture
def no_index_of_words(db):
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE OR REPLACE FUNCTION events_desktext_matching(question tsquery, most bigint)
            RETURNS TABLE (id bigint) LANGUAGE plpgsql AS $$ BEGIN RAISE 'looked up'; END $$
        """)


@pytest.mark.only_on("postgresql")
def test_words_that_very_many_have_are_not_looked_up(many_pages, no_index_of_words):
    assert asking.found_by(Day, "common", most=20).are_many


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize(("word", "most"), [("common", 150), ("rare", 2), ("nowhere", 0)])
def test_control_words_of_which_a_sample_does_not_tell_that_are(many_pages, no_index_of_words, word, most):
    with pytest.raises(ProgrammingError, match="looked up"):
        asking.found_by(Day, word, most=most)
