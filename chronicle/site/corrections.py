"""What was changed after it was first printed: every later edition of a chronicle, the newest first.

Each names what it changed as that is called now. Its words stand beside it only where readers can read what
it belongs to, and not of before a withdrawal: what was taken from their sight comes back by no list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat
from django.http import QueryDict

from chronicle.clock import Calendar
from chronicle.documents import ACTIONS, TERM_FACETS
from chronicle.models import Chronicle, Edition, Entry, EntryTerm, Page, Sheet, Term
from chronicle.models.term import facet_of, named_in, number_of
from chronicle.record import cards
from chronicle.site import bounds, differences, facts, holdings, sections
from chronicle.site.candidates import told_apart
from chronicle.site.sections import DayLink
from chronicle.site.tombstones import CALLED

PER_PAGE = 40
MOST_PLACES = 200
LONGEST, LONGEST_NUMBER = 80, 9
ASKED = ("action", "before", "day", "place")
"""What an address may ask for."""

MEANS_NOTHING = {
    "action": "is nothing that is done to an entry",
    "before": "is no place in this list",
    "day": "is no day of this chronicle",
    "place": "is the number of no place",
}

KINDS = {name: words for name, words in ACTIONS.items() if name != "first"}
"""What may have been done after something was first printed."""


@dataclass(frozen=True)
class Asked:
    """Which changes a reader asked for; ``sentences`` tell what was asked for in vain."""

    action: str = ""
    day: date | None = None
    number: str = ""
    """The number of that day, as it was asked for."""
    place: int | None = None
    before: int | None = None
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Correction:
    """One edition after the first, and what it changed of what; ``reason`` is that of its editors."""

    edition: Any
    what: DayLink
    happened: DayLink | None = None
    changes: list[differences.Change] = field(default_factory=list)
    reason: str = ""


@dataclass(frozen=True)
class Listed:
    """A page of corrections, and the ``seq`` before which the next one goes on."""

    corrections: list[Correction]
    following: int | None

    @property
    def subjects(self) -> list[str]:
        return [each.edition.subject for each in self.corrections]


def asked_of(query: QueryDict, calendar: Calendar) -> Asked:
    """What the address asks for. Nothing of what makes no sense is looked for, and the page says so."""
    written = {name: query.get(name, "")[:LONGEST] for name in ASKED}
    number = bounds.whole_number(written["day"], LONGEST_NUMBER)
    meant = {
        "action": written["action"] if written["action"] in KINDS else "",
        "day": None if number is None else calendar.date_of(number),
        "place": bounds.whole_number(written["place"], LONGEST_NUMBER),
        "before": bounds.whole_number(written["before"], LONGEST_NUMBER),
    }
    amiss = [name for name in ASKED if written[name] and not meant[name]]
    sentences = [f"“{written[name]}” {MEANS_NOTHING[name]}, and was passed over." for name in amiss]
    return Asked(**meant, number=written["day"] if meant["day"] else "", sentences=sentences)


def listed(chronicle: Chronicle, asked: Asked, calendar: Calendar) -> Listed:
    """The page that is ``asked`` for, in five queries, however much there is."""
    editions = list(_editions(chronicle, asked)[: PER_PAGE + 1])
    shown = editions[:PER_PAGE]
    following = shown[-1].seq if len(editions) > PER_PAGE else None
    return Listed(_Telling(chronicle, calendar, shown).told(), following)


def _editions(chronicle: Chronicle, asked: Asked) -> QuerySet[Edition]:
    """The editions asked for, each with the commitment of the one that it changed, and whether it is hidden.

    A takedown changed no words: what comes after it is beside what came before.
    """
    own = Edition.objects.filter(chronicle=OuterRef("chronicle"), subject=OuterRef("subject"))
    before = own.filter(edition__lt=OuterRef("edition")).exclude(action="takedown").order_by("-edition")
    found = Edition.objects.filter(chronicle=chronicle, edition__gt=1).annotate(
        changed=Subquery(before.values("commitment")[:1]),
        is_hidden=Exists(own.filter(edition__gte=OuterRef("edition"), action="withdrawal")),
    )
    if asked.action:
        found = found.filter(action=asked.action)
    if asked.day:
        told = Entry.objects.filter(chronicle=chronicle, told_on=asked.day)
        found = found.filter(_of(told) | Q(subject=Page(date=asked.day).subject))
    if asked.place:
        terms = EntryTerm.objects.filter(
            term__chronicle=chronicle, term__facet="place", term__number=asked.place
        )
        entries = Entry.objects.filter(chronicle=chronicle, pk__in=terms.values("entry"))
        found = found.filter(_of(entries) | Q(subject=f"place/{asked.place}"))
    if asked.before:
        found = found.filter(seq__lt=asked.before)
    return found.order_by("-seq")


def _of(entries: QuerySet[Entry]) -> Q:
    own = Concat(Value("entry/"), Cast("number", TextField()), output_field=TextField())
    return Q(subject__in=entries.annotate(own=own).values("own"))


def places(chronicle: Chronicle) -> list[tuple[int, str]]:
    """The numbers and names of the places to choose from, by their names."""
    found = holdings.held(Term.objects.filter(chronicle=chronicle, facet="place"))
    named = found.order_by("label", "number").values_list("number", "label")[:MOST_PLACES]
    labels = told_apart({("place", str(number)): label for number, label in named})
    return [(int(number), label) for (_, number), label in labels.items()]


class _Telling:
    """What a few editions changed, with all that tells it read at once."""

    def __init__(self, chronicle: Chronicle, calendar: Calendar, editions: list[Any]) -> None:
        self.chronicle, self.calendar, self.editions = chronicle, calendar, editions
        subjects = {edition.subject for edition in editions}
        readable = [edition for edition in editions if not edition.is_hidden]
        commitments = {each for edition in readable for each in (edition.commitment, edition.changed)}
        sheets = Sheet.objects.filter(commitment__in=commitments - {None})
        self.sheets: dict[str, Any] = dict(sheets.values_list("commitment", "document"))
        self.entries = self._entries(subjects)
        self.terms = self._terms(subjects)
        self.days = {page.subject: page for page in self._pages(subjects)}

    def _entries(self, subjects: Iterable[str]) -> dict[str, Entry]:
        numbers = [number_of(subject) for subject in subjects if facet_of(subject) == "entry"]
        found = Entry.objects.filter(chronicle=self.chronicle, number__in=numbers).defer("card")
        return {entry.subject: entry for entry in found}

    def _terms(self, subjects: Iterable[str]) -> dict[str, Any]:
        """The terms that were changed, and those that what was changed names."""
        named = {subject for subject in subjects if facet_of(subject) in TERM_FACETS}
        told = [document for document in self.sheets.values() if "citations" in document]
        named = named.union(*(named_in(document) for document in told))
        named = named.union(*(facts.named_by(document) for document in self.sheets.values()))
        found = holdings.counted(Term.objects.named(self.chronicle, named))
        return cards.by_subject(self.chronicle, found)

    def _pages(self, subjects: Iterable[str]) -> Iterable[Page]:
        dates = [subject.partition("/")[2] for subject in subjects if facet_of(subject) == "page"]
        return Page.objects.filter(chronicle=self.chronicle, date__in=dates)

    def told(self) -> list[Correction]:
        return [self._correction(edition) for edition in self.editions]

    def _correction(self, edition: Any) -> Correction:
        what, is_public = self._what(edition.subject)
        entry = self.entries.get(edition.subject)
        happened = self._happened(entry) if entry and not entry.taken_at else None
        if entry and entry.withdrawn_at == edition.at:
            return Correction(edition, what, happened, reason=entry.withdrawn_reason)
        if edition.is_hidden or not is_public:
            return Correction(edition, what, happened)
        after = self.sheets.get(edition.commitment) or {}
        before = self.sheets.get(edition.changed) or {}
        changes = self._changes(facet_of(edition.subject), before, after)
        return Correction(edition, what, happened, changes, after.get("note", ""))

    def _happened(self, entry: Entry) -> DayLink:
        return sections.day_link(self.chronicle, entry.happened_on, self.calendar)

    def _changes(self, facet: str, before: Any, after: Any) -> list[differences.Change]:
        if facet == "entry":
            return differences.changes(before, after, self.terms, self.chronicle.clock.zone)
        # What one term says of another tells no name under which nothing is public.
        known = {subject: term for subject, term in self.terms.items() if term.used}
        return differences.of_fields(before, after, known)

    def _what(self, subject: str) -> tuple[DayLink, bool]:
        """What a subject is called now, where it is, and whether readers can read it."""
        facet, slug = facet_of(subject), self.chronicle.slug
        if facet == "entry":
            entry = self.entries[subject]
            url = sections.address("entry", slug, entry.number)
            return DayLink(str(entry), url), not (entry.withdrawn_at or entry.taken_at)
        if facet == "page":
            page = self.days[subject]
            url = sections.address("page_changes", slug, page.number)
            return DayLink(f"The words of day {page.number}", url), page.taken_at is None
        if facet == "text":
            name = subject.partition("/")[2]
            url = sections.address("text", slug, name)
            return DayLink(f"The page “{name}”", url), name in self.chronicle.texts_printed.split()
        return self._term(subject) if facet in TERM_FACETS else self._whole()

    def _whole(self) -> tuple[DayLink, bool]:
        return DayLink(self.chronicle.title, sections.address("chronicle_changes", self.chronicle.slug)), True

    def _term(self, subject: str) -> tuple[DayLink, bool]:
        """A term under which nothing is public is not named."""
        term, facet = self.terms[subject], CALLED[facet_of(subject)]
        if term.taken_at or not term.used:
            return DayLink(f"A {facet}", term.get_absolute_url() if term.taken_at else ""), False
        return DayLink(f"The {facet} “{term.label}”", term.get_absolute_url()), True
