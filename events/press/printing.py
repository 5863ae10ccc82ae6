"""Entries: what is published on the desk, printed into the record.

Each function runs in the caller's transaction and takes the chronicle's lock itself; ``by`` is the
person whose pseudonym the edition carries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from chronicle.models import Chronicle, Edition, Entry
from chronicle.record import columns
from events.models import Citation, Event, Source
from events.press import composing, days, log, placing, rendering, terms
from events.press.classing import classify
from events.press.composing import Document
from events.press.log import NoteNeeded, Printing

SAVED = (
    *columns.COLUMNS,
    "page",
    "sk",
    "updated_at",
    "withdrawn_at",
    "withdrawn_reason",
    "document",
    "card",
)


@dataclass(frozen=True)
class Draft:
    """An entry as it is to be saved, and the document it had before; None for one that is new."""

    entry: Entry
    before: Document | None


def for_printing(events: Any) -> Any:
    """``events`` with all that a document is composed from, in a fixed number of queries."""
    names = ("names", "names__preferred_in")
    return events.select_related("kind", "day__chronicle").prefetch_related(
        "places",
        *(f"places__{name}" for name in names),
        "actors",
        *(f"actors__{name}" for name in names),
        Prefetch("citations", Citation.objects.order_by("pk").select_related("source__outlet")),
    )


@transaction.atomic
def print_event(event: Event, *, by: Any, note: str = "", public_from: datetime) -> Edition | None:
    """Print ``event`` as the desk has it. Returns None where readers see just that already.

    Raises NoteNeeded for a second edition without a note.
    """
    editions = print_events([event], by=by, note=note, public_from=public_from)
    return editions[0] if editions else None


@transaction.atomic
def print_events(events: Sequence[Event], *, by: Any, note: str = "", public_from: datetime) -> list[Edition]:
    """Print many events of one chronicle in a number of queries that does not grow with each.

    Returns the editions of entries; those of pages and terms come before.
    """
    if not events:
        return []
    chronicle = log.locked(events[0].day.chronicle)
    rows = _read_again(events)
    saved = _saved_entries(rows)
    pages = days.pages_for(chronicle, [row.day for row in rows], by=by)
    ids = terms.term_ids(chronicle, rows, by=by)
    retracted = terms.retractions(saved.values())
    drafts = []
    for row in rows:
        entry = saved.get(row.key) or Entry(key=row.key)
        printed = _public_document(entry)
        document = {
            **composing.event_document(row, ids),
            **composing.evidence(row.citations.all(), printed.get("citations", []), ids, retracted),
            "public_from": printed.get("public_from", composing.iso(public_from)),
        }
        if entry.document != document:
            entry.page = pages[row.day_id]
            drafts.append(_draft(chronicle, entry, document))
    return _print(chronicle, drafts, by=by, note=note)


@transaction.atomic
def print_citations_of(events: Sequence[Event], *, by: Any, note: str) -> list[Edition]:
    """Bring the citations of public entries of one chronicle up to what is approved.

    Each keeps the words it was printed in: staged text stays staged. What is not public is passed over.
    """
    chronicle = log.locked(events[0].day.chronicle)
    saved = {key: entry for key, entry in _saved_entries(events).items() if entry.withdrawn_at is None}
    rows = [row for row in _read_again(events) if row.key in saved]
    ids = terms.term_ids(chronicle, rows, by=by, words=False)
    retracted = terms.retractions(saved.values())
    drafts = []
    for row in rows:
        entry = saved[row.key]
        printed = entry.document
        evidence = composing.evidence(row.citations.all(), printed["citations"], ids, retracted)
        document = {**printed, **evidence}
        if document != printed:
            drafts.append(_draft(chronicle, entry, document))
    return _print(chronicle, drafts, by=by, note=note)


def _read_again(events: Sequence[Event]) -> list[Event]:
    return list(for_printing(Event.objects.filter(pk__in=[event.pk for event in events])))


def _saved_entries(events: Iterable[Event]) -> dict[Any, Entry]:
    return {entry.key: entry for entry in Entry.objects.filter(key__in=[event.key for event in events])}


def _public_document(entry: Entry) -> Document:
    """The document that readers see of ``entry``; empty for one that is new or withdrawn."""
    return entry.document if entry.pk and entry.withdrawn_at is None else {}


def _draft(chronicle: Chronicle, entry: Entry, document: Document) -> Draft:
    before = entry.document
    entry.chronicle, entry.document = chronicle, document
    entry.withdrawn_at, entry.withdrawn_reason = None, ""
    columns.fill(entry, chronicle.clock)
    return Draft(entry, before)


def _print(chronicle: Chronicle, drafts: Sequence[Draft], *, by: Any, note: str) -> list[Edition]:
    if any(draft.before is not None for draft in drafts) and not note.strip():
        raise NoteNeeded
    entries = [draft.entry for draft in drafts]
    _save(entries)
    printings = [_printing(draft, note.strip()) for draft in drafts]
    return log.append(chronicle, printings, by=by)


def _save(entries: Sequence[Entry]) -> None:
    now = timezone.now()
    for entry in entries:
        entry.updated_at = now
    placing.place(entries)
    Entry.objects.bulk_create([entry for entry in entries if entry.pk is None], batch_size=200)
    rendering.print_cards(entries)
    Entry.objects.bulk_update(entries, SAVED, batch_size=100)
    terms.index(entries)


def _printing(draft: Draft, note: str) -> Printing:
    entry, before = draft.entry, draft.before
    if before is None:
        return Printing(Edition.Subject.ENTRY, entry.pk, Edition.Action.FIRST, entry.document, "")
    action = classify(before, entry.document)
    return Printing(Edition.Subject.ENTRY, entry.pk, action, entry.document, note)


def print_citations(event: Event, *, by: Any, note: str) -> Edition | None:
    """Bring the citations of a published entry up to what is approved, leaving staged text staged."""
    editions = print_citations_of([event], by=by, note=note)
    return editions[0] if editions else None


def printed_citations(event: Event) -> int:
    """How many supporting citations readers see under ``event``."""
    entry = Entry.objects.filter(key=event.key).values("document").first()
    citations = entry["document"].get("citations", []) if entry else []
    return sum(citation["stance"] == Citation.Stance.SUPPORTS for citation in citations)


@transaction.atomic
def print_withdrawal(event: Event, *, by: Any, reason: str) -> Edition:
    """Take the words of ``event`` off the site and leave a tombstone with ``reason``."""
    chronicle = log.locked(event.day.chronicle)
    entry = Entry.objects.get(key=event.key)
    entry.withdrawn_at, entry.withdrawn_reason = timezone.now(), reason
    entry.updated_at = entry.withdrawn_at
    entry.document = {"withdrawn": reason, "reported_on": entry.reported_on.isoformat()}
    entry.card = entry.headline = ""
    entry.save()
    entry.entry_terms.all().delete()
    printing = Printing(Edition.Subject.ENTRY, entry.pk, Edition.Action.WITHDRAWAL, entry.document, reason)
    return log.append(chronicle, [printing], by=by)[0]


@transaction.atomic
def print_source(source: Source, *, by: Any, note: str) -> list[Edition]:
    """Print ``source`` as it is now, retracted or moved to another outlet, on its term and on every entry
    that cites it or was printed citing it."""
    printed = Entry.objects.filter(entry_terms__in=terms.links_of(source)).values("key")
    events = Event.objects.filter(
        Q(pk__in=source.citations.values("event")) | Q(key__in=printed)
    ).select_related("day__chronicle")
    list(events.select_for_update(of=("self",), no_key=True).order_by("pk"))
    editions = terms.reprint_term(source, by=by, note=note)
    by_chronicle: dict[int, list[Event]] = {}
    for event in events.order_by("day__chronicle", "pk"):
        by_chronicle.setdefault(event.day.chronicle_id, []).append(event)
    for together in by_chronicle.values():
        editions += print_citations_of(together, by=by, note=note)
    return editions
