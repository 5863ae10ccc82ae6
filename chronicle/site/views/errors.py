import logging
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from chronicle import reporting
from chronicle.models import Chronicle
from chronicle.site import strip
from chronicle.site.sections import DayLink

PLAIN = """This page could not be made.

The fault is on our side, and it has been noted. Please try again in a moment.
Quote this id when you write to us: {id}
"""

BEGINS = re.compile("/([-a-zA-Z0-9_]{1,60})/")

logger = logging.getLogger(__name__)


class NoSuchPage(Http404):
    """An address that leads nowhere, with a sentence for the reader and perhaps the nearest day."""

    def __init__(self, sentence: str, nearest: DayLink | None = None) -> None:
        super().__init__(sentence)
        self.nearest = nearest


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere (404); it leads back to the chronicle it is under."""
    known = getattr(request, "chronicle", None)
    context: dict[str, Any] = {"chronicle": known or chronicle_of(request.path)}
    if isinstance(exception, NoSuchPage):
        context |= {"sentence": str(exception), "nearest": exception.nearest}
    return render(request, "404.html", context, status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that this site did not give out, or gave out to somebody else (403)."""
    return render(request, "403_csrf.html", {"again": request.path}, status=403)


def chronicle_of(path: str) -> Chronicle | None:
    """The chronicle with whose address ``path`` begins."""
    begins = BEGINS.match(path)
    return strip.chronicle_at(begins[1]) if begins else None


def failed(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours (500), with the id under which it is in the log.

    It asks neither the database nor who is there, as any of them may be the fault. Where even its
    template fails, it is plain text.
    """
    report = reporting.id_of(request)
    try:
        page = render_to_string("500.html", {"id": report})
    except Exception:
        logger.exception("The page that tells of a fault could not be made.", extra={"request": request})
        return HttpResponse(PLAIN.format(id=report), content_type="text/plain; charset=utf-8", status=500)
    return HttpResponse(page, status=500)
