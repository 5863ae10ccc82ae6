"""Which entries are under which terms, read of few entries: of many, their sets tell it."""

from collections.abc import Iterable
from functools import cache

from django.db.models import F
from pyroaring import BitMap

from chronicle.models import Among, Chronicle, EntryTerm, Term
from chronicle.models.statements import Statement, statement_of

HOLES = {"among": [-2]}


def links(among: BitMap) -> dict[tuple[str, int], BitMap]:
    """Which of the entries ``among`` (row ids) are under each term (row id), by its facet and itself."""
    found: dict[tuple[str, int], list[int]] = {}
    for facet, term, entry in _links().tuples({"among": Among.value_of(among)}):
        found.setdefault((facet, term), []).append(entry)
    return {term: BitMap(ids) for term, ids in found.items()}


def links_and_terms(
    chronicle: Chronicle, among: BitMap, subjects: Iterable[str]
) -> tuple[dict[tuple[str, int], BitMap], dict[str, int]]:
    """The ``links`` of entries, and the row ids of the terms with ``subjects``, in one query."""
    if not (subjects := list(subjects)):
        return links(among), {}
    terms = Term.objects.named(chronicle, subjects).filter(taken_at=None).order_by()
    found: dict[tuple[str, int], BitMap] = {}
    known = {}
    linked = EntryTerm.objects.filter(entry__among=among).order_by().values_list("facet", "term", "entry")
    # A link names an entry, a term its own number, as one below nothing.
    for facet, term, entry in linked.union(terms.values_list("facet", "pk", -F("number")), all=True):
        if entry < 0:
            known[f"{facet}/{-entry}"] = term
        else:
            found.setdefault((facet, term), BitMap()).add(entry)
    return found, known


@cache
def _links() -> Statement:
    rows = EntryTerm.objects.filter(entry__among=HOLES["among"]).order_by()
    return statement_of(rows.values("facet", "term_id", "entry_id"), HOLES)
