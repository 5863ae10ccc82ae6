"""A second click on “Go on”: what was sent with a session that ended as the first signed somebody in."""

from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from events.models.sent import Sent
from events.signing.sessions import SessionStore


def note(request: Any) -> None:
    """Keep that what ``request`` sends was right; where it leads it says itself."""
    Sent.objects.get_or_create(fingerprint=_fingerprint_of(request))


def is_done(request: Any) -> bool:
    """Whether just this has signed somebody in before. What the browser has by now as its session is left
    alone then: that of ``request`` is over, and would be taken from it with the answer."""
    done = request.method == "POST" and Sent.objects.filter(pk=_fingerprint_of(request)).exists()
    if done:
        request.session = SessionStore(_key_of(request))
    return done


def _fingerprint_of(request: Any) -> str:
    told = repr((_key_of(request), request.POST.get("code"), request.POST.get("credential")))
    return salted_hmac("events.signing.twice", told, algorithm="sha256").hexdigest()


def _key_of(request: Any) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
