"""What a reader finds on a public page, taken from its HTML."""

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
    return int(re.search(r'<p class="result"><b>(\d+) entr(?:y|ies)</b>', main_of(response)).group(1))


def headlines(response) -> list[str]:
    """The headlines of the entries, in order."""
    found = re.findall(r'<h3[^>]*><a href="[^"]*/entry/\d+/">(.*?)</a></h3>', main_of(response))
    return [unescape(headline) for headline in found]


def links(response, containing: str = "") -> list[str]:
    """The addresses of the links in the main part of a page, in order."""
    found = (unescape(link) for link in re.findall(r'<a [^>]*?href="([^"]*)"', main_of(response)))
    return [link for link in found if containing in link]


def query(pairs) -> str:
    """A query string of ``pairs``."""
    return "?" + urlencode(list(pairs))
