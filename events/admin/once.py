"""What is sent twice is done once: two clicks, a page that is loaded again, a try after the line was cut.

A form takes along a token of its page, by the tag ``once``. What was done is remembered under a fingerprint
of the token and of all that was sent, in the same transaction: whoever sends just that again is led to where
it led. Other words on the same page, as after “Back”, are something else; what was refused is not done.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from events.models.sent import Sent

TOKEN = "once"  # noqa: S105 - the name of a field
KEPT = timedelta(days=1)
WHOSE = "whose"
"""The field of a form that says for whom it was made."""
APART = {TOKEN, WHOSE, "csrfmiddlewaretoken"}
"""Fields that say nothing of what is to be done."""
SENT = "sent"
"""The cookie that names the token of what was done last."""
A_WHILE = timedelta(minutes=5)
DONE_ALREADY = "This was sent twice, and done once: here is what the first came to."


def done_once(view: Callable[..., Any]) -> Callable[..., Any]:
    """``view``, which does nothing again that it has done with the same token."""

    @wraps(view)
    def once(request: Any, *args: Any, **kwargs: Any) -> Any:
        fingerprint = fingerprint_of(request)
        if fingerprint is None:
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                sent = _remember(fingerprint)
                response = view(request, *args, **kwargs)
                if led_to := _leads_to(request, response):
                    sent.led_to = urlsplit(led_to).path[:200]
                    sent.save(update_fields=["led_to"])
                    tell_browser(response, SENT, request.POST[TOKEN])
                else:
                    transaction.set_rollback(True)
                return response
        except _Done as done:
            messages.info(request, DONE_ALREADY)
            response = HttpResponseRedirect(done.led_to)
            tell_browser(response, SENT, request.POST[TOKEN])
            return response

    return once


def tell_browser(response: Any, name: str, value: str) -> None:
    """What the browser keeps of what was sent may go: a script of the next page reads so in a cookie."""
    response.set_cookie(
        name,
        value,
        max_age=A_WHILE,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )


def keep_part(request: Any, led_to: str) -> None:
    """Of what ``request`` asks for some is done, which stands though its page is shown again with the rest:
    whoever sends just that again is led to ``led_to``."""
    request.part_led_to = led_to


def _leads_to(request: Any, response: Any) -> str:
    """Where ``response`` leads; empty where nothing is done."""
    return response.url if isinstance(response, HttpResponseRedirect) else getattr(request, "part_led_to", "")


def fingerprint_of(request: Any) -> str | None:
    """By which what ``request`` sends is known; None where it is not asked to be done once."""
    # What opens in a window of its own is answered there, and leads nowhere.
    asked = request.method == "POST" and "_popup" not in request.POST
    token = request.POST.get(TOKEN, "") if asked else ""
    try:
        UUID(token)
    except ValueError:
        return None
    told = repr((request.user.pk, request.path, token, list(_said(request))))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _said(request: Any) -> Iterator[tuple[str, Any]]:
    yield from ((name, values) for name, values in sorted(request.POST.lists()) if name not in APART)
    for name, files in sorted(request.FILES.lists()):
        yield name, [(file.name, file.size) for file in files]


class _Done(Exception):
    """That it was done before, and where that led."""

    def __init__(self, led_to: str) -> None:
        super().__init__(led_to)
        self.led_to = led_to


def _remember(fingerprint: str) -> Sent:
    """Waits for whoever does the same at this moment. Raises _Done where it was done."""
    try:
        with transaction.atomic():
            sent = Sent.objects.create(fingerprint=fingerprint)
    except IntegrityError:
        raise _Done(Sent.objects.get(pk=fingerprint).led_to) from None
    Sent.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return sent
