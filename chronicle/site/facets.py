"""The choices beside a list of entries, each with the count that choosing it would give."""

from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.http import QueryDict

from chronicle.clock import PARTS
from chronicle.models import Chronicle, EntryTerm, Standing, Term
from chronicle.models.entry import PART_BITS
from chronicle.site.filters import EntryFilter

TERM_FACETS = {"kind": "Kind", "place": "Place", "actor": "Who"}
SHOWN = 6
"""How many choices of a facet stand open; the rest fold under "more"."""


@dataclass(frozen=True)
class Choice:
    """One choice of the facet under ``heading``, and the address of the page without it."""

    facet: str
    heading: str
    value: str
    label: str
    count: int
    chosen: bool
    without: str = ""


@dataclass(frozen=True)
class Facet:
    """A heading and its choices: those chosen first shown, then by count."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def chooses(self) -> bool:
        """Whether there is anything to choose: one value that everything has is none."""
        return len(self.choices) > 1 or any(choice.chosen for choice in self.choices)

    @property
    def open(self) -> list[Choice]:
        return [c for n, c in enumerate(self.choices) if n < SHOWN or c.chosen]

    @property
    def folded(self) -> list[Choice]:
        return [c for n, c in enumerate(self.choices) if n >= SHOWN and not c.chosen]


@dataclass(frozen=True)
class Facets:
    """Every facet of a filtered list, and how many sources stand behind the list.

    ``single`` is how many of its entries have a single source.
    """

    facets: list[Facet]
    sources: int
    entries: int
    single: int = 0

    @property
    def said_once(self) -> str:
        """What holds for all entries, or for most, and so is said of the list and not on each card."""
        if not self.entries or self.single * 2 <= self.entries:
            return ""
        return "Single source unless marked." if self.single < self.entries else "Single source throughout."

    @property
    def chosen(self) -> list[Choice]:
        return [choice for facet in self.facets for choice in facet.choices if choice.chosen]


def facets_of(entry_filter: EntryFilter, query: QueryDict, chronicle: Chronicle) -> Facets:
    """The facets of ``entry_filter`` in two queries, three where a choice leaves nothing.

    Beside each choice stands how many entries there would be with it, the other facets staying as
    they are; a choice that was made is shown even where its count is 0.
    """
    terms = _term_counts(entry_filter)
    columns = _column_counts(entry_filter)
    _add_chosen(terms, entry_filter, chronicle)
    facets = [
        _facet(entry_filter, query, name, label, terms.get(name, [])) for name, label in TERM_FACETS.items()
    ]
    parts = [(part, part.capitalize(), columns["part"].get(part, 0)) for part in PARTS]
    held = [(value, label, columns["standing"].get(value, 0)) for value, label in Standing.choices]
    facets.append(_facet(entry_filter, query, "part", "Part of the day", parts, by_count=False))
    facets.append(_facet(entry_filter, query, "standing", "Standing", held, by_count=False))
    standings = entry_filter.chosen("standing") or Standing.values
    left = {value: n for value, n in columns["standing"].items() if value in standings}
    return Facets(
        [facet for facet in facets if facet.chooses],
        sources=len(terms.get("source", [])),
        entries=sum(left.values()),
        single=left.get(Standing.SINGLE, 0),
    )


def _term_counts(entry_filter: EntryFilter) -> dict[str, list[tuple[str, str, int]]]:
    """(number, label, count) of every term of each facet, in one query."""
    counted = None
    for facet in (*TERM_FACETS, "source"):
        entries = entry_filter.narrowed(but=facet).order_by().values("pk")
        rows = (
            EntryTerm.objects.filter(facet=facet, entry__in=entries)
            .values("facet", number=F("term__number"), label=F("term__label"))
            .annotate(n=Count("entry_id"))
            .order_by()
        )
        counted = rows if counted is None else counted.union(rows, all=True)
    found: dict[str, list[tuple[str, str, int]]] = {}
    for row in counted.order_by():
        found.setdefault(row["facet"], []).append((str(row["number"]), row["label"], row["n"]))
    return found


def _add_chosen(terms: dict[str, list[tuple[str, str, int]]], entry_filter: EntryFilter, chronicle) -> None:
    """Add the terms that were chosen and under which nothing is left, with a count of 0."""
    wanted = Q()
    for name in TERM_FACETS:
        known = {number for number, _, _ in terms.get(name, [])}
        missing = [number for number in entry_filter.chosen(name) if number not in known]
        if missing:
            wanted |= Q(facet=name, number__in=missing)
    if wanted:
        public = EntryTerm.objects.filter(term=OuterRef("pk"), entry__withdrawn_at__isnull=True)
        named = Term.objects.filter(wanted, Exists(public), chronicle=chronicle)
        for facet, number, label in named.values_list("facet", "number", "label"):
            terms.setdefault(facet, []).append((str(number), label, 0))


def _column_counts(entry_filter: EntryFilter) -> dict[str, dict[str, int]]:
    """How many entries touch each part of the day, and have each standing, in one query."""
    columns = {"part": Cast("parts", CharField(max_length=12)), "standing": F("standing")}
    parts, standings = (
        entry_filter.narrowed(but=facet)
        .order_by()
        .values(facet=Value(facet), value=column)
        .annotate(n=Count("pk"))
        for facet, column in columns.items()
    )
    found: dict[str, dict[str, int]] = {"part": {}, "standing": {}}
    for row in parts.union(standings, all=True).order_by():
        counted = found[row["facet"]]
        for value in parts_of(int(row["value"])) if row["facet"] == "part" else [row["value"]]:
            counted[value] = counted.get(value, 0) + row["n"]
    return found


def parts_of(bits: int) -> list[str]:
    """The parts of the day whose bits are set."""
    return [part for part, bit in PART_BITS.items() if bits & bit]


def _facet(entry_filter, query, name, label, counted, *, by_count=True) -> Facet:
    chosen = entry_filter.chosen(name)
    known = {value for value, _, _ in counted}
    counted = [*counted, *((value, value, 0) for value in chosen if value not in known)]
    choices = [
        Choice(name, label, value, text, n, value in chosen, without=without(query, name, value))
        for value, text, n in counted
        if n or value in chosen
    ]
    if by_count:
        choices.sort(key=lambda choice: (-choice.count, choice.label))
    return Facet(name, label, choices)


def without(query: QueryDict, name: str, value: str) -> str:
    """The query string of this page with one choice taken back and every other kept."""
    rest = query.copy()
    rest.pop("after", None)
    rest.setlist(name, [item for item in rest.getlist(name) if item != value])
    return "?" + rest.urlencode()
