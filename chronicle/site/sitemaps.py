"""What search engines find a chronicle by: its public addresses, in slices of a few thousand.

A slice is a range of the numbers that addresses have. So each is found by its key, however many come before
it, and what is printed or withdrawn moves no address into another slice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from chronicle.documents import TERM_FACETS
from chronicle.models import Chronicle, Edition, Entry, Page, Term, Text
from chronicle.site import holdings, strip

Address = tuple[str, datetime]
"""The path of a page, and when what it shows was last changed."""


@dataclass(frozen=True)
class Section:
    """Public addresses of one kind, each with a number of its own.

    ``rows`` are those of the chronicle with that key, which may be of an outer query, with ``number`` and
    ``changed_at``; ``address`` is the path of one of them, of which ``columns`` are read. ``bounds`` are the
    first and the last number that can be asked for, told from the chronicle and the last that there is.
    """

    name: str
    rows: Callable[[Any], Any]
    address: Callable[[str, dict[str, Any]], str]
    columns: tuple[str, ...] = ("number",)
    bounds: Callable[[Any, int], tuple[int, int]] = lambda _chronicle, last: (1, last)


@dataclass(frozen=True)
class Slice:
    """The addresses of ``section`` whose numbers are ``first`` to ``last``."""

    section: Section
    first: int
    last: int


def public_entries(chronicle: Any) -> Any:
    return Entry.objects.public().filter(chronicle=chronicle).annotate(changed_at=F("updated_at"))


def printed_days(chronicle: Any) -> Any:
    """The days with a page of their own, changed when it or an entry that it shows was printed."""
    changes = [
        Coalesce(Subquery(_latest_of(column)), F("updated_at")) for column in ("told_on", "happened_on")
    ]
    return Page.objects.filter(chronicle=chronicle).annotate(changed_at=Greatest(F("updated_at"), *changes))


def _latest_of(column: str) -> Any:
    # Withdrawn ones too: that they are gone is a change.
    entries = Entry.objects.filter(**{"chronicle": OuterRef("chronicle"), column: OuterRef("date")})
    return entries.order_by().values("chronicle").annotate(latest=Max("updated_at")).values("latest")


def days_served(chronicle: Any, last: int) -> tuple[int, int]:
    """A day beyond the calendar has no page that is served, whatever is printed of it."""
    calendar = strip.calendar_of(chronicle)
    return calendar.first_number, min(last, calendar.number_of(calendar.last or calendar.first))


def _of_terms(facet: str) -> Section:
    """The pages of what holds public entries in one facet, changed when the term itself was."""

    def rows(chronicle: Any) -> Any:
        terms = holdings.held(Term.objects.filter(chronicle=chronicle, facet=facet).order_by())
        return terms.annotate(changed_at=F("updated_at"))

    return Section(
        facet,
        rows,
        lambda slug, row: reverse("term", args=[slug, facet, row["number"], row["slug"]]),
        columns=("number", "slug"),
    )


SECTIONS = (
    Section(
        "page",
        printed_days,
        lambda slug, row: reverse("page", args=[slug, row["number"]]),
        bounds=days_served,
    ),
    Section("entry", public_entries, lambda slug, row: reverse("entry", args=[slug, row["number"]])),
    *(_of_terms(facet) for facet in TERM_FACETS),
)
"""Whatever has an address with a number, in the order in which it is listed."""


def chronicles() -> Any:
    """Chronicles with ``last_page``, ``last_at``, when they last printed anything, and the last numbers.

    ``last_number_of_<section>`` is None where the section has nothing.
    """
    editions = Edition.objects.filter(chronicle=OuterRef("pk")).order_by("-seq")
    numbers = {
        f"last_number_of_{section.name}": Subquery(
            section.rows(OuterRef("pk")).order_by("-number").values("number")[:1]
        )
        for section in SECTIONS
    }
    return strip.chronicles().annotate(last_at=Subquery(editions.values("at")[:1]), **numbers)


def slices_of(chronicle: Any) -> list[Slice]:
    """The slices of one of ``chronicles``. Its front goes before the first of them."""
    return [piece for section in SECTIONS for piece in _slices(section, chronicle)]


def _slices(section: Section, chronicle: Any) -> Iterator[Slice]:
    last = getattr(chronicle, f"last_number_of_{section.name}")
    if last is None:
        return
    first, last = section.bounds(chronicle, last)
    for begins in range(first, last + 1, settings.SITEMAP_SLICE):
        yield Slice(section, begins, min(last, begins + settings.SITEMAP_SLICE - 1))


def front(chronicle: Any) -> Iterator[Address]:
    """The addresses of a chronicle that have no number: its overview and its texts."""
    fronts = [chronicle.get_absolute_url(), reverse("timeline", args=[chronicle.slug])]
    held = (facet for facet in TERM_FACETS if getattr(chronicle, f"last_number_of_{facet}"))
    fronts += [reverse("terms", args=[chronicle.slug, facet]) for facet in held]
    for address in fronts:
        yield address, changed_at(chronicle)
    texts = Text.objects.filter(chronicle=chronicle, taken_at=None).order_by("name")
    for name, changed in texts.values_list("name", "updated_at"):
        yield reverse("text", args=[chronicle.slug, name]), changed


def addresses(chronicle: Chronicle, piece: Slice) -> Iterator[Address]:
    """The addresses of one slice, in one query."""
    section = piece.section
    rows = section.rows(chronicle.pk).filter(number__range=(piece.first, piece.last)).order_by("number")
    for row in rows.values(*section.columns, "changed_at"):
        yield section.address(chronicle.slug, row), row["changed_at"]


def changed_at(chronicle: Any) -> datetime:
    """When one of ``chronicles`` last printed anything."""
    return chronicle.last_at or chronicle.updated_at
