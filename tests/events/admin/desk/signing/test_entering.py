"""Signing in: the second factor, where one goes on, and the window that closes itself."""

import json

import pytest
from allauth.account.adapter import get_adapter
from django.middleware.csrf import _does_token_match
from django.test import override_settings
from django.urls import get_resolver, reverse
from django.utils.http import int_to_base36
from fido2.utils import websafe_encode

from events.editorial import people
from events.models import Attempts, FactorChange
from events.signing import factors, stages
from tests.support.cast import make_member
from tests.support.signing import SignIn, cut_off, with_app, with_codes

pytestmark = pytest.mark.django_db
SET_UP = reverse("admin:account")


def test_the_password_alone_lets_in_who_has_no_second_factor(editor):
    browser = SignIn()

    assert browser.password("editor")["Location"] == reverse("admin:index")
    assert browser.is_in()


def test_a_wrong_password_lets_nobody_in(editor):
    browser = SignIn()

    assert browser.password("editor", "wrong").status_code == 200
    assert not browser.is_in()


def test_who_has_a_second_factor_is_not_in_before_it_is_given(editor):
    app, browser = with_app(editor), SignIn()

    assert browser.password("editor")["Location"].startswith(reverse("admin:second_factor"))
    assert not browser.is_in()
    assert "no code of yours" in browser.code("000000").text
    assert not browser.is_in()
    assert browser.code(app.code())["Location"] == reverse("admin:index")
    assert browser.is_in()


def test_control_without_the_question_the_password_would_do(editor, monkeypatch):
    with_app(editor)
    monkeypatch.setattr(stages.factors, "has_any", lambda person: False)
    browser = SignIn()
    browser.password("editor")

    assert browser.is_in()


def test_a_code_counts_once(editor):
    app, code = with_app(editor), ""
    for expected in (True, False):
        browser = SignIn()
        browser.password("editor")
        code = code or app.code()
        browser.code(code)
        assert browser.is_in() is expected


def test_an_earlier_code_than_the_last_is_late(editor):
    app, first, second = with_app(editor), SignIn(), SignIn()
    first.password("editor")
    first.code(app.at(1))
    second.password("editor")
    second.code(app.at(0))

    assert (first.is_in(), second.is_in()) == (True, False)


def test_a_recovery_code_lets_in_once_however_it_is_written(editor):
    with_app(editor)
    code = with_codes(editor)[3]
    entered = []
    for typed in (code.upper().replace("-", " "), code):
        browser = SignIn()
        browser.password("editor")
        browser.code(typed)
        entered.append(browser.is_in())

    assert entered == [True, False]
    assert FactorChange.objects.filter(person=editor, deed="code used").count() == 1


def test_what_is_sent_of_no_passkey_is_refused_in_words(editor):
    with_app(editor)
    browser = SignIn()
    browser.password("editor")

    made_up = ("no JSON", "[]", "{}", "[" * 9_000, '{"id": "x", "response": {}}', "null", '{"id": "\\ud800"}')
    for sent in (*made_up, cut_off("authenticatorData")):
        answer = browser.post("second_factor", {"credential": sent})
        assert (answer.status_code, "none of yours" in answer.text) == (200, True), sent
        Attempts.objects.all().delete()


def test_nor_does_it_let_anybody_in_alone(editor):
    browser = SignIn()
    assert browser.post("passkey_options").json()["publicKey"]["userVerification"] == "required"
    handles = ("", "x" * 13, websafe_encode(int_to_base36(editor.pk).encode()), "\0")
    sent = [json.dumps({"id": "x", "response": {"userHandle": handle}}) for handle in handles]

    for credential in ("no JSON", "[]", "{}", "null", "", '{"id": "x", "response": "x"}', *sent):
        answer = browser.post("login", {"credential": credential})
        assert (answer.status_code, browser.is_in()) == (200, False), credential
        Attempts.objects.all().delete()
    assert "lets nobody in by itself" in answer.text


def test_who_never_gave_a_password_is_asked_for_it(editor):
    answer = SignIn().get("second_factor")

    assert answer["Location"].startswith(reverse("admin:login"))


def test_after_another_password_the_second_factor_is_no_longer_enough(editor):
    app, browser = with_app(editor), SignIn()
    browser.password("editor")
    editor.set_password("another long one")
    editor.save()
    browser.code(app.code())

    assert not browser.is_in()


