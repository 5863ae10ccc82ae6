from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from chronicle.site import heads, strip
from chronicle.site.caching import answered, tag_of
from chronicle.site.then.serving import AS_OF

MOST = 200


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The only chronicle there is, or a list of them."""
    chronicles = list(strip.chronicles().order_by("title")[:MOST])
    if len(chronicles) == 1:
        return redirect(chronicles[0].get_absolute_url() + _moment(request))
    days = [each.clock.date_of(timezone.now()) for each in chronicles]
    tag = tag_of(request, *((each.key, each.printed) for each in chronicles), *days)
    return answered(request, tag, lambda: _listed(request, chronicles))


def _moment(request: HttpRequest) -> str:
    """The query that asks for the same moment; empty where none is asked for."""
    asked = {AS_OF: request.GET[AS_OF]} if AS_OF in request.GET else {}
    return f"?{urlencode(asked, safe=':')}" if asked else ""


def _listed(request: HttpRequest, chronicles: list[Any]) -> HttpResponse:
    lately = strip.lately(chronicles)
    rows = [(chronicle, lately[chronicle.pk]) for chronicle in chronicles]
    return render(request, "chronicle/home.html", {"head": heads.of_home(request), "chronicles": rows})
