"""Several who sign in at the same moment, and somebody who signs in while another saves."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connections
from django.db.models import QuerySet
from django.urls import reverse

from events.admin import site as desk
from events.editorial.refused import BUSY
from events.signing import factors
from tests.events.admin.test_busy import held
from tests.support.factories import PersonFactory, StoryFactory
from tests.support.signing import SignIn, with_app

pytestmark = pytest.mark.django_db(transaction=True)


def in_with_one_code(monkeypatch):
    """How many of two browsers are in, which send one recovery code at the same moment: neither uses it up
    before both have read it, unless one waits for the other."""
    editor, both, takes = PersonFactory(editor=True), Barrier(2), factors._takes_of_recovery
    with_app(editor)
    code = factors.make_codes(editor)[0]
    browsers = [SignIn(), SignIn()]
    for browser in browsers:
        browser.password("editor")

    def take_once_both_have_read(row, typed):
        with suppress(BrokenBarrierError):
            both.wait(0.5)
        return takes(row, typed)

    def send(browser):
        try:
            browser.code(code)
        finally:
            connections.close_all()

    monkeypatch.setattr(factors, "_takes_of_recovery", take_once_both_have_read)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(send, browsers))
    return sum(browser.is_in() for browser in browsers)


@pytest.mark.only_on("postgresql")
def test_a_recovery_code_that_two_send_at_once_lets_one_in(monkeypatch):
    assert in_with_one_code(monkeypatch) == 1


@pytest.mark.only_on("postgresql")
def test_control_without_the_lock_it_lets_both_in(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", QuerySet.all)

    assert in_with_one_code(monkeypatch) == 2


def sign_in_while_another_saves():
    PersonFactory(editor=True)
    browser = SignIn()
    browser.client.raise_request_exception = False
    with held(StoryFactory()):
        return browser.client.post(reverse("admin:login"), {"username": "editor", "password": "editor" * 2})


@pytest.mark.only_on("sqlite")
def test_who_signs_in_while_another_saves_for_long_is_told_to_wait():
    answer = sign_in_while_another_saves()

    assert answer.status_code == 503
    assert BUSY in answer.text


@pytest.mark.only_on("sqlite")
def test_control_untold_it_would_be_an_error(monkeypatch):
    monkeypatch.setattr(desk, "telling_who_waits", lambda view: view)

    assert sign_in_while_another_saves().status_code == 500
