"""The head of a public page: what machines read of it, for ``chronicle/_head.html`` to write out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from chronicle import prose
from chronicle.clock import Calendar
from chronicle.models import Chronicle, Edition, Entry, Sheet, Term, Text
from chronicle.record.cards import Terms
from chronicle.site import linked_data
from chronicle.site.sections import address
from chronicle.site.strip import Cell

NAME = "Chronicle"
LONGEST_DESCRIPTION = 200

SUBJECT_OF_ENTRY = Concat(Value("entry/"), Cast(OuterRef("number"), TextField()))
"""The subject of each entry of an outer query."""


FEEDS = {"atom": "application/atom+xml", "json": "application/feed+json"}
"""The types of what a feed may be written as, by how its address ends."""


CALLED = {"atom": "Atom", "json": "JSON Feed"}


class FeedLink(NamedTuple):
    """A way to a feed, for programs that find it by themselves."""

    type: str
    called: str
    title: str
    url: str


@dataclass(frozen=True)
class Head:
    """What a page is called, its one address, and what of it is shown beside a link to it.

    ``kind`` is that of Open Graph. Addresses are absolute. A page that is not ``indexed`` asks to be left out
    of search engines, and has no ``data``, which is what is told in the words of schema.org.
    """

    title: str
    canonical: str
    site: str = NAME
    kind: str = "website"
    description: str = ""
    picture: str = ""
    is_drawn: bool = True
    """Whether the picture is one that the site draws, of one size, and none that it shows."""
    indexed: bool = True
    data: Any = None
    feeds: Sequence[FeedLink] = ()
    """What tells the same as it changes, besides the feed of the whole chronicle."""

    @property
    def block(self) -> SafeString | str:
        """``data`` as it stands in the page."""
        return prose.data_block(self.data) if self.data and self.indexed else ""


def feeds_of(chronicle: Chronicle, name: str, title: str, query: str = "") -> list[FeedLink]:
    """The ways to a feed, by the ``name`` of its address, of what a ``query`` narrows."""
    return [
        FeedLink(written, CALLED[form], title, f"{address(name, chronicle.slug, form)}{query}")
        for form, written in FEEDS.items()
    ]


def canonical(request: HttpRequest, path: str) -> str:
    """The one absolute address of a page: its ``path`` is without a query, whatever was asked for with one.

    What a reader chose, looked for or paged to is a part of the same page, and known by the address of the
    whole.
    """
    return request.build_absolute_uri(path)


def of_home(request: HttpRequest) -> Head:
    return Head(NAME, canonical(request, reverse("home")))


def of_overview(request: HttpRequest, chronicle: Chronicle) -> Head:
    """The head of the first page of a chronicle."""
    url = canonical(request, address("overview", chronicle.slug))
    return Head(
        chronicle.title,
        url,
        site=chronicle.title,
        description=chronicle.description,
        picture=picture_of(request, chronicle),
        data=linked_data.series(chronicle, url),
    )


def of_days(request: HttpRequest, chronicle: Chronicle, year: int) -> Head:
    """The head of the list of the days of one year, which has the address of that year."""
    return Head(
        f"Days of {year} · {chronicle.title}",
        canonical(request, reverse("days_of_year", args=[chronicle.slug, year])),
        site=chronicle.title,
        picture=picture_of(request, chronicle),
        feeds=feeds_of(chronicle, "days_feed", f"Closed days · {chronicle.title}"),
    )


def of_text(request: HttpRequest, text: Text) -> Head:
    """The head of a page beside the days; its chronicle was read with it."""
    return Head(
        text.title,
        canonical(request, text.get_absolute_url()),
        site=text.chronicle.title,
        kind="article",
        description=begins(text.text),
        picture=picture_of(request, text.chronicle),
    )


def of_codebook(request: HttpRequest, chronicle: Chronicle) -> Head:
    """The head of what the marks of a chronicle mean."""
    return Head(
        f"Standards and grades · {chronicle.title}",
        canonical(request, address("codebook", chronicle.slug)),
        site=chronicle.title,
        description="What standings, grades and corrections mean here.",
        picture=picture_of(request, chronicle),
    )


def begins(html: str) -> str:
    """The first words of a text, for a line beside a link."""
    return Truncator(" ".join(prose.words(html).split())).chars(LONGEST_DESCRIPTION)


def of_index(request: HttpRequest, chronicle: Chronicle, facet: str, heading: str) -> Head:
    """The head of the index of a facet. What is listed otherwise, or goes on, is not indexed itself."""
    return Head(
        f"{heading} · {chronicle.title}",
        canonical(request, reverse("terms", args=[chronicle.slug, facet])),
        site=chronicle.title,
        picture=picture_of(request, chronicle),
        indexed=not request.GET,
    )


def of_term(
    request: HttpRequest,
    term: Term,
    data: linked_data.Data,
    *,
    whole: bool,
    picture: str = "",
    content: str = "",
    feeds: Sequence[FeedLink] = (),
) -> Head:
    """The head of the page of a term; ``data`` is what it is, ``whole`` whether all under it is listed.

    ``picture`` is the address of its own, where it has one, ``content`` that of the file that it is, and
    ``feeds`` tell what is listed under it.
    """
    chronicle = term.chronicle
    url = canonical(request, term.get_absolute_url())
    known = {"@context": linked_data.CONTEXT, **data, "@id": url, "mainEntityOfPage": url}
    own = request.build_absolute_uri(picture) if picture else ""
    return Head(
        f"{term.label} · {chronicle.title}",
        url,
        site=chronicle.title,
        picture=own or picture_of(request, chronicle),
        is_drawn=not own,
        indexed=whole,
        feeds=feeds,
        data=known | ({"contentUrl": request.build_absolute_uri(content)} if content else {}),
    )


def of_page(
    request: HttpRequest,
    chronicle: Chronicle,
    cell: Cell,
    page: Any,
    *,
    entries: list[Any],
    whole: bool,
) -> Head:
    """The head of a day's page, which shows ``entries``: part of the day, unless it is the ``whole``.

    Both page and entries were read with ``first_at``.
    """
    url = canonical(request, address("page", chronicle.slug, cell.number))
    headline = (page and page.headline) or ""
    picture = picture_of(request, chronicle, cell.number)
    return Head(
        f"Day {cell.number}: {headline}" if headline else f"Day {cell.number} · {chronicle.title}",
        url,
        site=chronicle.title,
        kind="article",
        description=(page and page.sentence) or "",
        picture=picture,
        indexed=whole,
        data=_live(request, chronicle, cell, page, entries) | {"image": picture} if whole else None,
    )


def of_entry(
    request: HttpRequest, entry: Entry, terms: Terms, *, printed: datetime, calendar: Calendar, card: Any
) -> Head:
    """The head of an entry's page. ``printed`` is when it first was, ``card`` what its page shows of it."""
    chronicle = entry.chronicle
    url = canonical(request, entry.get_absolute_url())
    description = begins(entry.document["text"])
    day = calendar.number_of(entry.told_on) if calendar.holds(entry.told_on) else None
    post = linked_data.posting(entry, url, printed, chronicle.clock.zone)
    within = linked_data.part_of(chronicle, canonical(request, address("overview", chronicle.slug)))
    return Head(
        entry.headline,
        url,
        site=chronicle.title,
        kind="article",
        description=description,
        picture=picture_of(request, chronicle, day),
        data=linked_data.event(entry, card, terms, post=post | {"isPartOf": within}, description=description),
    )


