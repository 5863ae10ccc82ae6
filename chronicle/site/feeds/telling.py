"""What each feed tells: entries of a timeline, corrections, closed days. Of entries and days the newest."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from pyroaring import BitMap

from chronicle import prose, wording
from chronicle.clock import Calendar
from chronicle.documents import ACTIONS
from chronicle.models import Chronicle, Entry, Page
from chronicle.models.entry import GONE
from chronicle.record import cards
from chronicle.site import bounds, corrections, heads, naming
from chronicle.site.differences import ADDED, TAKEN, Change
from chronicle.site.feeds.feed import MOST, Feed, Gone, Item, Tagger
from chronicle.site.filters import FACETS, ONLY, EntryFilter, encoded, pairs_of
from chronicle.site.listing import sentences_on
from chronicle.site.orders import order_of
from chronicle.site.sections import address, address_of, day_link
from chronicle.site.selection import Selection

OF_TIMELINE = (*FACETS, *ONLY, "from", "to", "by", "q")
"""What the feed of a timeline may be narrowed by."""

OF_CORRECTIONS = ("action", "day", "place")
MARKS = {TAKEN: "<del>{}</del>", ADDED: "<ins>{}</ins>"}


def of_timeline(request: HttpRequest, chronicle: Chronicle) -> Feed:
    """The entries that were last published of those that the address asks for, as they stand."""
    bounded, passed_over = bounds.within(request.GET)
    numbered, unknown = naming.numbered(bounded, chronicle)
    selection = Selection(chronicle, EntryFilter(numbered))
    tagger = Tagger(chronicle)
    asked = _asked(request)
    return Feed(
        chronicle,
        tagger.of(f"timeline{asked}"),
        f"Timeline · {chronicle.title}" if asked else chronicle.title,
        request.build_absolute_uri(address("timeline", chronicle.slug) + asked),
        request.build_absolute_uri(),
        [_of_entry(request, chronicle, entry, tagger) for entry in _newest(_chosen(selection))],
        list(_gone(chronicle, tagger)),
        [*passed_over, *unknown, *sentences_on(selection, order_of(selection))],
    )


def _asked(request: HttpRequest) -> str:
    """What an address asks for, as the query of the page that shows the same."""
    return f"?{encoded(pairs_of(request.GET, without=()))}" if request.GET else ""


def _chosen(selection: Selection) -> BitMap:
    """Of what too many entries hold nothing is told, as nobody knows which they are."""
    return BitMap() if selection.is_countless else selection.narrowed()


def _newest(among: BitMap) -> Iterable[Any]:
    """The last of the entries ``among``, the newest first: row ids rise as entries are first published."""
    found = Entry.objects.public().filter(pk__in=among[-MOST:]).with_document()
    return found.annotate(first_at=heads.first_at(heads.SUBJECT_OF_ENTRY)).order_by("-pk")


def _of_entry(request: HttpRequest, chronicle: Chronicle, entry: Any, tagger: Tagger) -> Item:
    document = entry.document
    when = document["moment"]["wording"] or "some time that day"
    cited = wording.counted(len(document["citations"]), "citation", "citations")
    facts = f"{wording.day_words(entry.happened_on)}, {when} · {cards.standing_words(document)} · {cited}"
    return Item(
        tagger.of(entry.subject),
        entry.headline,
        request.build_absolute_uri(address("entry", chronicle.slug, entry.number)),
        prose.printed(document["text"]) + format_html('<p dir="auto">{}</p>', facts),
        entry.updated_at,
        entry.first_at,
    )


def _gone(chronicle: Chronicle, tagger: Tagger) -> Iterable[Gone]:
    """The entries that were last withdrawn or taken down, whatever they were about: that is told no more."""
    newest = Entry.objects.filter(GONE, chronicle=chronicle).order_by("-updated_at")[:MOST]
    for entry in newest.only("number", "updated_at", "withdrawn_reason"):
        yield Gone(tagger.of(entry.subject), entry.updated_at, entry.withdrawn_reason)


def of_corrections(request: HttpRequest, chronicle: Chronicle, calendar: Calendar) -> Feed:
    """The changes that were made last, of those that the address asks for."""
    asked = corrections.asked_of(request.GET, calendar)
    tagger = Tagger(chronicle)
    narrowed = _asked(request)
    home = request.build_absolute_uri(address("corrections", chronicle.slug) + narrowed)
    found = corrections.listed(chronicle, asked, calendar).corrections
    return Feed(
        chronicle,
        tagger.of(f"corrections{narrowed}"),
        f"Corrections · {chronicle.title}",
        home,
        request.build_absolute_uri(),
        [_of_correction(request, each, tagger, home) for each in found],
        sentences=asked.sentences,
    )


def _of_correction(request: HttpRequest, each: corrections.Correction, tagger: Tagger, home: str) -> Item:
    edition, reason = each.edition, format_html('<p dir="auto">{}</p>', each.reason) if each.reason else ""
    return Item(
        tagger.of(f"edition/{edition.seq}"),
        f"{ACTIONS[edition.action]}: {each.what.words}",
        request.build_absolute_uri(each.what.url) if each.what.url else home,
        reason + format_html_join("", "{}", ((_of_change(change),) for change in each.changes)),
        edition.at,
        edition.at,
    )


def _of_change(change: Change) -> str:
    label = f"{change.label}: " if change.label else ""
    pieces = (format_html(MARKS.get(piece.how, "{}"), piece.words) for piece in change.pieces)
    told = format_html_join(" ", "{}", ((piece,) for piece in pieces))
    return format_html('<p dir="auto">{}{}</p>', label, told)


def of_days(request: HttpRequest, chronicle: Chronicle) -> Feed:
    """The last days that are closed, with what their words say."""
    tagger = Tagger(chronicle)
    pages = Page.objects.filter(chronicle=chronicle, closed=True).order_by("-date")[:MOST]
    return Feed(
        chronicle,
        tagger.of("days"),
        f"Closed days · {chronicle.title}",
        request.build_absolute_uri(address("days", chronicle.slug)),
        request.build_absolute_uri(),
        [_of_day(request, chronicle, page, tagger) for page in pages if not page.taken_at],
        [Gone(tagger.of(page.subject), page.updated_at) for page in pages if page.taken_at],
    )


def _of_day(request: HttpRequest, chronicle: Chronicle, page: Page, tagger: Tagger) -> Item:
    said = format_html('<p dir="auto">{}</p>', page.sentence) if page.sentence else ""
    called = day_link(chronicle, page.date, chronicle.calendar).words
    return Item(
        tagger.of(page.subject),
        f"{called}: {page.headline}" if page.headline else called,
        request.build_absolute_uri(address_of(chronicle.slug, page.number)),
        said + prose.printed(page.summary),
        page.updated_at,
    )
