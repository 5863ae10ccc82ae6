"""Two clicks on “Go on” of the second factor: both lead to the same place, and the session stays."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from events.signing import twice
from tests.support.signing import SignIn, with_app

pytestmark = pytest.mark.django_db
FURTHER = reverse("admin:review")


def clicked(editor):
    """A browser that has sent a code, and what it had as cookies before that."""
    app, browser = with_app(editor), SignIn()
    browser.password("editor")
    before, code = browser.client.cookies[settings.SESSION_COOKIE_NAME].value, app.code()
    first = browser.code(code, next=FURTHER)
    return browser, before, code, first


def click_again(browser, before, code):
    """Send it again with the cookies of before, and take what comes with the answer as a browser does."""
    at_once = SignIn()
    at_once.client.cookies[settings.SESSION_COOKIE_NAME] = before
    second = at_once.code(code, next=FURTHER)
    browser.client.cookies.update(second.cookies)
    return second


def test_the_second_leads_where_the_first_led_and_the_session_stays(editor):
    browser, before, code, first = clicked(editor)

    second = click_again(browser, before, code)

    assert (first["Location"], second["Location"]) == (FURTHER, FURTHER)
    assert settings.SESSION_COOKIE_NAME not in second.cookies
    assert browser.is_in()


def test_control_not_kept_in_mind_it_ends_the_session(editor, monkeypatch):
    monkeypatch.setattr(twice, "note", lambda request: None)
    browser, before, code, _ = clicked(editor)

    assert "again=1" in click_again(browser, before, code)["Location"]
    assert not browser.is_in()


def test_nobody_is_signed_in_by_what_was_sent_before(editor):
    _, before, code, _ = clicked(editor)
    another = SignIn()
    another.client.cookies[settings.SESSION_COOKIE_NAME] = before
    another.code(code)

    assert not another.is_in()
    assert "again=1" in another.code("000000")["Location"]


def test_a_code_that_another_session_sent_is_no_second_click(editor):
    _, _, code, _ = clicked(editor)
    another = SignIn()
    another.password("editor")

    assert "no code of yours" in another.code(code).text


def test_who_had_the_new_cookies_already_is_led_on_too(editor):
    browser, _, code, _ = clicked(editor)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.client.cookies
    sent = {"code": code, "next": FURTHER, "csrfmiddlewaretoken": "x" * 32}

    assert strict.post(reverse("admin:second_factor"), sent)["Location"] == FURTHER
    assert Client(enforce_csrf_checks=True).post(reverse("admin:second_factor"), sent).status_code == 403
