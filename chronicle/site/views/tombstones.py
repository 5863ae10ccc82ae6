from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chronicle.site.tombstones import Tombstone


def answer(request: HttpRequest, chronicle: Any, tombstone: Tombstone, **context: Any) -> HttpResponse:
    """The page of what is gone: 410, or 451 where a legal order asked for it (RFC 7725)."""
    context |= {"chronicle": chronicle, "tombstone": tombstone, "editions": tombstone.editions}
    return render(request, "chronicle/tombstone.html", context, status=tombstone.status)
