"""The addresses of the resolver, of the site and of the desk, with their blanks filled in."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, get_resolver

BLANK = re.compile(r"<(?:(\w+):)?(\w+)>")

REAL = {
    "slug": "the-flood",
    "day": "3",
    "facet": "place",
    "index": "places",
    "date": "2021-03-03",
    "year": "2021",
    "text": "about",
    "folder": "00",
    "rendition": f"{'0' * 64}.jpg",
    "called": "river",
    "app_label": "events",
}
"""What stands in the blanks of an address that is asked for, by converter or name; 1 in all others."""


def routes(patterns=None, before="/") -> Iterator[str]:
    """Every address there is, its blanks as the resolver writes them; signing out is left out."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + re.sub(r"\^?\(\?P<(\w+)>[^)]*\)/?\$", r"<\1>/", str(pattern.pattern))
        if not isinstance(pattern, URLPattern):
            yield from routes(pattern.url_patterns, route)
        elif "logout" not in route:
            yield route


def filled(route: str, **others: str) -> str:
    """``route`` as an address; a blank that is among the ``others`` holds theirs."""

    def value(blank: re.Match[str]) -> str:
        converter, name = blank[1], blank[2]
        return others.get(name) or REAL.get(converter) or REAL.get(name) or "1"

    return BLANK.sub(value, route)


def blanks(route: str) -> list[str]:
    return [name for _, name in BLANK.findall(route)]
