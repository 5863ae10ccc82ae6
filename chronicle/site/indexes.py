"""The index of all that is named in one facet: by letter, by number of entries, sources by date as well.

A page goes on after its last row, found by its key, so that no page costs more for what lies before it. What
holds no public entry has no page, and is in no index.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, Subquery
from django.http import QueryDict

from chronicle import folding
from chronicle.models import Bitmap, Chronicle, Spelling, Term
from chronicle.models.term import number_of
from chronicle.record import bitmaps
from chronicle.record.cards import by_subject, published_words
from chronicle.site import holdings, letters
from chronicle.site.candidates import told_apart
from chronicle.site.filters import TERM_NUMBER
from chronicle.site.selection import names_of

PER_PAGE = 200
ORDERS = {"letter": "A–Z", "number": "By number of entries", "date": "By date"}
NUMBERED = re.compile(r"([0-9]{1,9})\.([1-9][0-9]{0,8})")
"""After what an index by number goes on: how many entries a term holds, and its own number."""

DATED = re.compile(r"([0-9-]{0,10})\.([1-9][0-9]{0,8})")
SPELLED = re.compile(r"(.{1,200})\.([1-9][0-9]{0,8})")
"""Likewise by date, and by letter."""


@dataclass(frozen=True)
class Row:
    """One line: a term with how many entries it holds, or (``see``) another spelling that leads to it."""

    words: str
    url: str
    letter: str = ""
    count: int | None = None
    see: str = ""
    outlet: str = ""
    """Of a source, as are its date in words and whether it was retracted."""
    dated: str = ""
    retracted: bool = False


@dataclass(frozen=True)
class Asked:
    """What an address asks of the index of ``facet``. What means nothing is passed over, and told."""

    chronicle: Chronicle
    facet: str
    query: QueryDict

    @property
    def order(self) -> str:
        if self.outlet:
            return "date"
        written = self.text("order")
        return written if written in ORDERS and (written != "date" or self.facet == "source") else "letter"

    @property
    def outlet(self) -> int | None:
        """The number of the outlet whose sources alone are asked for."""
        written = self.text("outlet")
        return int(written) if self.facet == "source" and TERM_NUMBER.fullmatch(written) else None

    @property
    def sentences(self) -> list[str]:
        written = self.text("order")
        if not written or written == self.order:
            return []
        return [f"“{written[:40]}” is no order of this index."]

    def text(self, name: str) -> str:
        return self.query.get(name, "").replace("\0", "")[:400]

    def after(self, form: re.Pattern[str]) -> tuple[str, int] | None:
        found = form.fullmatch(self.text("after"))
        return (found[1], int(found[2])) if found else None

    def terms(self) -> Any:
        return Term.objects.filter(chronicle=self.chronicle, facet=self.facet)

    def leading_on(self, after: str) -> str:
        """The query of the page that follows; empty where ``after`` is."""
        if not after:
            return ""
        kept = [("outlet", str(self.outlet))] if self.outlet else [("order", self.order)]
        return f"?{urlencode([*kept, ('after', after)])}"


@dataclass(frozen=True)
class Listed:
    """A page of an index. ``following`` is the query that leads on; empty where nothing follows."""

    asked: Asked
    rows: list[Row]
    letters: list[tuple[str, str]] = field(default_factory=list)
    """Each letter under which anything stands, and the query of the page that begins with it."""
    following: str = ""

    @property
    def outlet(self) -> str:
        """The outlet whose sources these alone are; empty for those of all."""
        return self.rows[0].outlet if self.rows and self.asked.outlet else ""

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """The rows under their letters; without letters all together."""
        return [(letter, list(rows)) for letter, rows in groupby(self.rows, key=lambda row: row.letter)]

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders there are: what each is called, its query, and whether it is this one."""
        names = [name for name in ORDERS if name != "date" or self.asked.facet == "source"]
        return [(ORDERS[name], f"?order={name}", name == self.asked.order) for name in names]


def listed(chronicle: Chronicle, facet: str, query: QueryDict) -> Listed:
    """The page of the index of ``facet`` that ``query`` asks for, in three queries at most."""
    asked = Asked(chronicle, facet, query)
    if asked.order == "letter":
        return _by_letter(asked)
    return _by_date(asked) if asked.order == "date" else _by_number(asked)


def _by_letter(asked: Asked) -> Listed:
    """Every spelling of every name, each at its place; those that are not the first lead to it."""
    rows = Spelling.objects.filter(chronicle=asked.chronicle, facet=asked.facet, whole=True)
    rows = rows.annotate(**holdings.totals("term__number")).filter(holdings.HOLDS_SOME)
    if begins := folding.fold(asked.text("from")):
        rows = rows.filter(folded__gte=begins.encode())
    if after := asked.after(SPELLED):
        folded, number = after[0].encode(), after[1]
        passed = asked.terms().filter(number=number).values("pk")[:1]
        rows = rows.filter(Q(folded__gt=folded) | Q(folded=folded, term__gt=Subquery(passed)))
    rows = rows.select_related("term").order_by("folded", "term_id", "name")
    page, more = _cut(list(rows[: PER_PAGE + 1]), key=lambda row: (bytes(row.folded), row.term_id))
    terms = by_subject(asked.chronicle, (row.term for row in page))
    shown = _shown(asked, terms.values())
    following = f"{bytes(page[-1].folded).decode()}.{page[-1].term.number}" if more else ""
    return Listed(
        asked,
        [_spelled(row, shown[row.term.number]) for row in page],
        letters=letters.letters_of(asked.chronicle, asked.facet) if page else [],
        following=asked.leading_on(following),
    )


