"""Terms by their names: what a reader types in place of a number, and what is suggested meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BinaryField, Q, Value
from django.http import Http404, QueryDict

from chronicle import folding
from chronicle.models import Chronicle, Spelling, Term
from chronicle.record import bitmaps
from chronicle.record.spellings import MOST_OF_A_SPELLING
from chronicle.site import strip
from chronicle.site.candidates import told_apart
from chronicle.site.filters import TERM_NUMBER, TERMS
from chronicle.site.holdings import HOLDS_SOME, totals
from chronicle.site.selection import names_of

CALLED = {
    "kind": "kind",
    "place": "place",
    "actor": "person or body",
    "outlet": "outlet",
    "source": "source",
}
TERM = "term__number"
LONGEST = 300
LAST = b"\xff"
"""After every byte of UTF-8."""

MOST, LOOKED_UP = 8, 250
LOOKED_AT = 400
"""Of how many spellings the most used terms are suggested."""

SHORTEST, COMPARED = 3, 8
"""Of how many letters a word must be to be near a name, and how many words are compared with names."""
NAMES_COMPARED = 2_000
ALIKE = 0.7
"""How alike two words are, of 1, that are taken for nearly the same (Ratcliff and Obershelp)."""


@dataclass(frozen=True)
class Suggestion:
    """A term that may be meant: ``name`` is the spelling met, ``total`` how many entries it holds.

    ``label`` tells it from others of its name that may be meant too.
    """

    term: Term
    label: str
    name: str
    total: int


def numbered(query: QueryDict, chronicle: Chronicle) -> tuple[QueryDict, list[str]]:
    """``query`` with numbers for the names of terms that were typed, and a sentence for each unknown name."""
    typed = _typed(query)
    if not typed:
        return query, []
    meant = _meant(chronicle, typed)
    changed = query.copy()
    for facet in typed:
        values = (number for value in query.getlist(facet) for number in meant.get((facet, value), [value]))
        changed.setlist(facet, list(dict.fromkeys(values)))
    unknown = [(facet, name) for (facet, name), numbers in meant.items() if not numbers]
    return changed, [f"No {CALLED[facet]} here is called “{name[:LONGEST]}”." for facet, name in unknown]


def _typed(query: QueryDict) -> dict[str, list[str]]:
    """The names among the values of each facet that has any."""
    typed = {facet: [value for value in query.getlist(facet) if _is_name(value)] for facet in TERMS}
    return {facet: names for facet, names in typed.items() if names}


def _meant(chronicle: Any, typed: dict[str, list[str]]) -> dict[tuple[str, str], list[str]]:
    """The numbers of the terms that each name may mean, by facet and name."""
    known = chronicle.then.called if chronicle.then else None
    found = _numbers_of(chronicle, typed) if known is None else known
    return {
        (facet, name): found.get((facet, _folded(name)), [])
        for facet, names in typed.items()
        for name in names
    }


def _is_name(value: str) -> bool:
    if TERM_NUMBER.fullmatch(value):
        return False
    return any(character.isalpha() for character in _folded(value))


def _folded(name: str) -> str:
    """A name as it is looked up."""
    return folding.fold(name[:LONGEST])[:MOST_OF_A_SPELLING]


Numbers = dict[tuple[str, str], list[str]]
"""The numbers of the terms that are called so, by facet and folded name."""


def _numbers_of(chronicle: Chronicle, typed: dict[str, list[str]]) -> Numbers:
    rows = _spelled(typed).filter(chronicle=chronicle)
    return _told(rows.values_list("facet", "folded", "term__number").order_by("term"))


def with_zone(slug: str, query: QueryDict) -> tuple[ZoneInfo, Numbers | None]:
    """By whose clocks the chronicle with that slug is, and what the names of terms in ``query`` mean, in one
    query; None where no name was typed. Raises Http404."""
    typed = _typed(query)
    if not typed:
        return strip.chronicle_called(slug).clock.zone, None
    own = Chronicle.objects.filter(slug=slug).order_by()
    own = own.values_list(Value(0), Value(""), Value(b"", BinaryField()), Value(0), "zone")
    rows = _spelled(typed).filter(chronicle__slug=slug).order_by()
    rows = rows.values_list("term", "facet", "folded", "term__number", "chronicle__zone")
    found = sorted(own.union(rows, all=True), key=itemgetter(0))
    if not found:
        raise Http404
    return ZoneInfo(found[0][-1]), _told(row[1:-1] for row in found if row[0])


def _spelled(typed: dict[str, list[str]]) -> Any:
    """The spellings of terms that are called as any of the names that were ``typed``.

    That a name is known is told of those with a public entry alone.
    """
    folded = {_folded(name) for names in typed.values() for name in names}
    wanted = [name.encode() for name in sorted(folded)[:LOOKED_UP]]
    return Spelling.objects.filter(folded__in=wanted).annotate(**totals(TERM)).filter(HOLDS_SOME)


def _told(rows: Iterable[tuple[str, bytes, int]]) -> Numbers:
    found: Numbers = {}
    for facet, name, number in rows:
        numbers = found.setdefault((facet, bytes(name).decode()), [])
        if str(number) not in numbers:
            numbers.append(str(number))
    return found


def suggested(
    chronicle: Chronicle, typed: str, facets: Iterable[str] = TERMS, most: int = MOST
) -> list[Suggestion]:
    """The most used terms that are called what was typed, or begin so, in any of their spellings."""
    folded = _folded(typed).encode()
    if not folded:
        return []
    rows = (
        Spelling.objects.filter(
            chronicle=chronicle, facet__in=list(facets), folded__gte=folded, folded__lt=folded + LAST
        )
        .order_by("folded")
        .annotate(**totals(TERM))
        .filter(HOLDS_SOME)
        .select_related("term")[:LOOKED_AT]
    )
    met: dict[int, Any] = {}
    for row in rows:
        met.setdefault(row.term_id, row)
    used = sorted(met.values(), key=lambda row: (-row.held - row.within, row.term.label))
    # What is called just so comes before what only begins so.
    used.sort(key=lambda row: bytes(row.folded) != folded)
    return _counted(chronicle, used[:most])


def near(chronicle: Chronicle, words: Iterable[str]) -> list[Suggestion]:
    """The terms that are called nearly as any of the folded ``words``, the nearest first, in three queries.

    Names that begin with the same letter are compared, so many of them as can be looked at.
    """
    words = [word for word in words if len(word) >= SHORTEST][:COMPARED]
    begins = Q(pk__in=[])
    for letter in {word[0].encode() for word in words}:
        begins |= Q(folded__gte=letter, folded__lt=letter + LAST)
    rows = Spelling.objects.filter(begins, chronicle=chronicle).exclude(facet="source").order_by("folded")
    names = dict(rows.values_list("pk", "folded")[:NAMES_COMPARED])
    likeness = {pk: _likeness(bytes(folded).decode(), words) for pk, folded in names.items()}
    alike = nlargest(2 * MOST, (pk for pk in names if likeness[pk] >= ALIKE), key=lambda pk: likeness[pk])
    held = Spelling.objects.filter(pk__in=alike).annotate(**totals(TERM)).filter(HOLDS_SOME)
    nearest: dict[int, Any] = {}
    for row in sorted(held.select_related("term"), key=lambda row: (-likeness[row.pk], row.pk)):
        nearest.setdefault(row.term_id, row)
    return _counted(chronicle, list(nearest.values())[:MOST])


def _likeness(name: str, words: list[str]) -> float:
    """How alike ``name`` is to the word that it is most like, from 0 to 1."""
    matcher = SequenceMatcher(b=name)
    best = 0.0
    for word in words:
        matcher.set_seq1(word)
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
            best = max(best, matcher.ratio())
    return best


def _counted(chronicle: Chronicle, rows: list[Any]) -> list[Suggestion]:
    """The terms of spellings, with how many entries each holds, those of what lies in it included."""
    names = {row: names_of(row.facet, [str(row.term.number)]) for row in rows}
    held = bitmaps.read(chronicle.pk, {name for each in names.values() for name in each})
    for row in rows:
        row.term.chronicle = chronicle
    labels = told_apart({(row.facet, str(row.term.number)): row.term.label for row in rows})
    return [
        Suggestion(
            row.term,
            labels[row.facet, str(row.term.number)],
            row.name,
            len(bitmaps.union(held[name] for name in names[row])),
        )
        for row in rows
    ]
