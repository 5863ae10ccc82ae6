"""What a reader finds on a public page, taken from its HTML."""

import json
import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode


@dataclass(frozen=True)
class Choice:
    """One tick box of the filter."""

    facet: str
    value: str
    ticked: bool
    label: str
    count: int


CHOICE = re.compile(
    r'<input type="checkbox" name="(\w+)" value="([^"]*)"( checked)?>'
    r'<span class="name"[^>]*>([^<]*)</span><span class="n">(\d+)<'
)


DATA = re.compile(r'<script type="application/ld\+json">([^<]*)</script>')
"""A block of data, which no browser runs and no word in it ends."""


def data_of(response) -> dict:
    """What a page tells machines in the words of schema.org; empty where it tells them nothing."""
    found = DATA.findall(response.content.decode())
    assert len(found) <= 1
    return json.loads(found[0]) if found else {}


HTMX = '<script src="/static/django_htmx/htmx-2.min.js" defer></script>'
LIVE = '<script src="/static/chronicle/live.js" type="module"></script>'
"""The scripts that a browser runs: they lie beside the page, and hold no word of anybody's."""


def without_scripts(html: str) -> str:
    """``html`` without those two."""
    return html.replace(HTMX, "").replace(LIVE, "")


def without_data(response) -> str:
    """The HTML of a page without either."""
    return without_scripts(DATA.sub("", response.content.decode()))


def head_of(response) -> dict[str, str]:
    """The canonical link and the meta elements of a page, by relation, name or property."""
    html = response.content.decode().partition("</head>")[0]
    metas = re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', html)
    links = re.findall(r'<link rel="(canonical)" href="([^"]*)">', html)
    found = [(name, unescape(value)) for name, value in [*metas, *links]]
    assert len(dict(found)) == len(found)
    return dict(found)


def text_of(html: str) -> str:
    """The words of ``html``, without its markup and with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def main_of(response) -> str:
    """The HTML of the main part of a page, on one line and with no white space between tags."""
    html = re.search(r"<main.*</main>", response.content.decode(), re.S).group()
    return re.sub(r"> <", "><", re.sub(r"\s+", " ", html))


def words(response) -> str:
    """The words of the main part of a page."""
    return text_of(main_of(response))


def choices(response) -> list[Choice]:
    """Every tick box of the filter, in order."""
    return [
        Choice(facet, unescape(value), bool(ticked), unescape(label), int(count))
        for facet, value, ticked, label, count in CHOICE.findall(main_of(response))
    ]


def ticked(response) -> list[tuple[str, str]]:
    """What a browser would send with the filter as it stands."""
    return [(choice.facet, choice.value) for choice in choices(response) if choice.ticked]


def count_line(response) -> int:
    """How many entries the page says there are."""
    [written] = re.findall(r'<p class="result"><b>([\d,]+) entr(?:y|ies)</b>', main_of(response))
    return int(written.replace(",", ""))


def links(response, containing: str = "") -> list[str]:
    """The addresses of the links in the main part of a page, in order."""
    found = (unescape(link) for link in re.findall(r'<a [^>]*?href="([^"]*)"', main_of(response)))
    return [link for link in found if containing in link]


def query(pairs) -> str:
    """A query string of ``pairs``."""
    return "?" + urlencode(list(pairs))


HEADLINE = re.compile(r"<h3[^>]*><a[^>]*>(.*?)</a></h3>", re.DOTALL)


def headlines(response) -> list[str]:
    """The headlines of a page in its order, without marks."""
    found = HEADLINE.findall(response.content.decode())
    return [unescape(re.sub("</?mark>", "", headline)) for headline in found]


def total(response) -> str:
    return re.search(r"<b>([\d,+]+) entr", main_of(response))[1]


def notices(response) -> list[str]:
    return [unescape(said) for said in re.findall(r'class="notice"[^>]*>([^<]*)<', main_of(response))]


def way(response, rel: str) -> str:
    found = re.search(rf'<a rel="{rel}" href="([^"]*)"', main_of(response))
    return unescape(found[1]) if found else ""
