"""The one module that decides which HTML of an editor's text is kept, and what may be printed unescaped.

The text of an event is a small set of HTML: paragraphs, emphasis, links, lists and quotations.
Addresses are http or https only.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from html import unescape
from typing import Any

import nh3
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from chronicle.documents import ATTRIBUTES, LINK_REL, TAGS

STROKE = "\u0338"

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"http", "https"},
    link_rel=LINK_REL,
    strip_comments=True,
)
CARD_TAGS = {"h3", "div", "dl", "dt", "dd", "span", "b", "q", "details", "summary"}
"""What a card has besides texts: the tags of chronicle/card.html and its parts."""

_of_cards = nh3.Cleaner(
    tags=TAGS | CARD_TAGS,
    attributes={tag: ATTRIBUTES.get(tag, {"lang", "dir"}) | {"class"} for tag in TAGS | CARD_TAGS}
    | {"a": {"href", "lang", "dir", "rel"}},
    url_schemes={"http", "https"},
    # Addresses within the site are links of its own, and have none.
    link_rel=None,
    strip_comments=True,
)
_bare = nh3.Cleaner(tags=set(), attributes={})
_link = re.compile(r'<a(?: [a-z]+="[^"]*")*>', re.IGNORECASE)
_address = re.compile(r' href="([^"]*)"', re.IGNORECASE)
_ELSEWHERE = re.compile("https?://", re.IGNORECASE)
_WITHIN = re.compile("/([-a-zA-Z0-9_]+/)+")
"""What an address within the site is, on a card."""

_marks_after_a_tag = re.compile(">[\u0300-\u036f]+")
_break = re.compile(r"</(?:p|li|blockquote)>|<br ?/?>")


def clean(html: str) -> str:
    """``html`` with everything taken out that is not in the small set; its words stay.

    The result is a fixed point, in the composed form of Unicode: cleaning it again changes nothing.
    """
    cleaned = _composed(_cleaner.clean(html.replace("\0", "")))
    cleaned = _link.sub(_only_with(_ELSEWHERE.match), cleaned)
    return "" if cleaned in ("<p></p>", "<p><br></p>") else cleaned


def _only_with(allowed: Callable[[str], object]) -> Callable[[re.Match[str]], str]:
    """What becomes of a link: its address goes where it is not ``allowed``, wherever in the tag it stands."""

    def without_others(link: re.Match[str]) -> str:
        return _address.sub(lambda address: address[0] if allowed(address[1]) else "", link[0])

    return without_others


def _composed(cleaned: str) -> str:
    """``cleaned`` with each letter written in one way, the letters of character references as well."""
    while not unicodedata.is_normalized("NFC", cleaned):
        # A stroke through what stands before it would make another character of the end of a tag.
        cleaned = _marks_after_a_tag.sub(lambda found: found[0].replace(STROKE, ""), cleaned)
        cleaned = _cleaner.clean(unicodedata.normalize("NFC", cleaned))
    return cleaned


def from_plain(text: str) -> str:
    """Plain text as paragraphs of the small set, every character of it shown as it is."""
    return clean(linebreaks(text, autoescape=True))


def words(html: str) -> str:
    """The words of ``html`` as plain text, one line a paragraph."""
    return unescape(_bare.clean(_break.sub("\n", html))).strip()


def printed(html: str) -> SafeString:
    """An editor's text for a page: cleaned once more, whatever the database holds."""
    return mark_safe(clean(html))  # noqa: S308 - the sanitising module is the one place for it


def _leads_somewhere(address: str) -> object:
    return _ELSEWHERE.match(address) or _WITHIN.fullmatch(address)


def as_printed(card: str) -> SafeString:
    """A printed card for a page: without what no card has, whatever the database holds."""
    cleaned = _link.sub(_only_with(_leads_somewhere), _of_cards.clean(card))
    return mark_safe(cleaned)  # noqa: S308 - the sanitising module is the one place for it


def halved(card: str) -> tuple[SafeString, SafeString]:
    """A printed card for a page, cut after its headline: a list says there what it knows of the other day."""
    upto, end, rest = as_printed(card).partition("</h3>")
    return mark_safe(upto + end), mark_safe(rest)  # noqa: S308 - the sanitising module is the one place for it


_ends_nothing = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})


def data_block(data: Any) -> SafeString:
    """``data`` as JSON-LD for a page: a block that a browser does not run, and that no word in it ends."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ends_nothing)
    block = mark_safe(text)  # noqa: S308 - the sanitising module is the one place for it
    return format_html('<script type="application/ld+json">{}</script>', block)
