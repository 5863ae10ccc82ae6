"""Browsers in which somebody has signed in before: their tries are counted apart from those of strangers.

Such a browser carries a signed cookie. It lets nobody in: with it one is slowed as any account is, but not
by what others did with the account.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from events.signing import stages

COOKIE = "known"
GOOD_FOR = timedelta(days=180)
SALT = "events.signing.known"


def remember(request: Any, response: Any, person: Any) -> Any:
    """``response``, which has the browser known as one of ``person``, once they are signed in and have given
    whatever second factor is demanded."""
    if stages.must_set_up(request):
        return response
    told = {"person": person.pk, "password": _mark_of(person), "nonce": get_random_string(22)}
    response.set_cookie(
        COOKIE,
        signing.dumps(told, salt=SALT),
        max_age=GOOD_FOR,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def nonce_of(request: Any, username: str) -> str:
    """By what the tries of a browser are counted that is known as one of ``username``; empty where it is
    not: never signed in as they, too long ago, or with another password."""
    told = _told(request)
    person = get_user_model().objects.filter(pk=told["person"]).first() if told else None
    if person is None or person.get_username().casefold() != username.strip().casefold():
        return ""
    return str(told["nonce"]) if constant_time_compare(told["password"], _mark_of(person)) else ""


def _told(request: Any) -> dict[str, Any]:
    try:
        return dict(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return {}


def _mark_of(person: Any) -> str:
    """What changes with the password, and tells nothing of it or of sessions."""
    return salted_hmac(SALT, person.get_session_auth_hash(), algorithm="sha256").hexdigest()
