"""What programs are told of earlier states of a page, after RFC 7089 (Memento).

Each size of the log is a memento of every page. A TimeMap lists those with which the page itself changed.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

TYPE = "application/link-format"


class Ways(NamedTuple):
    """The absolute addresses of a page as it is now, of its TimeGate and of its TimeMap."""

    original: str
    timegate: str
    timemap: str


def ways_of(request: HttpRequest, slug: str, path: str, query: str = "") -> Ways:
    """The ways of the page at ``path``, which begins with the ``slug`` of its chronicle."""
    rest, asked = path.removeprefix(f"/{slug}/"), f"?{query}" if query else ""
    absolute = request.build_absolute_uri
    return Ways(
        absolute(f"{path}{asked}"),
        absolute(f"/{slug}/timegate/{rest}{asked}"),
        absolute(f"/{slug}/timemap/{rest}{asked}"),
    )


def link(address: str, rel: str, at: datetime | None = None, **more: str) -> str:
    """One link as RFC 8288 writes it; a memento with its time."""
    said = [f'rel="{rel}"', *(f'{name}="{value}"' for name, value in more.items())]
    said += [f'datetime="{http_date(at.timestamp())}"'] if at else []
    return "; ".join([f"<{address}>", *said])


def memento_at(ways: Ways, size: int) -> str:
    """The address of a page as it was at a size of the log."""
    return f"{ways.original}{'&' if '?' in ways.original else '?'}as_of=log:{size}"


def original(response: HttpResponse, request: HttpRequest, slug: str) -> HttpResponse:
    """``response``, which is of now, telling where its earlier states are."""
    if response.status_code in (200, 304) and "Link" not in response:
        ways = ways_of(request, slug, request.path, request.GET.urlencode())
        response["Link"] = ", ".join([link(ways.timegate, "timegate"), _to_map(ways)])
    return response


def memento(response: HttpResponse, request: HttpRequest, chronicle: Any) -> HttpResponse:
    """``response``, which is of a moment, telling of which, and where others are."""
    if response.status_code not in (200, 304, 410, 451):
        return response
    moment = chronicle.then.moment
    ways = ways_of(request, chronicle.slug, request.path, request.GET.urlencode())
    others = [("first", 1, moment.first), ("prev", moment.size - 1, moment.before)]
    others += [("next", moment.size + 1, moment.after), ("last", moment.whole, moment.last_at)]
    mementos = [link(memento_at(ways, size), f"{rel} memento", at) for rel, size, at in others if at]
    told = [link(ways.original, "original"), link(ways.timegate, "timegate"), _to_map(ways), *mementos]
    response["Link"] = ", ".join(told)
    response["Memento-Datetime"] = http_date(moment.at.timestamp())
    return response


def _to_map(ways: Ways) -> str:
    return link(ways.timemap, "timemap", type=TYPE)
