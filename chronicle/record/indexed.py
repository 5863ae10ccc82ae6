"""What readers find entries by, as the documents of one chronicle have it: to make it anew, and check it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from chronicle.models import Bitmap, Chronicle
from chronicle.models.term import facet_of, is_taken, number_of
from chronicle.record import bitmaps, columns
from chronicle.record.reading import SENSELESS, batches


@dataclass
class Index:
    """Gathered while the documents are read, those of places before those of entries."""

    within: dict[str, str] = field(default_factory=dict)
    """In which place each place lies, by subject; empty where it lies in none."""
    taken: set[str] = field(default_factory=set)
    """The terms that were taken down, by subject: nothing is found under them, or in them."""
    gathered: bitmaps.Gathered = field(default_factory=bitmaps.Gathered)

    def learn(self, subject: str, document: Any) -> None:
        """A term, by its current document."""
        if is_taken(document):
            self.taken.add(subject)
        elif facet_of(subject) == "place":
            self.within[subject] = document["within"]

    def lineage(self, place: str) -> list[int]:
        """The numbers of the places that ``place`` lies in, the nearest first."""
        above: list[int] = []
        within = self.within.get(place, "")
        # Nothing that was printed lies in itself; what was forged may.
        while within and within not in self.taken and number_of(within) not in above:
            above.append(number_of(within))
            within = self.within.get(within, "")
        return above

    def add(self, pk: int, document: Any, parts: int) -> None:
        """The entry of that row id, by its document and the bits of the parts of its day."""
        lineages = {each["subject"]: self.lineage(each["subject"]) for each in document.get("places", ())}
        self.gathered.add(pk, columns.indexed_under(document, parts, lineages, self.taken))


def unlike_bitmaps(chronicle: Chronicle, index: Index) -> Iterator[str]:
    """What in the bitmaps of a chronicle is not as ``index`` has it."""
    expected = index.gathered.ids
    missing = {(name, chunk) for name, ids in expected.items() for chunk in (0, *bitmaps.chunks_of(ids))}
    for rows in batches(Bitmap.objects.filter(chronicle=chronicle)):
        for row in rows:
            missing.discard((row.name, row.chunk))
            if not _is_like(row, expected):
                yield f"the index {row.name}, chunk {row.chunk}, does not hold the entries that it should."
    for name, chunk in sorted(missing):
        yield f"the index {name}, chunk {chunk}, is missing."


def _is_like(row: Bitmap, expected: Mapping[str, Any]) -> bool:
    try:
        ids = expected.get(row.name, bitmaps.NOTHING)
        right = bitmaps.row_of(row.chronicle_id, row.name, row.chunk, ids, total=len(ids))
        total = right.total if row.chunk == 0 else None
        return (bytes(row.ids), row.facet, row.total) == (right.ids, right.facet, total)
    except SENSELESS:
        return False
