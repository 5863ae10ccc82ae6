"""What is printed: the documents of the record, format 1.

A document holds all that readers see of one subject, in codes and never in display words. Once sealed it
can never be migrated. Within a format keys may be added; none changes its meaning or disappears, and
readers pass over keys that they do not know.

Subjects are named within their chronicle: ``chronicle``, ``page/2020-11-08``, ``<facet>/<number>`` such as
``entry/42`` or ``place/3``, and ``text/<name>``. Nothing here is a key of a database. Dates are ISO 8601 in
the chronicle's zone, dates of sources EDTF; instants carry the local offset that was in force. What is not
known is empty text, or null where the value would be a number.
"""

import re
from typing import Annotated, TypedDict

from chronicle.fields import (
    Citation,
    Class,
    Derived,
    Fact,
    Form,
    Mark,
    Moment,
    Name,
    Number,
    Policy,
    Rendition,
    Shown,
    Subject,
    Words,
)

FORMAT = 1

TERM_FACETS = ("kind", "place", "actor", "outlet", "source", "asset")
"""What entries are indexed under."""

NUMBERED = ("entry", *TERM_FACETS)
"""The facets whose subjects have numbers."""

TEXTS = ("about", "policy", "codebook", "contact")
"""The texts that a chronicle may have beside its days, in the order in which its pages link them."""

SUBJECT = re.compile(
    rf"chronicle|page/[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|({'|'.join(NUMBERED)})/[1-9][0-9]{{0,8}}|text/[a-z]+"
)

ACTIONS = {
    "first": "First published",
    "addition": "Addition",
    "update": "Update",
    "correction": "Correction",
    "retraction": "Retraction",
    "withdrawal": "Withdrawal",
    "restoration": "Restoration",
    "opening": "Opened",
    "takedown": "Taken down",
    "merge": "Merged",
    "split": "Split",
    "undo": "Undone",
}
"""What an edition may be, and how it is called. The list is open: codes are added, none is changed."""

TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote"}
"""The HTML that texts may hold."""

ATTRIBUTES = {tag: {"lang", "dir"} for tag in TAGS - {"br"}} | {"a": {"href", "lang", "dir"}}
"""Its attributes: addresses are http or https, ``lang`` is a BCP 47 tag, ``dir`` is ltr, rtl or auto."""

LINK_REL = "nofollow noopener noreferrer"
"""What every link has as its ``rel``, besides."""


class Document(TypedDict):
    """What every document holds. ``note`` says what changed; it is no part of what is compared."""

    format: Annotated[int, Class.FORM]
    language: Form
    note: Form


class ChronicleDocument(Document):
    origin: Fact
    slug: Fact
    title: Words
    description: Words
    first_date: Fact
    first_number: Number
    last_date: Form
    zone: Fact
    morning: Fact
    afternoon: Fact
    evening: Fact
    name_style: Form
    policy: Policy


class PageDocument(Document):
    number: Number
    date: Fact
    headline: Words
    sentence: Words
    summary: Words
    occasion: Words
    closed: Mark


class Showing(TypedDict, total=False):
    """What an entry has only where there is something of it: no document before it was added has any."""

    media: Annotated[list[Shown], Class.INDEX]


class EntryDocument(Document, Showing):
    headline: Words
    text: Words
    moment: Moment
    position: Annotated[int, Class.FORM]
    key: Mark
    kind: Fact
    places: Annotated[list[Subject], Class.INDEX]
    actors: Annotated[list[Subject], Class.INDEX]
    citations: Annotated[list[Citation], Class.EVIDENCE]
    standing: Derived


class WasKey(TypedDict, total=False):
    """What is left of a key event only, since it was added: that it was one."""

    key: Mark


class WithdrawnDocument(Document, WasKey):
    """What is left of a withdrawn entry: the reason, and where it stood."""

    withdrawn: Form
    moment: Moment
    position: Annotated[int, Class.FORM]


class KindDocument(Document):
    name: Words
    description: Words
    citations_needed: Annotated[int | None, Class.FORM]


class PlaceDocument(Document):
    """Coordinates are WGS 84 degrees as text; ``precision`` is metres, ``within`` the place it lies in."""

    names: Annotated[list[Name], Class.INDEX]
    latitude: Fact
    longitude: Fact
    precision: Fact
    within: Fact


class ActorDocument(Document):
    names: Annotated[list[Name], Class.INDEX]
    nature: Fact


class OutletDocument(Document):
    """``reliability`` is an Admiralty grade, A to F, held for a reason since a date."""

    name: Words
    nature: Fact
    country: Fact
    side: Fact
    reliability: Fact
    reliability_reason: Words
    reliability_since: Form
    url: Form


class SourceDocument(Document):
    """``genre`` is a CSL type; ``relays`` the source whose report this one passes on."""

    outlet: Fact
    title: Words
    genre: Fact
    published_on: Fact
    url: Fact
    canonical_url: Derived
    archived_url: Form
    relays: Fact
    retracted: Form


class AssetDocument(Document):
    """A medium. ``rights`` is a licence of Creative Commons, a statement of rightsstatements.org or a ground.

    ``taken`` is EDTF, ``source_type`` IPTC's. Sizes are those of the whole picture, in pixels; ``focus`` is
    where to look, as shares of both, in text. What is ``taken_down``, for a reason, has no renditions.
    """

    caption: Words
    alt: Words
    credit: Words
    rights: Fact
    rights_note: Words
    licence_ends: Fact
    shows: Words
    taken: Fact
    place: Fact
    source: Fact
    url: Form
    source_type: Fact
    graphic: Form
    kind: Derived
    mime: Derived
    width: Annotated[int | None, Class.DERIVED]
    height: Annotated[int | None, Class.DERIVED]
    focus: Annotated[list[str] | None, Class.FORM]
    renditions: Annotated[list[Rendition], Class.DERIVED]
    taken_down: Form


class TextDocument(Document):
    """A page beside the days: what the chronicle is about, what it goes by, how to reach whoever makes it."""

    title: Words
    text: Words


class Taken(TypedDict, total=False):
    """What a takedown says since it was added: no document before has any of it.

    ``legal`` is whether a legal order asked for it; ``told_on`` the day in which an entry stood that was
    taken wholly, and empty for all else.
    """

    legal: Mark
    told_on: Fact


class TakenBack(TypedDict, total=False):
    """What only the takedown of a source has that its outlet had taken back: that this was so."""

    retracted: Mark


class TakedownDocument(Document, Taken, TakenBack):
    """Which editions lost their sheets, by ``seq``, and whether the whole subject went with them."""

    removed: Annotated[list[int], Class.INDEX]
    whole: Annotated[bool, Class.FACT]


TYPES: dict[str, type] = {
    "chronicle": ChronicleDocument,
    "page": PageDocument,
    "entry": EntryDocument,
    "kind": KindDocument,
    "place": PlaceDocument,
    "actor": ActorDocument,
    "outlet": OutletDocument,
    "source": SourceDocument,
    "asset": AssetDocument,
    "text": TextDocument,
}
"""The document of each facet."""


def is_subject(text: str) -> bool:
    """Whether ``text`` names a subject."""
    return SUBJECT.fullmatch(text) is not None
