"""A term with its chronicle, and the terms that belong to it, read at once: lists take all other queries."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.db.models import Count, Q, Subquery

from chronicle.models import Among, Term
from chronicle.models.statements import Statement, statement_of
from chronicle.site import holdings, owners
from chronicle.site.strip import ANY_SLUG
from chronicle.site.then.past import Past, last_source

MOST = 12
"""How many of those that belong to a term are named."""


ANY_NUMBER = 999_999_999
"""The last number that an address can have."""
HOLES: dict[str, Any] = {
    "slug": ANY_SLUG,
    "number": ANY_NUMBER,
    "chronicle": -1,
    "size": 2_000_000_007,
    "unretracted": [-7],
}


def read(slug: str, facet: str, number: int, past: Past | None = None) -> tuple[Any, list[Any]] | None:
    """The term with that address, and the terms beside it, in one query; None where there is none.

    Each has its document, and in ``used`` how much is under it. A term is read with its chronicle as
    ``strip.chronicles`` has it, an outlet with ``sources`` and ``gone``: how many of its sources public
    entries cite, and how many of these were retracted, in the ``past`` where one is given.
    """
    if number > ANY_NUMBER:
        return None
    given = {"slug": slug, "number": number} | (_then(past) if past else {})
    found = _asking(facet, is_past=past is not None).rows(given)
    term = next((each for each in found if (each.facet, each.number) == (facet, number)), None)
    if term is None:
        return None
    chronicle = owners.chronicle_of(term)
    for each in found:
        each.chronicle = chronicle
    return term, [each for each in found if each is not term]


def _then(past: Past) -> dict[str, Any]:
    return {
        "chronicle": past.chronicle.pk,
        "size": past.moment.size,
        "unretracted": Among.value_of(past.unretracted),
    }


@cache
def _asking(facet: str, *, is_past: bool) -> Statement:
    """The statement that reads a term, and those beside it."""
    within = Term.objects.order_by().filter(chronicle__slug=ANY_SLUG)
    rows = holdings.counted(Term.objects.order_by().with_document())
    rows = owners.with_chronicle(rows)
    if facet == "outlet":
        rows = rows.annotate(**_record(within, is_past=is_past))
    mine = rows.filter(chronicle__slug=ANY_SLUG, facet=facet, number=ANY_NUMBER)
    beside = BESIDE[facet](within, ANY_NUMBER) if facet in BESIDE else iter(())
    union = mine.union(*(rows.filter(which, taken_at=None) for which in beside), rows.none(), all=True)
    return statement_of(union, HOLES)


def _places(within: Any, number: int) -> Iterator[Q]:
    """The most used of the places that lie in a place and in no other between, and one more if there are."""
    lying = holdings.held(within.filter(facet="place", under=number)).order_by("-used", "number")
    yield Q(pk__in=lying.values("pk")[: MOST + 1])


def _sources(within: Any, number: int) -> Iterator[Q]:
    """The latest sources of an outlet."""
    cited = holdings.held(within.filter(facet="source", under=number)).order_by("-dated", "-number")
    yield Q(pk__in=cited.values("pk")[:MOST])


def _published(within: Any, number: int) -> Iterator[Q]:
    """The outlet of a source, the source that it relays, and sources that relay it."""
    mine = within.filter(facet="source", number=number)
    for facet, column in (("outlet", "under"), ("source", "relays")):
        other = within.filter(facet=facet, number=Subquery(mine.values(column)[:1]))
        yield Q(pk__in=other.values("pk"))
    relaying = holdings.held(within.filter(facet="source", relays=number)).order_by("number")
    yield Q(pk__in=relaying.values("pk")[:MOST])


BESIDE: dict[str, Callable[[Any, int], Iterator[Q]]] = {
    "place": _places,
    "outlet": _sources,
    "source": _published,
}


def _record(within: Any, *, is_past: bool) -> dict[str, Any]:
    cited = holdings.held(within.filter(facet="source", under=ANY_NUMBER))
    gone = Q(retracted=True)
    if is_past:
        # A source is printed with an entry that cites it, so that their numbers rise in the order of the log.
        cited = cited.filter(number__lte=last_source(HOLES["chronicle"], HOLES["size"]))
        gone &= ~Q(number__among=HOLES["unretracted"])
    return {
        name: Subquery(sources.values("facet").annotate(n=Count("pk")).values("n"))
        for name, sources in (("sources", cited), ("gone", cited.filter(gone)))
    }
