"""Guessing is slowed, by account and by neighbourhood, and nobody is locked out."""

from datetime import timedelta

import pytest
from django.db.models import F

from events.admin.desk.signing import forms
from events.models import Attempts
from events.signing import limits
from tests.support.signing import SignIn, with_app

pytestmark = pytest.mark.django_db
ELSEWHERE = "203.0.113.{}"


def guess(times, name="editor", *, password="", address="198.51.100.1"):
    """The last of so many answers, each asked from a browser of its own."""
    return [SignIn(REMOTE_ADDR=address).password(name, password or "wrong") for _ in range(times)][-1]


def later(**by):
    Attempts.objects.update(last_at=F("last_at") - timedelta(**by))


def test_after_five_wrong_passwords_one_must_wait_and_is_told_how_long(editor):
    assert "Wait" not in guess(5).text

    assert "Wait 5 seconds, then try again" in guess(1).text


def test_who_must_wait_is_not_let_in_by_the_right_password_either(editor):
    guess(5)
    browser = SignIn()
    browser.password("editor")
    assert not browser.is_in()

    later(seconds=6)
    browser.password("editor")
    assert browser.is_in()


def test_control_without_the_count_it_would_be(editor, monkeypatch):
    monkeypatch.setattr(forms.limits, "count", lambda *kinds: None)
    guess(25)
    browser = SignIn()
    browser.password("editor")

    assert browser.is_in()


def test_the_wait_doubles_and_is_never_longer_than_five_minutes(editor):
    guess(5)
    told = []
    for _ in range(9):
        later(minutes=6)
        guess(1)
        told.append(guess(1).text.partition("Wait ")[2].partition(",")[0])

    assert told[:3] == ["10 seconds", "20 seconds", "40 seconds"]
    assert told[-1] == "5 minutes"


def test_after_an_hour_nothing_is_held_against_anybody(editor):
    guess(9)
    later(hours=1, seconds=1)

    assert "Wait" not in guess(5).text


def test_one_account_is_slowed_wherever_it_is_tried_from(editor):
    for last in range(5):
        guess(1, address=ELSEWHERE.format(last) if last % 2 else "2001:db8::1")

    assert "Wait" in guess(1, address="192.0.2.1").text


def test_one_neighbourhood_is_slowed_whatever_it_tries(editor):
    for number in range(20):
        guess(1, name=f"nobody-{number}", address=ELSEWHERE.format(number))

    assert "Wait" in guess(1, name="somebody-else", address=ELSEWHERE.format(99)).text
    assert "Wait" not in guess(1, name="another", address="192.0.2.1").text


def test_an_account_that_does_not_exist_is_slowed_as_one_that_does(editor):
    assert [guess(6, name=name).context["form"].errors for name in ("editor", "nobody")] == [
        {
            "__all__": [
                "Too many wrong tries. Wait 5 seconds, then try again: nothing is looked at until then."
            ]
        }
    ] * 2


def test_what_was_typed_as_a_name_is_kept_nowhere(editor):
    guess(1, name="my secret password")

    assert "secret" not in repr(list(Attempts.objects.values()))


def test_codes_of_the_second_factor_are_slowed_too(editor):
    app, browser = with_app(editor), SignIn()
    browser.password("editor")
    answers = [browser.code("000000").text for _ in range(6)]

    assert ["Wait" in answer for answer in answers] == [False] * 5 + [True]
    browser.code(app.code())
    assert not browser.is_in()
    later(seconds=6)
    browser.code(app.code())
    assert browser.is_in()


def test_the_present_password_is_not_guessed_by_who_is_signed_in(editor):
    browser = SignIn()
    browser.password("editor")
    for _ in range(5):
        browser.confirm(password="wrong")

    assert "Wait" in browser.confirm(password="editoreditor").text
    typed = {
        "old_password": "editoreditor",
        "new_password1": "a long way off",
        "new_password2": "a long way off",
    }
    assert "Wait" in browser.post("password_change", typed).text


def test_a_right_password_makes_the_count_begin_anew(editor):
    guess(4)
    guess(1, password="editoreditor")

    assert "Wait" not in guess(5).text


def test_old_counts_are_swept_away(editor):
    guess(2)
    later(hours=2)
    limits.forget_old()

    assert not Attempts.objects.exists()
