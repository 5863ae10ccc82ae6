"""The one module that decides which HTML of an editor's text is kept, and what may be printed unescaped.

The text of an event is a small set of HTML: paragraphs, emphasis, links, lists and quotations.
Addresses are http or https only.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html import escape, unescape
from typing import Any

import nh3
from django.conf import settings
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString

from chronicle.documents import ATTRIBUTES, LINK_REL, TAGS

STROKE = "\u0338"

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"http", "https"},
    link_rel=LINK_REL,
    strip_comments=True,
)
PICTURE_TAGS = {
    "source": {"type", "srcset", "sizes"},
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
}
CARD_TAGS = {"h3", "div", "dl", "dt", "dd", "span", "b", "q", "details", "summary"}
CARD_TAGS |= {"figure", "picture", "figcaption", *PICTURE_TAGS}
"""What a card has besides texts: the tags of chronicle/card.html and its parts."""

_of_cards = nh3.Cleaner(
    tags=TAGS | CARD_TAGS,
    attributes={tag: ATTRIBUTES.get(tag, {"lang", "dir"}) | {"class"} for tag in TAGS | CARD_TAGS}
    | {"a": {"href", "lang", "dir", "rel"}}
    | PICTURE_TAGS,
    url_schemes={"http", "https"},
    # Addresses within the site are links of its own, and have none.
    link_rel=None,
    strip_comments=True,
)
_bare = nh3.Cleaner(tags=set(), attributes={})
_link = re.compile(r'<a(?: [a-z]+="[^"]*")*>', re.IGNORECASE)
_address = re.compile(r' href="([^"]*)"', re.IGNORECASE)
_picture = re.compile(r'<(?:img|source)(?: [a-z]+="[^"]*")*>', re.IGNORECASE)
_file = re.compile(r' (?:src|srcset)="([^"]*)"', re.IGNORECASE)
_RENDITION = r"/media/[0-9a-f]{2}/[0-9a-f]{64}\.(?:avif|webp|jpg)"
_FILES = re.compile(rf"{_RENDITION}(?: [0-9]{{1,5}}w(?:, {_RENDITION} [0-9]{{1,5}}w)*)?")
"""What a picture of a card is of: one file of ours, or several with how wide each is."""

_DOCUMENT = re.compile(r"/media/[0-9a-f]{2}/[0-9a-f]{64}\.(?:pdf|txt)")

_ELSEWHERE = re.compile("https?://", re.IGNORECASE)
_WITHIN = re.compile(r"/((?:[-a-zA-Z0-9_]|%[89A-F][0-9A-F])+/)+(\?show=yes|#[a-z]+)?")
"""What an address within the site is, on a card: only letters beyond ASCII are written by their bytes."""

_marks_after_a_tag = re.compile(">[\u0300-\u036f]+")
_PARTS = re.compile("""(?P<tag><(?:[^<>"']|"[^"]*"|'[^']*')*>)|(?P<reference>&#?[0-9A-Za-z]+;)|[^<&]+|.""")
_WITHIN_A_WORD = re.compile("</?(em|strong|a)[ >]")
"""Tags that part no word, as in the words of an editor's text."""

_BREAK = re.compile(r"</?(?:p|li|ul|ol|blockquote)(?: [^>]*)?>|<br ?/?>")
_BLANK_LINES = re.compile(r"\s*\n\s*")


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
    return _BLANK_LINES.sub("\n", unescape(_bare.clean(_BREAK.sub("\n", html)))).strip()


def outward(address: str) -> str:
    """An address elsewhere, for a link; nothing where it leads to no page, whatever the database holds."""
    return address if _ELSEWHERE.match(address) else ""


_block = re.compile(r"<(p|ul|ol|li|blockquote)>")


def printed(html: str) -> SafeString:
    """An editor's text for a page: cleaned once more, whatever the database holds.

    Each block reads from the side of its own words, where the editor did not say from which.
    """
    cleaned = _block.sub(r'<\1 dir="auto">', clean(html))
    return SafeString(cleaned)


def _leads_somewhere(address: str) -> object:
    return _ELSEWHERE.match(address) or _WITHIN.fullmatch(address) or _DOCUMENT.fullmatch(address)


def as_printed(card: str) -> SafeString:
    """A printed card for a page: without what no card has, whatever the database holds.

    Its files are printed as of this host. A page names them at that which serves them.
    """
    return _as_printed(card, settings.CHRONICLE_MEDIA_HOST)


# A card is cleaned for each of a hundred pages that show it, and comes out the same. One may be long.
@lru_cache(maxsize=512)
def _as_printed(card: str, host: str) -> SafeString:
    cleaned = _link.sub(_only_with(_leads_somewhere), _of_cards.clean(card))
    shown = _picture.sub(_only_of_ours, cleaned)
    return SafeString(_with_files_at(host, shown) if host else shown)


def _with_files_at(host: str, card: str) -> str:
    """A clean card whose pictures and documents are at ``host``."""

    def picture_there(picture: re.Match[str]) -> str:
        return _file.sub(lambda named: named[0].replace("/media/", f"{host}/media/"), picture[0])

    def document_there(link: re.Match[str]) -> str:
        return _address.sub(
            lambda named: f' href="{host}{named[1]}"' if _DOCUMENT.fullmatch(named[1]) else named[0], link[0]
        )

    return _link.sub(document_there, _picture.sub(picture_there, card))


def _only_of_ours(picture: re.Match[str]) -> str:
    """A tag that shows a picture; nothing in its place where the file is not one of ours."""
    named = _file.findall(picture[0])
    return picture[0] if named and all(map(_FILES.fullmatch, named)) else ""


def halved(card: str) -> tuple[SafeString, SafeString]:
    """A printed card for a page, cut after its headline: a list says there what it knows of the other day."""
    return _halved(card, settings.CHRONICLE_MEDIA_HOST)


@lru_cache(maxsize=512)
def _halved(card: str, host: str) -> tuple[SafeString, SafeString]:
    upto, end, rest = _as_printed(card, host).partition("</h3>")
    return SafeString(upto + end), SafeString(rest)


_ends_nothing = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})


def data_block(data: Any) -> SafeString:
    """``data`` as JSON-LD for a page: a block that a browser does not run, and that no word in it ends."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ends_nothing)
    block = SafeString(text)
    return format_html('<script type="application/ld+json">{}</script>', block)


def filled(shape: str, rows: Iterable[tuple[Any, ...]]) -> SafeString:
    """``shape`` once for each of ``rows``, with their values in its places, escaped unless they are safe.

    As Django's format_html_join, and several times as fast: for what a page has a hundred of.
    """
    return SafeString("".join([shape.format(*map(_escaped, row)) for row in rows]))


def fill(shape: str, *values: Any) -> SafeString:
    """``shape`` once, likewise."""
    return SafeString(shape.format(*map(_escaped, values)))


def _escaped(value: Any) -> Any:
    if type(value) is str and len(value) <= SHORT:
        return _words(value)
    return value if isinstance(value, SafeString | int) else escape(str(value))


SHORT = 100
# Names, days and addresses are the same from page to page.
_words = lru_cache(maxsize=8192)(escape)


Span = tuple[int, int]
"""Where something begins and ends in a text."""


def with_marks(html: str, found: Callable[[str], Iterable[Span]]) -> SafeString:
    """Safe ``html`` with what is ``found`` in its words marked, and in nothing but its words.

    ``found`` is given the words as plain text, and tells what of it to mark, in its order. Each mark stands
    within one element, so that a word that is half emphasised has two. What is not safe is escaped first.
    """
    html = conditional_escape(html)
    parts = list(_parts(html))
    plain = "".join(text for text, _, _ in parts)
    done, pieces = 0, []
    for start, end in _joined(_in_html(parts, found(plain))):
        pieces += [html[done:start], "<mark>", html[start:end], "</mark>"]
        done = end
    marked = "".join([*pieces, html[done:]])
    return SafeString(marked)


def _parts(html: str) -> Iterator[tuple[str, int, int]]:
    """The plain text of each part of ``html`` that has one, with where in it the part begins and ends."""
    for part in _PARTS.finditer(html):
        if part.lastgroup == "reference":
            yield unescape(part[0]), part.start(), part.end()
        elif part.lastgroup is None:
            yield part[0], part.start(), part.end()
        elif not _WITHIN_A_WORD.match(part[0]):
            yield "\n", part.start(), part.start()


def _in_html(parts: Iterable[tuple[str, int, int]], spans: Iterable[Span]) -> Iterator[Span]:
    """Where in the HTML the ``spans`` of its plain text stand, cut at each tag."""
    waiting = iter(spans)
    begins, ends = next(waiting, (0, 0))
    at = 0
    for text, start, end in parts:
        while begins < at + len(text) and begins < ends:
            if ends > at:
                yield _inside(text, start, end, begins - at, ends - at)
            if ends > at + len(text):
                break
            begins, ends = next(waiting, (0, 0))
        at += len(text)


def _inside(text: str, start: int, end: int, begins: int, ends: int) -> Span:
    """What of a part lies between two offsets in its text; a reference is marked whole."""
    if len(text) != end - start:
        return start, end
    return start + max(begins, 0), start + min(ends, len(text))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """``spans`` without empty ones, those that touch as one."""
    first, last = 0, 0
    for start, end in spans:
        if start > last:
            if first < last:
                yield first, last
            first = start
        last = max(last, end)
    if first < last:
        yield first, last
