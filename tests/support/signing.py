"""Somebody who signs in: with a password, an app for codes, a recovery code."""

import base64
import json
import re
import time
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse
from fido2 import cbor

from events.signing import factors


def cut_off(part: str) -> str:
    """What a browser says of a passkey, of which ``part`` ends before the key that it should hold."""

    def written(some: bytes) -> str:
        return base64.urlsafe_b64encode(some).decode().rstrip("=")

    owner, flags, counter, maker, name = bytes(32), b"\x41", bytes(4), bytes(16), b"\x00\x04abcd"
    said = {"clientDataJSON": b'{"type": "webauthn.get", "challenge": "AAAA", "origin": "https://x"}'}
    held = owner + flags + counter + maker + name
    attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": held})
    said |= {"attestationObject": attested, "authenticatorData": held, "signature": b"x"}
    response = {
        each: written(value) for each, value in said.items() if each in (part, "clientDataJSON", "signature")
    }
    return json.dumps({"id": "YWJjZA", "rawId": "YWJjZA", "type": "public-key", "response": response})


class SignIn:
    """A browser at the pages of signing in."""

    def __init__(self, **heads: str) -> None:
        self.client = Client(
            headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"}
        )
        self.client.defaults.update(heads)

    def password(self, name: str, password: str = "", **query: str) -> Any:
        typed = {"username": name, "password": password or name * 2}
        return self.client.post(reverse("admin:login", query=query or None), typed)

    def code(self, code: str, **query: str) -> Any:
        return self.client.post(reverse("admin:second_factor", query=query or None), {"code": code})

    def confirm(self, **typed: str) -> Any:
        return self.client.post(reverse("admin:account_confirm"), typed)

    def get(self, name: str, **query: Any) -> Any:
        return self.client.get(reverse(f"admin:{name}", query=query or None))

    def post(self, name: str, data: Any = None, **query: Any) -> Any:
        return self.client.post(reverse(f"admin:{name}", query=query or None), data or {})

    def is_in(self) -> bool:
        return bool(self.get("index").status_code == 200)


class App:
    """An app for codes. Each code is of another half minute, as if one waited between."""

    def __init__(self, secret: str = "") -> None:
        self.secret, self.given = secret or factors.new_secret(), -1

    def code(self) -> str:
        """The next code that is still good: clocks may be half a minute apart."""
        self.given = min(self.given + 1, 1)
        return self.at(self.given)

    def at(self, steps: int) -> str:
        counter = int(time.time()) // 30 + steps
        return str(totp.format_hotp_value(totp.hotp_value(self.secret, counter)))


def with_app(person: Any) -> App:
    """An app that ``person`` has set up, with the code of half a minute ago."""
    app = App()
    assert factors.add_app(person, app.secret, app.at(-1))
    return app


def with_codes(person: Any) -> list[str]:
    return factors.make_codes(person)


def secret_in(page: Any) -> str:
    """The key that a page shows to be typed."""
    return re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page.text)[1].replace(" ", "")


def codes_in(page: Any) -> list[str]:
    return re.findall(r"<code>([a-z2-9-]{19})</code>", page.text)
