"""Everything that a reader can get: each address of the site that any other names."""

import re
from collections.abc import Iterable
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.test import Client

SITE = "http://testserver"
BEGINNINGS = ("/", "/sitemap.xml", "/robots.txt")
NAMED = re.compile(
    r'(?:href|src|content|action)="([^"]+)"|srcset="([^"]+)"|<loc>([^<]+)</loc>|"(https?://[^"]+)"'
)
STATIC = "/static/"


def crawl(
    most: int = 2_000,
    *,
    client: Client | None = None,
    beginnings: Iterable[str] = BEGINNINGS,
    below: str = "/",
) -> dict[str, bytes]:
    """What is at each address, with its headers before it; of styles and scripts nothing.

    A reader asks, unless a ``client`` does, and of every address ``below`` that one.
    """
    client, found, waiting = client or Client(), {}, list(beginnings)
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith(STATIC) or not address.startswith(below):
            continue
        assert len(found) < most, "The site has no end."
        response = client.get(address)
        content = response.getvalue()
        found[address] = "\n".join(f"{name}: {value}" for name, value in response.items()).encode() + content
        if response["Content-Type"].partition(";")[0] in ("text/html", "application/xml"):
            waiting += addresses(content.decode(), address)
    return found


def addresses(words: str, here: str) -> set[str]:
    """The addresses of this site that a page names, without what is asked of each but for what is shown."""
    named = set()
    for one, several, listed, said in NAMED.findall(words):
        each = [part.split()[0] for part in several.split(",")] if several else [one or listed or said]
        named |= {urljoin(SITE + here, unescape(address)) for address in each}
    ours = [urlsplit(address) for address in named if address.startswith(f"{SITE}/")]
    return {part.path + ("?show=yes" if part.query == "show=yes" else "") for part in ours}
