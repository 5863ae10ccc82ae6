"""What a process remembers of an index, so that no two pages read the same sets.

Whatever a reader is shown changes with the digest of the log, which each page reads first: what is remembered
under one is never asked for under the next. A digest that is read too early holds later sets, as a page that
reads them itself does, and nobody asks under it again.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain
from threading import Lock
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Count as CountOf
from django.db.models import Q
from django.db.models.expressions import RawSQL
from pyroaring import BitMap

from chronicle.clock import Clock
from chronicle.models import Among, Bitmap, Term
from chronicle.record import bitmaps
from chronicle.site.filters import TERMS
from chronicle.site.search import matching
from chronicle.site.search.asking import Asked
from chronicle.site.search.matching import Place

Count = TypeVar("Count")

CHRONICLES = 16
"""Of so many chronicles, as they were last asked for, the sets are remembered."""

MOMENTS = 4
"""Of so many moments what was known."""

NAMES = 10_000
"""So many sets or terms of one chronicle: of a million entries, all sets together are 9 MB."""


Values = dict[str, BitMap]
"""The entries under each value of a facet; what lies in a place is in that place."""


class Known(NamedTuple):
    """What lists show of a term. ``lineage`` are the numbers of the places that a place lies in."""

    pk: int
    subject: str
    label: str
    slug: str
    lineage: list[int]


LISTS = 500
"""Of so many lists, facet by facet, what each choice would leave: a few numbers of each."""

QUESTIONS = 32
"""What answers so many questions: of the widest that are counted it takes 200 kB each."""


@dataclass(frozen=True)
class Matches:
    """What answers a question: the row ids, and each with its place in time, ``sk``, and its tier."""

    ids: BitMap
    places: Sequence[int]
    rows: Sequence[int]
    tiers: dict[int, int]
    """Of those of the first two tiers alone."""

    @classmethod
    def of(cls, found: list[Place], tiers: dict[int, int]) -> "Matches":
        places, rows = array("q", (place for place, _ in found)), array("I", (row for _, row in found))
        return cls(BitMap(rows), places, rows, tiers)


@dataclass
class Remembered:
    """Of a chronicle as it was printed at one time. A set that is in here is never changed."""

    sets: dict[str, BitMap] = field(default_factory=dict)
    most_used: dict[tuple[str, int], Values] = field(default_factory=dict)
    terms: dict[str | int, Known] = field(default_factory=dict)
    """By subject, and by row id."""
    cited: dict[str, int] = field(default_factory=dict)
    matches: dict[Any, Matches | None] = field(default_factory=dict)
    """By question; None where there are too many."""
    counted: dict[Any, Any] = field(default_factory=dict)
    """What each choice beside a list would leave, by what the list is of."""
    past: Any = None
    """Of a chronicle as it was known at a moment, what was otherwise then."""


UNKNOWN: Any = object()


def _of(chronicle: Any) -> Remembered:
    """What is remembered of one of ``strip.chronicles``; of one without a log, only while it is at hand."""
    if chronicle.then:
        return _at_a_moment(chronicle.pk, chronicle.printed)
    if chronicle.printed:
        return _at(chronicle.pk, chronicle.printed)
    return chronicle.__dict__.setdefault("remembered", Remembered())


@lru_cache(CHRONICLES)
def _at(chronicle: int, digest: str) -> Remembered:
    return Remembered()


@lru_cache(MOMENTS)
def _at_a_moment(chronicle: int, printed: str) -> Remembered:
    return Remembered()


class Holder:
    """What is learned bit by bit, by one thread at a time."""

    def __init__(self) -> None:
        self.lock, self.value = Lock(), None


@lru_cache(CHRONICLES)
def _for_good(chronicle: int, key: UUID, clock: Clock) -> Holder:
    return Holder()


def for_good(chronicle: Any, learn: Callable[[Any], Any]) -> Any:
    """What stays true of a chronicle however much is printed: what ``learn`` makes of what was known."""
    holder = _for_good(chronicle.pk, chronicle.key, chronicle.clock)
    with holder.lock:
        holder.value = learn(holder.value)
        return holder.value


def forget() -> None:
    """Forget all, as a new process does."""
    _at.cache_clear()
    _at_a_moment.cache_clear()
    _for_good.cache_clear()


def past(chronicle: Any, learn: Callable[[], Any]) -> Any:
    """What was otherwise in a chronicle as it was known at a moment, learned once."""
    known = _of(chronicle)
    if known.past is None:
        known.past = learn()
    return known.past


def sets(chronicle: Any, names: Iterable[str]) -> dict[str, BitMap]:
    """The entries under each of ``names``, as ``bitmaps.read`` has them; in one query those not known.

    ``chronicle`` is one of ``strip.chronicles``.
    """
    known = _of(chronicle).sets
    found = {name: known.get(name) for name in names}
    missing = [name for name, ids in found.items() if ids is None]
    if missing:
        read = chronicle.then.read(missing) if chronicle.then else bitmaps.read(chronicle.pk, missing)
        # A number of no term can be anything; nobody is to fill all room with such.
        _keep(known, {name: ids for name, ids in read.items() if ids or bitmaps.facet_of(name) not in TERMS})
        found |= read
    return found


def most_used(chronicle: Any, facets: Iterable[str], most: int) -> dict[str, Values]:
    """The ``most`` used values of each of ``facets``; in one query those of facets that are not known."""
    known = _of(chronicle).most_used
    found = {facet: known.get((facet, most)) for facet in facets}
    missing = [facet for facet, values in found.items() if values is None]
    if missing:
        how = partial(bitmaps.read_most_used, chronicle.pk)
        read = _by_value((chronicle.then.most_used if chronicle.then else how)(_asked_for(missing), most))
        found |= {facet: read.get(facet, {}) for facet in missing}
        _keep(known, {(facet, most): found[facet] for facet in missing})
    return found


def _asked_for(facets: list[str]) -> dict[str, list[str]]:
    asked = {facet: [facet] for facet in facets}
    # A place holds what is under it and what is in it, whichever of the two it is much used for.
    return asked | {"place": ["place", "in"], "in": ["place", "in"]} if "place" in facets else asked


def _by_value(sets: Mapping[str, BitMap]) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for name, ids in sets.items():
        facet, _, value = name.partition("/")
        values = found.setdefault("place" if facet == "in" else facet, {})
        values[value] = values[value] | ids if value in values else ids
    return found


LINEAGES = {
    "sqlite": "SELECT above.value FROM chronicle_term, json_each(chronicle_term.lineage) AS above "
    "WHERE chronicle_term.id IN (SELECT value FROM json_each(%s))",
    "postgresql": "SELECT jsonb_array_elements_text(lineage)::integer FROM chronicle_term "
    "WHERE id = ANY(%s::bigint[])",
}
"""The numbers of the places that others (row ids) lie in."""


def terms(chronicle: Any, subjects: Iterable[str], *, rows: Iterable[int] = ()) -> list[Known]:
    """The terms with one of ``subjects`` and in ``rows`` (row ids), in one query where any is not known.

    With these ``rows`` come the places that they lie in, which are wanted next.
    """
    known = _of(chronicle).terms
    found = {key: _with_above(known, key) for key in (*subjects, *rows)}
    missing = [key for key, terms in found.items() if not terms]
    read = list(_read(chronicle, missing)) if missing else []
    _keep(known, {term.subject: term for term in read} | {term.pk: term for term in read})
    # One may have been asked for by subject and by row.
    return list({term.pk: term for term in chain(*found.values(), read)}.values())


def _with_above(known: Mapping[str | int, Known], key: str | int) -> list[Known]:
    """The term with that subject; with that row id, after it the places it lies in.

    Empty where any of them is not known: a term may have been read where its places were not asked for.
    """
    term = known.get(key)
    if term is None or isinstance(key, str):
        return [term] if term else []
    above = [known.get(f"place/{number}") for number in term.lineage]
    return [term, *filter(None, above)] if all(above) else []


def _read(chronicle: Any, keys: list[str | int]) -> Iterator[Known]:
    subjects = [key for key in keys if isinstance(key, str)]
    rows = [key for key in keys if isinstance(key, int)]
    values = [Among.value_of(rows)]
    above = RawSQL(LINEAGES[connection.vendor], values)  # noqa: S611 - a statement of ours
    wanted = Q(pk__among=rows) | Q(chronicle=chronicle, facet="place", number__in=above)
    found = Term.objects.named(chronicle, subjects) | Term.objects.filter(wanted)
    if chronicle.then:
        then = chronicle.then.those(found.order_by(), subjects)
        yield from (Known(*map(term.__getattribute__, KNOWN)) for term in then if term.taken_at is None)
        return
    # What was taken down is called nothing.
    for pk, facet, number, *rest in found.filter(taken_at=None).order_by().values_list(*COLUMNS):
        yield Known(pk, f"{facet}/{number}", *rest)


KNOWN = Known._fields
COLUMNS = ("pk", "facet", "number", "label", "slug", "lineage")


def cited(chronicle: Any) -> dict[str, int]:
    """How many sources and how many outlets public entries cite, in one query if it is not known.

    Each of them is counted one by one: where every entry has its own source, there are as many as entries.
    """
    known = _of(chronicle).cited
    if not known and chronicle.then:
        known |= chronicle.then.cited()
    if not known:
        held = Bitmap.objects.filter(chronicle=chronicle, chunk=0, total__gt=0)
        of_two = held.filter(facet__in=("source", "outlet")).values("facet")
        counted = of_two.order_by().annotate(n=CountOf("pk"))
        known |= {"source": 0, "outlet": 0} | dict(counted.values_list("facet", "n"))
    return known


def matches(chronicle: Any, asked: Asked) -> Matches | None:
    """What answers a question, so that its pages and choices do not look for it again; None of too many."""
    known, question = _of(chronicle).matches, (asked.alternatives, asked.without)
    # Asked for at once: another thread may clear what is known at any time.
    answer = known.get(question, UNKNOWN)
    if answer is UNKNOWN:
        found = matching.matches(chronicle, asked, most=matching.MOST)
        tiers = matching.near(chronicle, asked) if found else {}
        answer = None if found is None else Matches.of(found, tiers)
        _keep(known, {question: answer}, most=QUESTIONS)
    return answer


def counted(chronicle: Any, of: Any, count: Callable[[], Count]) -> Count:
    """What the choices of one facet would leave ``of`` a list, so that its other pages do not ``count`` it.

    ``of`` tells one list from every other. Nobody changes what comes back.
    """
    known = _of(chronicle).counted
    found = known.get(of, UNKNOWN)
    if found is UNKNOWN:
        found = count()
        _keep(known, {of: found}, most=LISTS)
    return found


def _keep(known: dict[Any, Any], read: Mapping[Any, Any], most: int = NAMES) -> None:
    if len(known) + len(read) > most:
        known.clear()
    known.update(read)
