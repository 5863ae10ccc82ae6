"""Passkeys that were tampered with, by a device in software; and what else nobody's browser would send."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from fido2 import cbor

from events.signing import factors
from tests.support.passkeys import NAME, PRESENT, VERIFIED, Passkey
from tests.support.signing import SignIn, with_app

pytestmark = pytest.mark.django_db


def options_in(page):
    return json.loads(re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page.text)[1])


def adding(passkey, *, name="Mine", **more):
    """The browser of the editor, and the answer to the passkey that it adds."""
    browser = SignIn()
    browser.password("editor")
    made = passkey.made(options_in(browser.get("account_passkey")), **more)
    return browser, browser.post("account_passkey", {"name": name, "credential": json.dumps(made)})


def in_by(passkey, person, **how):
    browser = SignIn()
    said = json.dumps(passkey.used(browser.post("passkey_options").json(), person, **how))
    browser.post("login", {"credential": said})
    return browser, said


def test_what_it_answered_lets_in_once(editor):
    adding(passkey := Passkey())
    browser, said = in_by(passkey, editor)
    assert browser.is_in()
    browser.post("logout")

    for other in (SignIn(), browser):
        other.post("passkey_options")
        other.post("login", {"credential": said})
        assert not other.is_in()


@pytest.mark.parametrize("flags", [PRESENT, VERIFIED], ids=["no finger", "nobody there"])
def test_it_lets_in_nobody_alone_who_was_not_asked(editor, flags):
    adding(passkey := Passkey())

    assert not in_by(passkey, editor, flags=flags)[0].is_in()


def test_it_is_nobody_elses(editor, moderator):
    adding(passkey := Passkey())

    assert not in_by(passkey, moderator)[0].is_in()
    assert not in_by(Passkey(), editor)[0].is_in()
    assert not in_by(Passkey("elsewhere.example"), editor)[0].is_in()


@pytest.mark.parametrize(("counter", "enters"), [(4, False), (5, False), (0, False), (6, True)])
def test_a_copy_that_counts_fewer_uses_lets_nobody_in(editor, counter, enters):
    adding(passkey := Passkey(counter=5))
    passkey.counter = counter

    assert in_by(passkey, editor)[0].is_in() is enters


def test_nor_does_it_after_the_password(editor):
    adding(passkey := Passkey(counter=5))
    passkey.counter = 7
    assert in_by(passkey, editor)[0].is_in()
    browser = SignIn()
    browser.password("editor")
    passkey.counter = 6
    said = passkey.used(options_in(browser.get("second_factor")))

    answer = browser.post("second_factor", {"credential": json.dumps(said)})

    assert "as a copy would" in answer.text
    assert not browser.is_in()


@pytest.mark.parametrize(
    "more",
    [
        {"name": "My\0key"},
        {"clientExtensionResults": {"x": "\0"}},
        {"clientExtensionResults": {"x": "\ud800"}},
        {"clientExtensionResults": {"credProps": []}},
        {"clientExtensionResults": {"credProps": None}},
        {"beside": "\0"},
    ],
)
def test_of_what_a_browser_says_beside_it_nothing_is_kept(editor, more):
    browser, _ = adding(Passkey(), **more)

    assert factors.has_any(editor)
    assert browser.get("account").status_code == 200


@pytest.mark.parametrize("public", [{1: 2, 3: -9999}, {1: "x", 3: 0}])
def test_a_key_of_a_kind_that_nobody_knows_is_refused(editor, public):
    browser, passkey = SignIn(), Passkey()
    browser.password("editor")
    made = passkey.made(options_in(browser.get("account_passkey")))
    held = passkey._data(0x45) + bytes(16) + len(NAME).to_bytes(2, "big") + NAME + cbor.encode(public)
    attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": held})
    made["response"] |= passkey._told({"attestationObject": attested})["response"]

    answer = browser.post("account_passkey", {"credential": json.dumps(made)})

    assert "was not made" in answer.text
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("name", ["login", "second_factor", "csrf", "account", "index"])
def test_a_cookie_with_a_nul_is_of_nobody(name):
    """Written with a backslash, as cookies may be, it passes every server in front."""
    cookie = {"cookie": 'sessionid="\\000aaaaaaaaaa"'}

    assert Client().get(reverse(f"admin:{name}"), headers=cookie).status_code in (200, 302, 403)


def test_a_code_with_a_password_beside_it_counts_as_a_code(editor):
    app, browser = with_app(editor), SignIn()
    browser.password("editor")
    browser.code(app.code())
    for _ in range(5):
        browser.confirm(code="000000")

    assert "Wait" in browser.confirm(code="000000", password="x").text
