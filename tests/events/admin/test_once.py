"""What is sent twice is done once: two clicks, a page that is loaded again, a try after the line was cut."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from events.admin.once import DONE_ALREADY
from events.models import Event, Sent
from tests.support.factories import DayFactory, KindFactory, PersonFactory
from tests.support.forms import Forms

ADD = "/desk/events/event/add/"


def form_of(client, address: str, ends: str = "") -> dict[str, str]:
    """What the form of a page holds that is sent to an address with this end, its tokens included."""
    forms = Forms()
    forms.feed(client.get(address).content.decode())
    return next(held for action, held in forms.found if action.endswith(ends) and "once" in held)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def typed(desk, day, kind):
    """A new event as somebody has typed it."""
    return {**form_of(desk, ADD), "day": day.pk, "kind": kind.pk, "headline": "A bridge is closed"}


def test_two_clicks_make_one_event(desk, typed):
    first = desk.post(ADD, typed)
    second = desk.post(ADD, typed, follow=True)

    assert Event.objects.count() == 1
    assert first.url.partition("?")[0] == second.redirect_chain[0][0]
    assert DONE_ALREADY in second.text


def test_control_without_its_token_they_make_two(desk, typed):
    del typed["once"]

    for _ in range(2):
        desk.post(ADD, typed)

    assert Event.objects.count() == 2


def test_other_words_on_the_same_page_are_something_else(desk, typed):
    desk.post(ADD, typed)
    desk.post(ADD, {**typed, "headline": "Another bridge is closed"})

    assert Event.objects.count() == 2


def test_what_was_refused_can_be_sent_again(desk, typed, day):
    first = desk.post(ADD, {**typed, "headline": ""})
    assert first.status_code == 200
    assert not Sent.objects.exists()

    desk.post(ADD, typed)
    assert Event.objects.count() == 1


def test_a_verb_that_is_pressed_twice_is_carried_out_once_and_refuses_nobody(desk, draft):
    page, address = f"/desk/events/event/{draft.pk}/change/", f"/desk/events/event/{draft.pk}/verb/discard/"
    held = form_of(desk, page, "/verb/discard/") | {"reason": "Not of it."}

    assert desk.post(address, held).status_code == 302
    again = desk.post(address, held, follow=True)

    assert draft.decisions.filter(verb="discard").count() == 1
    assert DONE_ALREADY in again.text
    assert "Somebody has changed this" not in again.text


def test_another_person_has_not_sent_it(desk, typed, other_editor):
    desk.post(ADD, typed)
    desk.force_login(other_editor)
    assert desk.post(ADD, typed).status_code == 403
    assert Event.objects.count() == 1
    desk.post(ADD, {**typed, "whose": other_editor.pk})

    assert Event.objects.count() == 2


def test_it_is_kept_for_a_day_and_holds_no_words(desk, typed):
    Sent.objects.create(fingerprint="0" * 64, at=timezone.now() - timedelta(days=2))

    desk.post(f"{ADD}?_changelist_filters=q%3Dbridge", typed)

    (kept,) = Sent.objects.all()
    assert kept.led_to == f"/desk/events/event/{Event.objects.get().pk}/change/"
    assert typed["once"] not in kept.fingerprint


@pytest.mark.only_on("postgresql")
@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one_event():
    editor, day = PersonFactory(editor=True), DayFactory()
    kind = KindFactory(story=day.story)
    client = Client()
    client.force_login(editor)
    typed = {**form_of(client, ADD), "day": day.pk, "kind": kind.pk, "headline": "A bridge is closed"}
    both = Barrier(2)

    def send(_: int) -> int:
        one = Client()
        one.cookies.update(client.cookies)
        both.wait()
        try:
            return one.post(ADD, typed).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(send, range(2))) == [302, 302]
    assert Event.objects.count() == 1