def _cut(rows: list[Any], key: Callable[[Any], Any]) -> tuple[list[Any], bool]:
    """The rows of one page, and whether more follow; what has one key is not parted."""
    if len(rows) <= PER_PAGE:
        return rows, False
    following = key(rows.pop())
    whole = [row for row in rows if key(row) != following]
    # What alone fills a page is shown as far as it fits.
    return whole or rows, True


def _spelled(spelling: Any, row: Row) -> Row:
    """The line of a spelling: that of its term, or one that leads there."""
    letter = bytes(spelling.folded).decode()[:1].upper()
    label = spelling.term.label
    if label == spelling.name or label.startswith((f"{spelling.name} / ", f"{spelling.name} (")):
        return replace(row, letter=letter)
    return Row(spelling.name, row.url, letter=letter, see=row.words)


def _by_number(asked: Asked) -> Listed:
    after = asked.after(NUMBERED)
    used = _places(asked, after) if asked.facet == "place" else _totals(asked, after)
    page, more = used[:PER_PAGE], len(used) > PER_PAGE
    terms = {term.number: term for term in asked.terms().filter(number__in=[number for number, _ in page])}
    shown = _shown(asked, by_subject(asked.chronicle, terms.values()).values())
    rows = sorted((shown[number] for number, _ in page), key=lambda row: -(row.count or 0))
    return Listed(asked, rows, following=asked.leading_on(f"{page[-1][1]}.{page[-1][0]}" if more else ""))


def _totals(asked: Asked, after: tuple[str, int] | None) -> list[tuple[int, int]]:
    """The numbers of the most used terms, and how many entries each holds."""
    held = Bitmap.objects.filter(chronicle=asked.chronicle, facet=asked.facet, chunk=0, total__gt=0)
    if after:
        total, name = int(after[0]), f"{asked.facet}/{after[1]}"
        held = held.filter(Q(total__lt=total) | Q(total=total, name__gt=name))
    found = held.order_by("-total", "name").values_list("name", "total")[: PER_PAGE + 1]
    return [(number_of(name), total) for name, total in found]


def _places(asked: Asked, after: tuple[str, int] | None) -> list[tuple[int, int]]:
    """Likewise of places, by what is under them and in what lies in them."""
    held = holdings.held(asked.terms())
    if after:
        held = held.filter(Q(used__lt=int(after[0])) | Q(used=int(after[0]), number__gt=after[1]))
    return list(held.order_by("-used", "number").values_list("number", "used")[: PER_PAGE + 1])


def _by_date(asked: Asked) -> Listed:
    """Sources, the latest first, perhaps those of one outlet."""
    sources = holdings.held(asked.terms())
    if asked.outlet:
        sources = sources.filter(under=asked.outlet)
    if after := asked.after(DATED):
        sources = sources.filter(Q(dated__lt=after[0]) | Q(dated=after[0], number__lt=after[1]))
    found = list(sources.order_by("-dated", "-number")[: PER_PAGE + 1])
    page, more = found[:PER_PAGE], len(found) > PER_PAGE
    shown = _shown(asked, by_subject(asked.chronicle, page).values())
    following = f"{page[-1].dated}.{page[-1].number}" if more else ""
    return Listed(asked, [shown[source.number] for source in page], following=asked.leading_on(following))


def _shown(asked: Asked, terms: Iterable[Term]) -> dict[int, Row]:
    """The line of each of ``terms``, by number, with exact counts, in two queries."""
    terms = list(terms)
    names = {term.number: names_of(asked.facet, [str(term.number)]) for term in terms}
    held = bitmaps.read(asked.chronicle.pk, [name for each in names.values() for name in each])
    outlets = _outlets(asked, terms)
    labels = told_apart({(term.facet, str(term.number)): term.label for term in terms})
    return {
        term.number: Row(
            # Sources of one title are told apart by their outlet and date.
            term.label if asked.facet == "source" else labels[term.facet, str(term.number)],
            term.get_absolute_url(),
            count=len(bitmaps.union(held[name] for name in names[term.number])),
            outlet=outlets.get(term.under, "") if term.under else "",
            dated=published_words(term.dated),
            retracted=term.retracted,
        )
        for term in terms
    }


def _outlets(asked: Asked, sources: list[Term]) -> dict[int, str]:
    """What the outlets of ``sources`` are called, by number."""
    if asked.facet != "source" or not sources:
        return {}
    outlets = Term.objects.filter(
        chronicle=asked.chronicle, facet="outlet", number__in={source.under for source in sources}
    )
    return dict(outlets.order_by().values_list("number", "label"))
