"""The press: the only writer of the record.

What is published on the desk is composed into plain documents and printed: an Edition appended to
the chronicle's chain, and the Entry, Page or Term that the site reads brought up to it. Each
function runs in the caller's transaction and takes the chronicle's lock itself; ``by`` is the person
whose pseudonym the edition carries.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from chronicle.models import Chronicle, Edition, Entry, Page
from chronicle.record import columns
from events.models import Citation, Day, Event, Source
from events.press import composing, log, placing, rendering, terms
from events.press.classing import classify
from events.press.composing import Document
from events.press.log import Printing

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


class NoteNeeded(Exception):
    """A second edition says in a note what changed; this one had none."""


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
def print_events(
    events: Sequence[Event], *, by: Any, note: str = "", public_from: datetime, citations_only: bool = False
) -> list[Edition]:
    """Print many events of one chronicle in a number of queries that does not grow with each.

    With ``citations_only`` an event that is not in the record is passed over, and one that is keeps
    the words it was printed in and its page. Returns the editions of entries; those of pages and terms
    come before.
    """
    if not events:
        return []
    chronicle = log.locked(events[0].day.chronicle)
    rows = list(for_printing(Event.objects.filter(pk__in=[event.pk for event in events])))
    saved = {entry.key: entry for entry in Entry.objects.filter(key__in=[row.key for row in rows])}
    if citations_only:
        rows = [row for row in rows if row.key in saved and saved[row.key].withdrawn_at is None]
    pages = {} if citations_only else _pages_for(chronicle, [row.day for row in rows], by=by)
    ids = terms.term_ids(chronicle, rows, by=by, words=not citations_only)
    retracted = terms.retractions(saved.values())
    drafts = []
    for row in rows:
        entry = saved.get(row.key)
        printed = entry.document if entry and entry.withdrawn_at is None else {}
        citations = composing.to_print(row.citations.all(), printed.get("citations", []), ids, retracted)
        words = printed if citations_only else composing.event_document(row, ids)
        document = {
            **words,
            "citations": citations,
            "standing": composing.standing(citations),
            "public_from": printed.get("public_from", composing.iso(public_from)),
        }
        if entry is None or entry.document != document:
            entry = entry or Entry(key=row.key)
            entry.page = pages.get(row.day_id) or entry.page
            drafts.append(_draft(chronicle, entry, document))
    return _print(chronicle, drafts, by=by, note=note)


def _draft(chronicle: Chronicle, entry: Entry, document: Document) -> tuple[Entry, Document | None]:
    """The entry as it is to be saved, and the document it had before."""
    before = entry.document
    entry.chronicle, entry.document = chronicle, document
    entry.withdrawn_at, entry.withdrawn_reason = None, ""
    columns.fill(entry, chronicle.clock)
    return entry, before


def _print(
    chronicle: Chronicle, drafts: list[tuple[Entry, Document | None]], *, by: Any, note: str
) -> list[Edition]:
    if any(before is not None for _, before in drafts) and not note.strip():
        raise NoteNeeded
    now = timezone.now()
    for entry, _ in drafts:
        entry.updated_at = now
    entries = [entry for entry, _ in drafts]
    placing.place(entries)
    Entry.objects.bulk_create([entry for entry in entries if entry.pk is None], batch_size=200)
    rendering.print_cards(entries)
    Entry.objects.bulk_update(entries, SAVED, batch_size=100)
    terms.index(entries)
    printings = [
        Printing(
            kind=Edition.Subject.ENTRY,
            subject=entry.pk,
            action=classify(before, entry.document) if before else Edition.Action.FIRST,
            document=entry.document,
            note=note.strip() if before else "",
        )
        for entry, before in drafts
    ]
    return log.append(chronicle, printings, by=by)


def print_citations(event: Event, *, by: Any, note: str) -> Edition | None:
    """Bring the citations of a published entry up to what is approved, leaving staged text staged."""
    editions = print_events([event], by=by, note=note, public_from=timezone.now(), citations_only=True)
    return editions[0] if editions else None


def printed_citations(event: Event) -> int:
    """How many supporting citations readers see under ``event``."""
    entry = Entry.objects.filter(key=event.key).values("document").first()
    citations = entry["document"].get("citations", []) if entry else []
    return sum(citation["stance"] == Citation.Stance.SUPPORTS for citation in citations)


def is_printed(event: Event) -> bool:
    """Whether ``event`` was ever printed, and so has editions that must keep their subject."""
    return Entry.objects.filter(key=event.key).exists()


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
        now = timezone.now()
        editions += print_events(together, by=by, note=note, public_from=now, citations_only=True)
    return editions


@transaction.atomic
def print_day(day: Day, *, by: Any, note: str = "") -> Edition | None:
    """Print the words of ``day`` on its page. Raises NoteNeeded for a second edition without a note."""
    chronicle = log.locked(day.chronicle)
    page = Page.objects.filter(key=day.key).first()
    document = composing.day_document(day, with_words=True)
    if page and page.document == document:
        return None
    before = page.document if page else None
    bare = before is not None and not any(
        before[name] for name in ("headline", "sentence", "summary", "occasion")
    )
    if before and not bare and not note.strip():
        raise NoteNeeded
    page = _fill_page(page or Page(key=day.key, chronicle=chronicle), day, document)
    page.save()
    printing = Printing(
        kind=Edition.Subject.PAGE,
        subject=page.pk,
        action=classify(before, document) if before else Edition.Action.FIRST,
        document=document,
        note=(note.strip() or "The day's own words were published.") if before else "",
    )
    return log.append(chronicle, [printing], by=by)[0]


def _pages_for(chronicle: Chronicle, days: Iterable[Day], *, by: Any) -> dict[int, Page]:
    """The page of each day; a day without one gets a bare one, its words being published on their own."""
    wanted = {day.key: day for day in days}
    pages = {page.key: page for page in Page.objects.filter(key__in=wanted)}
    missing = [day for key, day in wanted.items() if key not in pages]
    made = Page.objects.bulk_create(
        [
            _fill_page(
                Page(key=day.key, chronicle=chronicle), day, composing.day_document(day, with_words=False)
            )
            for day in missing
        ]
    )
    printings = [
        Printing(Edition.Subject.PAGE, page.pk, Edition.Action.FIRST, page.document, "") for page in made
    ]
    log.append(chronicle, printings, by=by)
    pages |= {page.key: page for page in made}
    return {day.pk: pages[key] for key, day in wanted.items()}


def _fill_page(page: Page, day: Day, document: Document) -> Page:
    page.date, page.document, page.updated_at = day.date, document, timezone.now()
    for column in ("number", "headline", "sentence", "summary", "occasion"):
        setattr(page, column, document[column])
    return page


def reprint(entries: Any, *, progress: Callable[[int], None] = lambda done: None) -> int:
    """Print the cards of ``entries`` again from their documents, as after a change of template."""
    return rendering.reprint(entries, progress=progress)
