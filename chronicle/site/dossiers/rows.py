"""A term with its chronicle, and the terms that belong to it, read at once: lists take all other queries."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, Q, Subquery

from chronicle.models import Term
from chronicle.site import holdings, strip

MOST = 12
"""How many of those that belong to a term are named."""


def read(slug: str, facet: str, number: int) -> tuple[Any, list[Any]] | None:
    """The term with that address, and the terms beside it, in one query; None where there is none.

    Each has its document, and in ``used`` how much is under it. A term is read with its chronicle as
    ``strip.chronicles`` has it, an outlet with ``sources`` and ``gone``: how many of its sources public
    entries cite, and how many of these were retracted.
    """
    within = Term.objects.order_by().filter(chronicle__slug=slug)
    rows = holdings.counted(Term.objects.order_by().with_document().select_related("chronicle"))
    rows = rows.annotate(**strip.shown_everywhere("chronicle"))
    if facet == "outlet":
        rows = rows.annotate(**_record(within, number))
    mine = Q(chronicle__slug=slug, facet=facet, number=number)
    beside = BESIDE.get(facet)
    others = (rows.filter(which) for which in beside(within, number)) if beside else ()
    found = list(rows.filter(mine).union(*others, all=True))
    term = next((each for each in found if (each.facet, each.number) == (facet, number)), None)
    if term is None:
        return None
    term.chronicle.last_page, term.chronicle.texts_printed = term.last_page, term.texts_printed
    others = [each for each in found if each is not term]
    for each in others:
        each.chronicle = term.chronicle
    return term, others


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


def _record(within: Any, number: int) -> dict[str, Any]:
    cited = holdings.held(within.filter(facet="source", under=number))
    return {
        name: Subquery(sources.values("facet").annotate(n=Count("pk")).values("n"))
        for name, sources in (("sources", cited), ("gone", cited.filter(retracted=True)))
    }