def test_who_lost_the_second_factor_in_between_begins_again_and_is_in(editor):
    """As when a manager resets it: the page asks for nothing that there is no more."""
    with_app(editor)
    browser = SignIn()
    browser.password("editor")
    factors.reset(editor, by=editor)

    answer = browser.get("second_factor")

    assert answer.status_code == 302 and answer["Location"].endswith("again=1")
    assert "Begin again with your password" in browser.client.get(answer["Location"]).text
    browser.password("editor")
    assert browser.is_in()


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "javascript:alert(1)",
    "x",
    "9" * 50,
    "/" + "ş" * 9_000,
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_to_another_site(editor, elsewhere):
    assert SignIn().password("editor", next=elsewhere)["Location"] == reverse("admin:index")


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nor_is_who_is_signed_in_already(admin_client, elsewhere):
    page = admin_client.get(reverse("admin:login"), {"next": elsewhere})

    assert (page.status_code, page["Location"]) == (302, reverse("admin:index"))


def test_a_window_of_its_own_ends_at_the_page_that_closes_it(editor):
    app, browser = with_app(editor), SignIn()
    second = browser.password("editor", window="1")["Location"]

    assert browser.client.post(second, {"code": app.code()})["Location"] == reverse("admin:signed_in")
    page = browser.get("signed_in")
    assert "You are signed in" in page.text
    assert "events/signed_in.js" in page.text
    assert browser.get("login", window="1")["Location"] == reverse("admin:signed_in")


def test_a_fresh_token_is_told_to_who_is_signed_in_alone(editor):
    browser = SignIn()
    told = browser.get("csrf")
    assert (told.status_code, told.json()["signed_in"]) == (403, False)

    browser.password("editor")
    told = browser.get("csrf").json()
    secret = browser.client.cookies["csrftoken"].value
    assert (told["signed_in"], told["who"]) == (True, "editor")
    assert _does_token_match(told["token"], secret)
    assert "no-store" in browser.get("csrf")["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["index", "events_event_changelist", "events_event_add", "review", "password_change"]
)
@override_settings(SECOND_FACTOR=True)
def test_where_it_is_demanded_nothing_opens_before_one_is_set_up(admin_person, name):
    browser = SignIn()
    browser.password("admin")

    assert browser.get(name)["Location"].startswith(SET_UP)
    assert browser.post(name)["Location"].startswith(SET_UP)
    assert browser.get("csrf").status_code == 403
    assert browser.get("signed_in")["Location"].startswith(SET_UP)
    assert browser.get("account").status_code == 200


def test_control_where_it_is_not_demanded_they_open(admin_person):
    browser = SignIn()
    browser.password("admin")

    assert browser.is_in()


@override_settings(SECOND_FACTOR=True)
def test_where_it_is_demanded_who_has_one_goes_on(admin_person):
    app, browser = with_app(admin_person), SignIn()
    browser.password("admin")
    browser.code(app.code())

    assert browser.is_in()


@override_settings(SECOND_FACTOR=True)
def test_who_was_invited_is_led_to_set_one_up(story):
    _, token = people.invite(story, "editor", by=make_member("our-manager", story, "manager"))
    link = reverse("admin:invitation", args=[token])
    browser, password = SignIn(), "a long way to the quay"
    browser.client.post(link, {"username": "ana", "password1": password, "password2": password})

    assert browser.get("index")["Location"].startswith(SET_UP)
    assert browser.get("account_app").status_code == 200


def test_nobody_signs_up_by_themselves(rf):
    assert not get_adapter().is_open_for_signup(rf.get("/"))
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not [name for name in names if name.startswith(("account_", "mfa_"))]


@override_settings(SECOND_FACTOR=True)
def test_one_may_always_sign_out(editor):
    browser = SignIn()
    browser.password("editor")
    browser.post("logout")

    assert browser.get("account").status_code == 302


@pytest.mark.parametrize("method", ["get", "head"])
def test_who_opens_the_address_of_signing_out_is_led_to_the_desk_and_stays_signed_in(editor, method):
    browser = SignIn()
    browser.password("editor")

    answer = getattr(browser.client, method)(reverse("admin:logout"))

    assert (answer.status_code, answer["Location"]) == (302, reverse("admin:index"))
    assert browser.is_in()