def picture_of(request: HttpRequest, chronicle: Chronicle, day: int | None = None) -> str:
    """The address of the picture of a day, or of the whole chronicle."""
    if day is None:
        return request.build_absolute_uri(address("picture", chronicle.slug))
    return request.build_absolute_uri(address("page_picture", chronicle.slug, day))


def _live(
    request: HttpRequest, chronicle: Chronicle, cell: Cell, page: Any, entries: list[Any]
) -> linked_data.Data:
    """A day as a blog of what happens on it: each entry is one of its postings, by its anchor on the page."""
    url = canonical(request, address("page", chronicle.slug, cell.number))
    zone = chronicle.clock.zone
    changed = max((row.updated_at for row in (page, *entries) if row), default=None)
    live = {
        "@context": linked_data.CONTEXT,
        "@type": "LiveBlogPosting",
        "@id": url,
        "url": url,
        "headline": (page and page.headline) or f"Day {cell.number} of {chronicle.title}",
        "description": page and page.sentence,
        "datePublished": page and page.first_at and linked_data.at(page.first_at, zone),
        "dateModified": changed and linked_data.at(changed, zone),
        **linked_data.times_of(chronicle.clock, cell.date),
        "isPartOf": linked_data.part_of(chronicle, canonical(request, address("overview", chronicle.slug))),
        "liveBlogUpdate": [
            linked_data.posting(entry, f"{url}#entry-{entry.number}", entry.first_at, zone)
            for entry in entries
        ],
    }
    return linked_data.told(live, chronicle)


def first_at(subject: Any) -> Subquery:
    """When ``subject`` was first printed, to annotate rows of its chronicle with."""
    firsts = Edition.objects.filter(chronicle=OuterRef("chronicle"), subject=subject, edition=1)
    return Subquery(firsts.values("at")[:1])


def closed_at(subject: Any) -> Case:
    """Since when the day ``subject`` is closed, to annotate its page with."""
    own = Edition.objects.filter(chronicle=OuterRef("chronicle"), subject=subject)
    is_open = Sheet.objects.filter(commitment=OuterRef("commitment"), document__closed=False)
    last_open = own.filter(Exists(is_open)).order_by("-edition").values("edition")[:1]
    closing = own.filter(edition__gt=Coalesce(Subquery(last_open), 0)).order_by("edition")
    return Case(When(closed=True, then=Subquery(closing.values("at")[:1])))
