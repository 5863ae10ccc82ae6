"""What a reader finds on the page of an entry: its words, and what it says they rest on."""

import re
from dataclasses import dataclass
from html import unescape

CITED = re.compile(r'<li class="cite [a-z]+">(.*?)</li>', re.DOTALL)
QUOTE = re.compile(r"<q[^>]*>(.*?)</q>", re.DOTALL)
SOURCE = re.compile(r'<a dir="auto" href="/[^"]*/source/(\d+)-[^"]*">([^<]*)</a>')
OUTLET = re.compile(r'<b><a dir="auto" href="[^"]*">([^<]*)</a></b>')
HEADLINE = re.compile(r"<h1[^>]*>([^<]*)</h1>")
TEXT = re.compile(r'<div class="text"[^>]*>(.*?)</div>', re.DOTALL)
WHEN = re.compile(r'<p class="when"[^>]*>(.*?)</p>|<time[^>]*>(.*?)</time>', re.DOTALL)


@dataclass(frozen=True)
class Cited:
    """One citation as it is shown; ``source`` is its number, ``named`` its title and its outlet."""

    quote: str
    source: int
    named: tuple[str, str]
    rechecked: bool


@dataclass(frozen=True)
class Seen:
    """What the page of an entry says."""

    words: tuple[str, str]
    cited: tuple[Cited, ...]
    unsupported: bool


def seen_of(html: str) -> Seen:
    """What a reader sees on the page of an entry that is public."""
    text = TEXT.search(html)
    words = (_plain(HEADLINE.search(html)[1]), _plain(text[1] if text else ""))
    cited = tuple(_cited(block) for block in CITED.findall(html))
    return Seen(words, cited, "Unsupported" in html)


def _cited(block: str) -> Cited:
    number, title = SOURCE.search(block).groups()
    named = (_plain(title), _plain(OUTLET.search(block)[1]))
    return Cited(_plain(QUOTE.search(block)[1]), int(number), named, "Being re-checked" in block)


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()
