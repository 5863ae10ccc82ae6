"""What is answered to a form without a good token against forgery.

One of before its owner signed in anew, which no script has renewed, comes back with what was typed into it.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from chronicle.site.views import errors
from events.admin import signed_out
from events.admin.desk.signing.onward import onward
from events.admin.once import WHOSE

ANEW = "This page was opened before you signed in anew, and could not be taken."
LOST = (
    "Your browser had lost a cookie of this desk, and the page could not be taken. You are still signed in: "
    "look at it and send it again."
)


def forged(request: Any, reason: str = "") -> Any:
    """What is answered to a form without a good token: one of another person, of before its owner signed in
    anew, or of another site."""
    refusal = signed_out.refusal_of_another(request)
    if refusal is not None:
        return refusal
    if request.user.is_authenticated and request.path == reverse("admin:second_factor"):
        # The first of two clicks has signed them in, which changed the token.
        return HttpResponseRedirect(onward(request))
    if not _is_of_before(request):
        return errors.forged(request, reason)
    if signed_out.keep(request, is_signed_in=True):
        messages.warning(request, ANEW if settings.CSRF_COOKIE_NAME in request.COOKIES else LOST)
    return HttpResponseRedirect(request.get_full_path())


def _is_of_before(request: Any) -> bool:
    """Whether who is signed in sent it from a page of this desk."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    is_of_the_desk = request.path.startswith(reverse("admin:index"))
    is_theirs = request.user.is_authenticated and WHOSE in request.POST
    return is_ours and is_of_the_desk and is_theirs and not signed_out.is_by_script(request)
