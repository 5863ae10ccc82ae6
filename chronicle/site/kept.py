"""Pages that a server keeps as it answered them, by their tag: to make one costs ten times as much as a look.

A tag is of the log that was read for this very request, so that nobody is answered what is served otherwise
by now: under an old tag nobody asks again. What is compressed is kept so, as that costs as much as the page.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip

LARGEST = 400_000
"""Bytes of a page that is kept."""

GONE_OR_THERE = (200, 410, 451)


def kept(request: HttpRequest, tag: str, page: Callable[[], HttpResponse], pack: Any) -> HttpResponse:
    """What is kept under ``tag``, or ``page``, kept from now on as ``pack`` packs it for this reader."""
    pages = caches["pages"]
    name = f"{tag}{'-gzip' if re_accepts_gzip.search(request.headers.get('Accept-Encoding', '')) else ''}"
    if (found := pages.get(name)) is not None:
        status, headers, content = found
        return HttpResponse(content, status=status, headers=headers)
    response = page()
    if response.status_code in GONE_OR_THERE and "Cache-Control" not in response and not response.streaming:
        response = pack(request, response)
        if len(response.content) <= LARGEST:
            pages.set(name, (response.status_code, dict(response.items()), response.content))
    return response
