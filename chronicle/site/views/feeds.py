"""Feeds, and the page that leads to them."""

from types import ModuleType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chronicle.site import heads, sections, strip
from chronicle.site.caching import of_chronicle, telling
from chronicle.site.feeds import atom, json_feed
from chronicle.site.feeds import telling as told
from chronicle.site.feeds.feed import Feed

WRITTEN: dict[str, ModuleType] = {"atom": atom, "json": json_feed}
"""What writes a feed, by how its address ends."""


@of_chronicle(*told.OF_TIMELINE)
def of_timeline(request: HttpRequest, chronicle: Any, form: str) -> HttpResponse:
    """The newest entries of a timeline, narrowed as its page is."""
    return _written(told.of_timeline(request, chronicle), form)


@of_chronicle(*told.OF_CORRECTIONS)
def of_corrections(request: HttpRequest, chronicle: Any, form: str) -> HttpResponse:
    """The last changes, narrowed as their page is."""
    return _written(told.of_corrections(request, chronicle, strip.calendar_of(chronicle)), form)


@of_chronicle()
def of_days(request: HttpRequest, chronicle: Any, form: str) -> HttpResponse:
    """The days that are closed."""
    return _written(told.of_days(request, chronicle), form)


@of_chronicle()
def feeds(request: HttpRequest, chronicle: Any) -> HttpResponse:
    """Where each feed is, and what it tells."""
    head = heads.Head(
        f"Feeds · {chronicle.title}",
        heads.canonical(request, sections.address("feeds", chronicle.slug)),
        site=chronicle.title,
    )
    return render(request, "chronicle/feeds.html", {"chronicle": chronicle, "head": head})


def _written(feed: Feed, form: str) -> HttpResponse:
    writer = WRITTEN[form]
    response = HttpResponse(writer.written(feed), content_type=writer.TYPE)
    return telling(response, feed.sentences)
