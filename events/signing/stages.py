"""How far somebody is with signing in, as their session keeps it.

Nobody is signed in, as Django has it, before their second factor was given where they have one: until then
the session says whose password was right, and for ten minutes.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.utils import timezone

from events.signing import factors

PENDING, GIVEN, CONFIRMED, NEW = "signing_in", "second_factor", "confirmed_at", "signed_in_at"
PATIENCE = timedelta(minutes=10)
"""Between password and second factor."""
GOOD_FOR = timedelta(minutes=5)
"""How long one is not asked again who one is, when ways to sign in are changed."""


def password_was_right(request: Any, person: Any) -> bool:
    """Sign ``person`` in, or keep that a second factor is still to be given; whether they are signed in."""
    if factors.has_any(person):
        request.session.cycle_key()
        request.session[PENDING] = {
            "person": person.pk,
            "backend": person.backend,
            "hash": person.get_session_auth_hash(),
            "at": timezone.now().isoformat(),
        }
        return False
    enter(request, person)
    return True


def pending(request: Any) -> Any:
    """Who gave their password and not yet their second factor; None where nobody did, it is too late, or
    there is none any more that they could give."""
    told = request.session.get(PENDING)
    if not told or timezone.now() - datetime.fromisoformat(told["at"]) > PATIENCE:
        return None
    person = get_user_model().objects.filter(pk=told["person"], is_active=True, is_staff=True).first()
    if person is None or person.get_session_auth_hash() != told["hash"] or not factors.has_any(person):
        return None
    person.backend = told["backend"]
    return person


def factor_was_right(request: Any, person: Any) -> None:
    """Sign in who gave their password before."""
    request.session.pop(PENDING, None)
    enter(request, person)
    request.session[GIVEN] = True


def passkey_was_right(request: Any, person: Any) -> None:
    """Sign in who has shown a passkey that is enough by itself."""
    person.backend = settings.AUTHENTICATION_BACKENDS[0]
    factor_was_right(request, person)


def enter(request: Any, person: Any) -> None:
    login(request, person)
    request.session[NEW] = timezone.now().isoformat()


def factor_was_added(request: Any) -> None:
    request.session[GIVEN] = True


def factors_are_gone(request: Any) -> None:
    request.session.pop(GIVEN, None)


def must_set_up(request: Any) -> bool:
    """Whether who is signed in may do nothing at the desk but set up a second factor."""
    return settings.SECOND_FACTOR and not request.session.get(GIVEN)


def confirm(request: Any) -> None:
    """Who is signed in has just shown that it is they."""
    request.session[CONFIRMED] = timezone.now().isoformat()


def is_confirmed(request: Any) -> bool:
    """Whether ways to sign in may be changed now: who has just signed in by password alone, and has no other
    factor, is not asked for the password again."""
    if _lately(request, CONFIRMED):
        return True
    return _lately(request, NEW) and not factors.has_any(request.user)


def _lately(request: Any, what: str) -> bool:
    told = request.session.get(what)
    return bool(told) and timezone.now() - datetime.fromisoformat(told) <= GOOD_FOR
