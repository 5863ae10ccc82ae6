"""Adding and removing second factors, and who is asked first whether it is they."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.test import override_settings
from django.urls import reverse

from events.admin.desk.signing import account, enrolling
from events.models import FactorChange
from events.signing import factors
from tests.support.signing import App, SignIn, codes_in, cut_off, secret_in, with_app, with_codes

pytestmark = pytest.mark.django_db
CONFIRM = reverse("admin:account_confirm")
CHANGING = ("account_app", "account_passkey", "account_codes")


@pytest.fixture
def browser(editor):
    """The editor's, who has an app for codes and ten recovery codes, and is signed in."""
    found = SignIn()
    app = with_app(editor)
    with_codes(editor)
    found.password("editor")
    found.code(app.code())
    found.app = app
    return found


def removing(person):
    return {"factor": factors.of(person).first().pk}


def test_whoever_changes_ways_to_sign_in_is_asked_first(browser, editor):
    before = list(Authenticator.objects.values())
    for name in CHANGING:
        assert browser.get(name)["Location"].startswith(CONFIRM)
        assert browser.post(name)["Location"].startswith(CONFIRM)
    assert browser.post("account_remove", **removing(editor))["Location"].startswith(CONFIRM)

    assert list(Authenticator.objects.values()) == before


def test_control_without_the_question_it_would_be_removed(browser, editor, monkeypatch):
    monkeypatch.setattr(account.stages, "is_confirmed", lambda request: True)
    browser.post("account_remove", **removing(editor))

    assert not factors.has_any(editor)


@pytest.mark.parametrize("by", ["password", "app", "recovery code"])
def test_the_password_or_the_factor_answers_it(browser, editor, by):
    code = {"app": browser.app.code(), "recovery code": with_codes(editor)[0]}
    typed = {"password": "editoreditor"} if by == "password" else {"code": code[by]}

    assert browser.confirm(**typed)["Location"] == reverse("admin:account")
    assert browser.get("account_app").status_code == 200


def test_something_else_does_not(browser):
    for typed in ({"password": "wrong"}, {"code": "123456"}, {}):
        assert browser.confirm(**typed).status_code == 200

    assert browser.get("account_app")["Location"].startswith(CONFIRM)


def test_the_last_one_takes_the_recovery_codes_along(browser, editor):
    browser.confirm(password="editoreditor")
    assert "your recovery codes go with it" in browser.get("account_remove", **removing(editor)).text

    browser.post("account_remove", **removing(editor))

    assert not Authenticator.objects.filter(user=editor).exists()
    assert "app removed" in FactorChange.objects.values_list("deed", flat=True)


def test_nobody_removes_what_is_somebody_elses(browser, moderator):
    with_app(moderator)
    browser.confirm(password="editoreditor")

    assert browser.post("account_remove", **removing(moderator)).status_code == 404
    assert browser.post("account_remove", factor="x").status_code == 404
    assert factors.has_any(moderator)


@override_settings(SECOND_FACTOR=True)
def test_the_first_is_set_up_at_the_first_sign_in_and_brings_codes(editor):
    browser, other = SignIn(), SignIn()
    other.password("editor")
    browser.password("editor", next="/desk/events/event/")
    page = browser.get("account_app", next="/desk/events/event/")
    assert 'src="data:image/svg+xml;base64,' in page.text
    app = App(secret_in(page))
    assert "not the code" in browser.post("account_app", {"code": "000000"}).text

    shown = browser.post("account_app", {"code": app.code(), "next": "/desk/events/event/"})

    assert len(set(codes_in(shown))) == 10
    assert 'href="/desk/events/event/"' in shown.text
    assert browser.is_in()
    assert other.get("account").status_code == 302


def test_of_codes_and_keys_the_database_has_nothing_that_can_be_used(browser, editor):
    codes = with_codes(editor)
    kept = repr(list(Authenticator.objects.values()))

    assert browser.app.secret not in kept
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_new_codes_take_the_place_of_all_others(browser, editor):
    former = with_codes(editor)
    browser.confirm(password="editoreditor")

    made = codes_in(browser.post("account_codes"))

    assert not factors.takes_code(editor, former[0])
    assert factors.takes_code(editor, made[0])
    assert codes_in(browser.get("account_codes")) == []


@pytest.fixture
def elsewhere(browser, editor):
    """Who is signed in with a recovery code of the editor, whose they may not be."""
    found = SignIn()
    found.password("editor")
    found.code(with_codes(editor)[0])
    assert found.is_in()
    return found


@pytest.mark.parametrize("name", ["account_remove", "account_codes"])
def test_what_is_taken_away_lets_nobody_stay_in_elsewhere(browser, editor, elsewhere, name):
    browser.confirm(password="editoreditor")

    browser.post(name, **(removing(editor) if name == "account_remove" else {}))

    assert browser.is_in()
    assert not elsewhere.is_in()


def test_control_unended_they_would_stay(browser, editor, elsewhere, monkeypatch):
    monkeypatch.setattr(enrolling, "end_others", lambda request: None)
    browser.confirm(password="editoreditor")

    browser.post("account_remove", **removing(editor))

    assert elsewhere.is_in()


def test_a_passkey_that_is_none_is_refused_in_words(browser):
    browser.confirm(password="editoreditor")

    for sent in (
        "",
        "no JSON",
        "{}",
        "[]",
        '{"id": "x", "rawId": "eA", "type": "public-key", "response": {}}',
        cut_off("attestationObject"),
    ):
        answer = browser.post("account_passkey", {"credential": sent, "name": "Mine"})
        assert (answer.status_code, "was not made" in answer.text) == (200, True), sent


def test_the_desk_shows_nobody_what_makes_a_second_factor():
    assert not [model for model in admin.site._registry if model._meta.app_label in ("mfa", "account")]


def test_the_pages_ask_little_of_the_database(browser, django_assert_max_num_queries):
    browser.confirm(password="editoreditor")
    for name in (*CHANGING, "account", "account_confirm", "signed_in", "csrf"):
        with django_assert_max_num_queries(12):
            assert browser.get(name).status_code == 200
