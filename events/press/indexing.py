"""Terms in the index: what they are looked up by, and which places lie in which."""

from collections.abc import Sequence
from typing import Any

from chronicle.models import Bitmap, Chronicle, EntryTerm, Spelling, Term
from chronicle.record import bitmaps, inserting, spellings

STANCES = ["supports", "disputes", "mentions"]
"""What all a source may do to an entry."""


def spell(drafts: Sequence[Any]) -> None:
    """Let the terms of ``drafts``, whose rows are saved, be looked up by the names that they have now."""
    renamed = [draft.row for draft in drafts if not draft.is_first]
    if renamed:
        Spelling.objects.filter(term__in=renamed).delete()
    rows = [row for draft in drafts for row in spellings.rows_of(draft.row, draft.document)]
    inserting.insert(Spelling, spellings.COLUMNS, rows)


def move_place(chronicle: Chronicle, place: Term, lineage: list[int]) -> None:
    """Note that ``place`` lies in other places than before, and so does what lies in it.

    ``lineage`` are the numbers of these, the nearest first.
    """
    left, below = place.lineage, []
    for each in Term.objects.filter(chronicle=chronicle, facet="place"):
        if place.number in (each.number, *each.lineage):
            up_to = [each.number, *each.lineage].index(place.number)
            each.lineage = each.lineage[:up_to] + lineage
            below.append(each)
    Term.objects.bulk_update(below, ["lineage"], batch_size=200)
    _gather(chronicle, {*left, *lineage})


def drop(chronicle: Chronicle, term: Term) -> None:
    """Find nothing under ``term`` any more, or in it, and look it up by no name."""
    Spelling.objects.filter(term=term).delete()
    EntryTerm.objects.filter(term=term).delete()
    facets = [term.facet, *{"place": ["in"], "source": STANCES}.get(term.facet, [])]
    names = [f"{facet}/{term.number}" for facet in facets]
    Bitmap.objects.filter(chronicle=chronicle, name__in=names).delete()
    if term.facet == "place":
        _part(chronicle, term)


def _part(chronicle: Chronicle, place: Term) -> None:
    """Have nothing lie in ``place`` any more, nor by way of it in what it lies in."""
    left, below = place.lineage, []
    for each in Term.objects.filter(chronicle=chronicle, facet="place"):
        if place.number in each.lineage:
            each.lineage = each.lineage[: each.lineage.index(place.number)]
            below.append(each)
    place.lineage = []
    Term.objects.bulk_update([*below, place], ["lineage"], batch_size=200)
    _gather(chronicle, set(left))


def _gather(chronicle: Chronicle, places: set[int]) -> None:
    """Find under each of ``places`` (numbers) the entries of all that lies in it now."""
    lying = Term.objects.filter(chronicle=chronicle, facet="place").exclude(lineage=[])
    below: dict[int, list[str]] = {number: [] for number in places}
    for number, lineage in lying.values_list("number", "lineage"):
        for above in places.intersection(lineage):
            below[above].append(f"place/{number}")
    for above, names in below.items():
        entries = bitmaps.union(bitmaps.read(chronicle.pk, names).values())
        bitmaps.put(chronicle.pk, f"in/{above}", entries)
