"""Somebody saves while another holds the lock for too long: a sentence, and all that was typed."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Signal
from unittest.mock import patch

import pytest
from django.db import connection, connections, transaction

from events.editorial.holding import hold_story
from events.editorial.refused import BUSY
from events.models import Event, Place
from tests.support.desk import Desk, errors, filled_in, told
from tests.support.factories import CitationFactory, PlaceFactory, TextFactory, fresh

pytestmark = pytest.mark.django_db(transaction=True)

TYPED = "A bridge is closed, and the road"


@contextmanager
def held(story):
    """Somebody else saves in ``story`` for as long as the block lasts; who waits does so for a moment."""
    begun, over = Signal(), Signal()

    def hold():
        try:
            with transaction.atomic():
                hold_story(story)
                begun.set()
                over.wait(30)
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as pool, impatient():
        holding = pool.submit(hold)
        begun.wait(30)
        try:
            yield
        finally:
            over.set()
            holding.result(30)


@contextmanager
def impatient():
    """Who asks here waits for a lock for a tenth of a second."""
    if connection.vendor == "sqlite":
        options = connection.settings_dict["OPTIONS"]
        with patch.dict(options, timeout=0.1):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
        yield
        cursor.execute("RESET lock_timeout")


@pytest.fixture
def desk(admin_person):
    return Desk(admin_person)


def test_a_save_comes_back_with_what_was_typed_and_is_made_once_there_is_room(desk, draft):
    page = desk.open(draft)
    with held(draft.story):
        response = desk.save(page, headline=TYPED, text="<p>It was <b>closed</b>.</p>")

    assert response.status_code == 200
    assert BUSY in errors(response)
    form = response.context["adminform"].form
    assert (form["headline"].value(), form["text"].value()) == (TYPED, "<p>It was <b>closed</b>.</p>")
    assert fresh(draft).headline == draft.headline
    assert desk.client.post(page.request["PATH_INFO"], filled_in(response)).status_code == 302
    assert fresh(draft).headline == TYPED


def test_so_does_what_is_new(desk, story, draft):
    address = "/desk/events/event/add/"
    page = desk.client.get(address)
    sent = filled_in(page) | {"day": draft.day.pk, "kind": draft.kind.pk, "headline": TYPED, "wording": ""}
    with held(story):
        response = desk.client.post(address, sent)
    assert BUSY in errors(response)
    assert response.context["adminform"].form["headline"].value() == TYPED
    assert Event.objects.count() == 1


def test_a_verb_comes_back_with_what_was_typed_into_it(desk, published):
    with held(published.story):
        response = desk.press(published, "withdraw", reason="It was another bridge.")

    assert told(response) == BUSY
    assert "It was another bridge." in response.text
    assert fresh(published).state == "published"


@pytest.mark.parametrize("make", [PlaceFactory, TextFactory, CitationFactory])
def test_so_does_each_other_form(desk, draft, make):
    row = make(event=draft, source=draft.citations.get().source) if make is CitationFactory else make()
    page = desk.open(row)
    with held(draft.story):
        response = desk.save(page)
    assert (response.status_code, BUSY in response.text) == (200, True)


def test_what_gives_nothing_back_is_told_on_a_page_of_its_own(desk, draft):
    place = PlaceFactory(name="The mill")
    with held(draft.story):
        response = desk.client.post(f"/desk/events/place/{place.pk}/delete/", {"post": "yes"})

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert BUSY in response.text
    assert Place.objects.filter(pk=place.pk).exists()


def test_control_who_waits_for_nobody_saves(desk, draft):
    assert desk.save(desk.open(draft), headline=TYPED).status_code == 302
