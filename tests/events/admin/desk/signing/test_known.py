"""A browser in which somebody signed in before is not slowed by what strangers try, only by its own tries."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import reverse

from events.admin.desk.signing import forms
from events.signing import known
from tests.support.signing import SignIn, with_app

pytestmark = pytest.mark.django_db
ANOTHER = "a long way off"


def signed_in(name):
    browser = SignIn()
    browser.password(name)
    assert browser.is_in()
    return browser


def known_to(name):
    """A browser in which ``name`` signed in, and out again."""
    browser = signed_in(name)
    browser.post("logout")
    return browser


def with_cookie(value):
    browser = SignIn()
    browser.client.cookies[known.COOKIE] = value
    return browser


def cookie_of(browser):
    return browser.client.cookies[known.COOKIE].value


def strangers_try(name):
    for _ in range(8):
        SignIn(REMOTE_ADDR="203.0.113.5").password(name, "wrong")


def gets_in(browser, password=""):
    browser.password("editor", password)
    return browser.is_in()


def test_what_strangers_tried_holds_out_other_browsers_but_no_known_one(editor):
    browser = known_to("editor")
    strangers_try("editor")

    assert not gets_in(SignIn())
    assert gets_in(browser)
    assert not gets_in(SignIn()), "what strangers tried is not forgiven by it"


def test_nor_does_what_was_tried_from_nearby(editor):
    browser = known_to("editor")
    for number in range(20):
        SignIn().password(f"nobody-{number}", "wrong")

    assert "Wait" in SignIn().password("somebody-else", "wrong").text
    assert gets_in(browser)


def test_control_known_to_nobody_it_waits_as_others_do(editor, monkeypatch):
    browser = known_to("editor")
    strangers_try("editor")
    monkeypatch.setattr(forms.known, "nonce_of", lambda request, username: "")

    assert not gets_in(browser)


def test_its_own_wrong_tries_slow_it_wherever_the_cookie_is_taken(editor):
    browser = known_to("editor")
    stolen = cookie_of(browser)
    for _ in range(5):
        assert "Wait" not in with_cookie(stolen).password("editor", "wrong").text

    assert "Wait 5 seconds" in browser.password("editor").text
    assert not browser.is_in()


def test_wrong_codes_slow_it_though_the_password_is_right(editor):
    app, browser = with_app(editor), SignIn()
    browser.password("editor")
    browser.code(app.code())
    browser.post("logout")
    for _ in range(5):
        browser.password("editor")
        assert "Wait" not in browser.code("000000").text

    browser.password("editor")
    assert "Wait" in browser.code(app.code()).text


def test_what_strangers_tried_of_the_second_factor_does_not_hold_it_out(editor):
    app, browser = with_app(editor), SignIn()
    browser.password("editor")
    browser.code(app.code())
    browser.post("logout")
    stranger = SignIn()
    stranger.password("editor")
    for _ in range(6):
        last = stranger.code("000000")
    assert "Wait" in last.text

    browser.password("editor")
    browser.code(app.code())
    assert browser.is_in()


@pytest.mark.parametrize(
    "forged", ["", "x", "a:b:c", "clé", "eyJwZXJzb24iOjF9:1aaaaa:c2lnbmVk"], ids=range(5)
)
def test_a_forged_cookie_counts_for_nothing(editor, forged):
    strangers_try("editor")

    assert not gets_in(with_cookie(forged))


def test_nor_does_one_that_was_changed_or_that_of_another_account(editor, moderator):
    good, of_another = cookie_of(known_to("editor")), cookie_of(known_to("moderator"))
    strangers_try("editor")

    assert not gets_in(with_cookie(good[:-1] + ("A" if good[-1] != "A" else "B")))
    assert not gets_in(with_cookie(of_another))
    assert gets_in(with_cookie(good))


def test_another_password_makes_it_worthless_but_not_where_it_was_changed(editor):
    elsewhere, here = known_to("editor"), signed_in("editor")
    typed = {"old_password": "editoreditor", "new_password1": ANOTHER, "new_password2": ANOTHER}
    assert here.post("password_change", typed).status_code == 302
    here.post("logout")
    strangers_try("editor")

    assert not gets_in(elsewhere, ANOTHER)
    assert gets_in(here, ANOTHER)


def test_after_half_a_year_it_counts_for_nothing(editor, monkeypatch):
    browser = known_to("editor")
    strangers_try("editor")
    monkeypatch.setattr(known, "GOOD_FOR", timedelta(seconds=-1))

    assert not gets_in(browser)


def test_scripts_do_not_read_it_and_other_sites_do_not_send_it(editor, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = SignIn().password("editor").cookies[known.COOKIE]

    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    assert cookie["path"] == reverse("admin:index")
    assert cookie["max-age"] == timedelta(days=180).total_seconds()
    assert editor.password not in cookie.value and editor.get_session_auth_hash() not in cookie.value


@override_settings(SECOND_FACTOR=True)
def test_a_password_alone_makes_no_browser_known_where_more_is_demanded(editor):
    browser = SignIn()
    assert known.COOKIE not in browser.password("editor").cookies
    app = with_app(editor)
    assert known.COOKIE not in SignIn().password("editor").cookies
    browser = SignIn()
    browser.password("editor")

    assert known.COOKIE in browser.code(app.code()).cookies


def test_the_page_asks_no_more_with_it(editor, django_assert_num_queries):
    browser = known_to("editor")
    browser.get("login")
    with django_assert_num_queries(0):
        browser.get("login")
