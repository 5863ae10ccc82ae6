"""Sets of entries by what they are found under: the one module that knows how they are kept.

A roaring bitmap of the row ids of entries for each name of the index (``columns.indexed_under``), in chunks,
kept by the press in the transaction in which it prints. So any number of choices is answered by a few unions
and intersections, and what each further choice would give is counted without reading an entry.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from pyroaring import BitMap

from chronicle.models import Among, Bitmap
from chronicle.record import inserting

CHUNK = 65_536
BATCH = 500
NOTHING = BitMap()
WRITTEN = ("chronicle_id", "name", "facet", "chunk", "ids", "total")

MOST_USED = (
    "SELECT %s || substr(name, %s) FROM (SELECT name FROM chronicle_bitmap WHERE chronicle_id = %s "
    "AND facet = %s AND chunk = 0 AND total > 0 ORDER BY total DESC, name LIMIT %s) AS top"
)
UNDER = (
    "SELECT name FROM (WITH linked AS (SELECT term.facet, term.number, term.lineage FROM {entries} "
    "CROSS JOIN chronicle_entryterm AS link CROSS JOIN chronicle_term AS term "
    "WHERE link.entry_id = entry.value AND term.id = link.term_id), "
    "used AS (SELECT facet, number FROM linked "
    "UNION SELECT 'place', CAST(above.value AS integer) FROM linked CROSS JOIN {above}) "
    "SELECT facet || '/' || number AS name FROM used "
    "UNION ALL SELECT 'in/' || number FROM used WHERE facet = 'place') AS under"
)
"""The names of the terms that entries are under, and of the places that these lie in."""

OWN = {
    "sqlite": {
        "names": "SELECT value FROM json_each(%s)",
        "entries": "json_each(%s) AS entry",
        "above": "json_each(linked.lineage) AS above",
    },
    "postgresql": {
        "names": "SELECT unnest(%s::text[])",
        "entries": "unnest(%s::bigint[]) AS entry(value)",
        "above": "jsonb_array_elements_text(linked.lineage) AS above(value)",
    },
}
"""How each database takes many values as one."""

READ_NAMED = "SELECT name, chunk, ids FROM chronicle_bitmap WHERE chronicle_id = %s AND name IN ({})"


def chunk_of(pk: int) -> int:
    """The chunk in which the entry of that row id lies."""
    return pk // CHUNK


def facet_of(name: str) -> str:
    """``place`` of ``place/3``, ``all`` of ``all``."""
    return name.partition("/")[0]


@dataclass
class Changes:
    """Which entries, by row id, are to be found under which names, and no longer under which."""

    more: dict[str, set[int]] = field(default_factory=dict)
    less: dict[str, set[int]] = field(default_factory=dict)

    def add(self, pk: int, before: set[str], after: set[str]) -> None:
        """An entry that was found under ``before``, and is now under ``after``."""
        for names, changed in ((after - before, self.more), (before - after, self.less)):
            for name in names:
                changed.setdefault(name, set()).add(pk)

    def names(self) -> list[str]:
        return sorted(self.more.keys() | self.less.keys())


@dataclass
class Gathered:
    """The entries under each name, as documents are read one after the other."""

    ids: dict[str, BitMap] = field(default_factory=dict)

    def add(self, pk: int, names: Iterable[str]) -> None:
        for name in names:
            self.ids.setdefault(name, BitMap()).add(pk)

    def rows(self, chronicle: int) -> Iterator[Bitmap]:
        """The rows that hold all of it."""
        for name in sorted(self.ids):
            yield from rows_of(chronicle, name, self.ids[name])


def change(chronicle: int, changes: Changes) -> None:
    """Bring the bitmaps of a chronicle (row id) up to ``changes``, in two statements for few names."""
    names = changes.names()
    for start in range(0, len(names), BATCH):
        _change(chronicle, changes, names[start : start + BATCH])


def _change(chronicle: int, changes: Changes, names: list[str]) -> None:
    ids = [pk for each in (changes.more, changes.less) for name in names for pk in each.get(name, ())]
    chunks = {0, *map(chunk_of, ids)}
    kept = Bitmap.objects.filter(chronicle=chronicle, name__in=names, chunk__in=chunks)
    rows = {(row.name, row.chunk): row for row in kept}
    changed = [row for name in names for row in _changed(chronicle, name, changes, rows)]
    save(changed)


def put(chronicle: int, name: str, ids: BitMap) -> None:
    """Make ``ids`` all that is under ``name``."""
    Bitmap.objects.filter(chronicle=chronicle, name=name).delete()
    save(rows_of(chronicle, name, ids))


def save(rows: Iterable[Bitmap]) -> None:
    """Write rows in place of those that have the same chronicle, name and chunk."""
    told = ([getattr(row, name) for name in WRITTEN] for row in rows)
    inserting.insert(Bitmap, WRITTEN, told, same=["chronicle", "name", "chunk"], put=["ids", "total"])


def _changed(chronicle: int, name: str, changes: Changes, rows: Mapping[Any, Bitmap]) -> Iterator[Bitmap]:
    """The rows of one name that are another for ``changes``, that of chunk 0 among them."""
    more, less = BitMap(changes.more.get(name, ())), BitMap(changes.less.get(name, ()))
    grown = 0
    first = rows.get((name, 0)) or row_of(chronicle, name, 0, BitMap(), total=0)
    for chunk in chunks_of(more | less):
        row = first if chunk == 0 else rows.get((name, chunk)) or row_of(chronicle, name, chunk, BitMap())
        old = ids_of(row)
        new = (old | _within(more, chunk)) - _within(less, chunk)
        grown += len(new) - len(old)
        row.ids = packed(new, chunk)
        if chunk:
            yield row
    first.total += grown
    yield first


def _within(ids: BitMap, chunk: int) -> BitMap:
    whole = BitMap()
    whole.add_range(chunk * CHUNK, (chunk + 1) * CHUNK)
    return ids & whole


def row_of(chronicle: int, name: str, chunk: int, ids: BitMap, total: int | None = None) -> Bitmap:
    """A row that holds those of ``ids`` that lie in ``chunk``."""
    within = _within(ids, chunk)
    return Bitmap(
        chronicle_id=chronicle,
        name=name,
        facet=facet_of(name),
        chunk=chunk,
        ids=packed(within, chunk),
        total=total,
    )


def rows_of(chronicle: int, name: str, ids: BitMap) -> Iterator[Bitmap]:
    """All rows of one name that holds ``ids``."""
    yield row_of(chronicle, name, 0, ids, total=len(ids))
    for chunk in chunks_of(ids):
        if chunk:
            yield row_of(chronicle, name, chunk, ids)


def chunks_of(ids: BitMap) -> Iterator[int]:
    """The chunks in which any of ``ids`` lie, in order, without looking at each id."""
    chunk = 0
    while ids and chunk_of(ids.max()) >= chunk:
        chunk = chunk_of(ids.next_set_bit(chunk * CHUNK))
        yield chunk
        chunk += 1


def packed(ids: BitMap, chunk: int) -> bytes:
    """The ids of one chunk as they lie in the database: counted from its first, in the least room.

    The same ids are always the same bytes, however they came together.
    """
    # Added anew to an empty one, or it would keep something of the way in which it came together.
    counted = BitMap(ids.shift(-chunk * CHUNK).to_array())
    counted.run_optimize()
    return bytes(counted.serialize())


def ids_of(row: Any) -> BitMap:
    """The ids that a row holds. Raises ValueError where it holds none that could be."""
    return BitMap.deserialize(bytes(row.ids)).shift(row.chunk * CHUNK)


def read(chronicle: int, names: Iterable[str]) -> dict[str, BitMap]:
    """The entries under each of ``names``, in one query; of names that nothing was ever under, none."""
    names = list(names)
    rows = Bitmap.objects.filter(chronicle=chronicle, name__among=names).values_list("name", "chunk", "ids")
    return dict.fromkeys(names, NOTHING) | _joined(rows if names else ())


def read_facets(chronicle: int, facets: Iterable[str]) -> dict[str, BitMap]:
    """The entries under every name of ``facets``, in one query."""
    rows = Bitmap.objects.filter(chronicle=chronicle, facet__in=list(facets))
    return _joined(rows.order_by().values_list("name", "chunk", "ids"))


def read_most_used(
    chronicle: int,
    facets: Mapping[str, Iterable[str]],
    most: int,
    *,
    also: Iterable[str] = (),
    among: BitMap = NOTHING,
) -> dict[str, BitMap]:
    """The entries under the ``most`` values of each of ``facets`` that hold the most of them, in one query.

    Each is mapped to the facets under which these values are read: mostly itself, and what adds to it. With
    those under the names ``also``, and under each term that any of the entries ``among`` (row ids) is under.
    """
    pairs = [(facet, under) for facet, unders in facets.items() for under in unders]
    values = [value for facet, under in pairs for value in (under, len(facet) + 1, chronicle, facet, most)]
    own = OWN[connection.vendor]
    names = [*[MOST_USED] * len(pairs), own["names"], UNDER.format(**own)]
    values += [Among.value_of(each) for each in (also, among)]
    with connection.cursor() as cursor:
        cursor.execute(READ_NAMED.format(" UNION ALL ".join(names)), [chronicle, *values])
        return _joined(cursor.fetchall())


def _joined(rows: Iterable[tuple[str, int, bytes]]) -> dict[str, BitMap]:
    found: dict[str, BitMap] = {}
    for name, chunk, ids in rows:
        part = BitMap.deserialize(bytes(ids)).shift(chunk * CHUNK)
        found[name] = found[name] | part if name in found else part
    return found


def union(sets: Iterable[BitMap]) -> BitMap:
    """All that is in any of ``sets``."""
    return BitMap.union(NOTHING, *sets)


def totals(chronicle: int, facet: str, first: str, last: str) -> dict[str, int]:
    """How many entries are under each of what ``facet`` holds, from ``first`` to ``last`` in order of text.

    One query. What holds none is left out.
    """
    held = Bitmap.objects.filter(
        chronicle=chronicle, name__range=(f"{facet}/{first}", f"{facet}/{last}"), chunk=0, total__gt=0
    )
    return {name.partition("/")[2]: total for name, total in held.values_list("name", "total")}


def sum_of(chronicle: int, name: str) -> int:
    """How many entries are under one name."""
    held = Bitmap.objects.filter(chronicle=chronicle, name=name, chunk=0)
    return held.values_list("total", flat=True).first() or 0
