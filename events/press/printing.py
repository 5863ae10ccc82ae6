"""Entries: what is published on the desk, printed into the record.

Each function runs in the caller's transaction, which holds the lock of the story; ``by`` is the person
whose pseudonym the editions carry, None where no person did it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, Value, prefetch_related_objects

from chronicle.fields import WORDLESS
from chronicle.models import Edition, Entry
from chronicle.models.term import is_gone, is_taken, named_in
from chronicle.record import cards, columns
from events.models import Citation, Day, Event, Kind, Material, Outlet, Printed, Use
from events.press import composing, days, log, terms
from events.press.classing import classify, compare_ahead, same
from events.press.composing import Document, Key, Row, key_of, subject_of
from events.press.log import Draft, Held, NoteNeeded, TakenDown

LINKS = ("source__printed", "source__outlet__printed", "source__origin__printed", "source__relays")

SHOWN = Q(material__taken_down_at=None) & (
    Q(material__state=Material.State.APPROVED)
    | Q(material__state=Material.State.PENDING, material__printed__isnull=False)
)
"""The uses that are printed: of what is approved, and of what was, as it stands in the record."""


def for_printing(events: Any) -> Any:
    """Many ``events`` with their citations and all else that is one row for each, in a few queries.

    What many of them share is read once: their kinds and days, and the outlets of their sources.
    """
    outlets = Outlet.objects.select_related("printed")
    citations = Citation.objects.order_by("pk").select_related("source__printed", "source__relays")
    return events.select_related("printed").prefetch_related(
        Prefetch("kind", Kind.objects.select_related("printed")),
        Prefetch("day", Day.objects.select_related("story", "printed")),
        Prefetch("citations", citations),
        *(Prefetch(f"citations__source__{name}", outlets) for name in ("outlet", "origin")),
    )


def read_citations(events: Sequence[Event]) -> None:
    """Read, in one query, the citations of ``events`` that are held already."""
    # In no order, or PostgreSQL may read all sources to have one; ``composing`` puts them in theirs.
    citations = Citation.objects.order_by().select_related(*LINKS)
    prefetch_related_objects(events, Prefetch("citations", citations))


@dataclass
class Named:
    """What events name: their places and actors, and under which subject each row of the desk is printed.

    ``shown`` are the media of each in their order, with the captions that these have there.
    """

    linked: dict[int, list[Key]]
    subjects: dict[Key, str]
    shown: dict[int, list[tuple[Key, str]]]


def compare_text(event: Event) -> None:
    """Compare the text of a published ``event`` with what readers have, before its story is locked."""
    printed = Printed.objects.filter(entry=event)
    entries = Entry.objects.filter(
        chronicle__key__in=printed.values("story__key"), number__in=printed.values("number")
    )
    for entry in entries.with_document():
        compare_ahead(entry.document, {"text": event.text})


def entry_of(event: Event) -> Entry | None:
    """What readers see of ``event``, with its document; None where it was never printed."""
    if not hasattr(event, "printed"):
        return None
    entries = Entry.objects.filter(chronicle__key=event.story.key, number=event.printed.number)
    return entries.with_document().first()


def print_event(event: Event, *, by: Any, note: str = "") -> Edition | None:
    """Print ``event``, whose citations are read. Returns None where readers see just that already.

    Raises NoteNeeded for a second edition without a note.
    """
    editions = print_events([event], by=by, note=note)
    return editions[-1] if editions else None


def print_events(events: Sequence[Event], *, by: Any, note: str = "") -> list[Edition]:
    """Print many events of one story in a number of queries that does not grow with each.

    ``events`` are read by ``for_printing``. Returns all editions, those of the entries last. Raises
    NoteNeeded and NoRecord, and TakenDown for what is never printed again.
    """
    if not events:
        return []
    story = events[0].story
    held = log.held_open(story, by=by)
    if unprinted := {event.day_id: event.day for event in events if not hasattr(event.day, "printed")}:
        days.print_first(held, unprinted.values())
    named = _named_by(held, events)
    entries = entries_of(held, events)
    _know_terms(held, named.subjects, entries.values())
    drafts = [_draft(held, event, entries.get(event.pk), named) for event in events]
    return print_drafts(held, drafts, note=note)


def _named_by(held: Held, events: Sequence[Event]) -> Named:
    """What ``events`` name; what of it is not printed yet is drafted."""
    linked: dict[int, list[Key]] = {event.pk: [] for event in events}
    shown: dict[int, list[tuple[Key, str]]] = {event.pk: [] for event in events}
    subjects: dict[Key, str] = {}
    unprinted: list[Key] = []
    for facet, event, row, number, _, _, caption in sorted(_links(linked), key=_in_order):
        key = (facet, row)
        if facet == "asset":
            shown[event].append((key, caption))
        else:
            linked[event].append(key)
        if number is None:
            unprinted.append(key)
        else:
            subjects[key] = f"{facet}/{number}"
    loaded = terms.load(unprinted) if unprinted else []
    rows = [*loaded, *(event.kind for event in events)]
    cited = [row for event in events for row in composing.cited_by(event, composing.Under.staged(event))]
    return Named(linked, _subjects(held, [*rows, *cited], subjects), shown)


def _links(events: Iterable[int]) -> Any:
    """Facet, event, row and number of each place, actor and medium of ``events``, in one query.

    Of a medium with its position, that of its use, and its caption there.
    """
    places = Event.places.through.objects.filter(event__in=events)
    actors = Event.actors.through.objects.filter(event__in=events)
    uses = Use.objects.filter(SHOWN, event__in=events).order_by()
    nothing = (Value(0), Value(0), Value(""))
    return places.values_list(
        Value("place"), "event_id", "place_id", "place__printed__number", *nothing
    ).union(
        actors.values_list(Value("actor"), "event_id", "actor_id", "actor__printed__number", *nothing),
        uses.values_list(
            Value("asset"),
            "event_id",
            "material_id",
            "material__printed__number",
            "position",
            "pk",
            "caption",
        ),
        all=True,
    )


def _in_order(link: tuple[Any, ...]) -> tuple[int, int]:
    return link[4], link[5]


def _subjects(held: Held, rows: Iterable[Row], known: Mapping[Key, str]) -> dict[Key, str]:
    """Under which subject each of ``rows`` is printed; what is not printed yet is drafted."""
    by_key = {key_of(row): row for row in rows}
    found = {key: subject_of(row) for key, row in by_key.items()}
    subjects = {**known, **held.first, **{key: subject for key, subject in found.items() if subject}}
    if unprinted := [row for key, row in by_key.items() if key not in subjects]:
        terms.print_first(held, unprinted, subjects)
    return subjects


def print_citations(event: Event, *, by: Any, note: str) -> tuple[int, int]:
    """Bring the citations of a public entry up to what is approved; staged text stays staged.

    Returns how many supporting citations readers saw under it before, and see now.
    """
    held = log.held(event.story, by=by)
    if held is None:
        return 0, 0
    read_citations([event])
    entries = public_entries(held, [event])
    before = _supporting(entries)
    draft_citations(held, [event], entries, note=note)
    return before, _supporting(entries)


def _supporting(entries: Mapping[int, Any]) -> int:
    return sum(composing.supporting(entry.document["citations"]) for entry in entries.values())


def draft_citations(
    held: Held, events: Sequence[Event], entries: Mapping[int, Any], *, note: str
) -> list[Edition]:
    """Print the citations of ``events`` as they are approved now, on those of them that have ``entries``."""
    # What only others cite is not public, and stays out of the record.
    public = [event for event in events if event.pk in entries]
    cited = [row for event in public for row in composing.cited_by(event, composing.Under.printed(event))]
    subjects = _subjects(held, cited, {})
    _know_terms(held, subjects, entries.values())
    drafts = [_with_citations(held, event, entries[event.pk], subjects) for event in public]
    return print_drafts(held, drafts, note=note)


def entries_of(held: Held, events: Iterable[Event]) -> dict[int, Any]:
    """The entry of each of ``events`` (by primary key) that has one, with its document."""
    numbers = {event.printed.number: event.pk for event in events if hasattr(event, "printed")}
    if not numbers:
        return {}
    entries = Entry.objects.filter(chronicle=held.chronicle, number__in=numbers).with_document()
    found = {}
    for entry in entries:
        entry.chronicle = held.chronicle
        found[numbers[entry.number]] = entry
    return found


def public_entries(held: Held, events: Iterable[Event]) -> dict[int, Any]:
    """Those of ``entries_of`` that are neither withdrawn nor taken down."""
    return {pk: entry for pk, entry in entries_of(held, events).items() if not is_gone(entry.document)}


def _know_terms(held: Held, subjects: Mapping[Key, str], entries: Iterable[Any]) -> None:
    """Read every term that is, or will be, named by what is printed now."""
    before = (named_in(entry.document) for entry in entries)
    wanted = set(subjects.values()).union(*before)
    held.terms |= cards.terms_of(held.chronicle, wanted - held.terms.keys())


def _draft(held: Held, event: Event, entry: Any, named: Named) -> Draft | None:
    before = entry.document if entry else None
    if before and is_taken(before):
        raise TakenDown("This event")
    printed = before.get("citations", []) if before else []
    document = {
        **composing.event_document(event, named.subjects, named.linked[event.pk], named.shown[event.pk]),
        **composing.evidence(
            event.citations.all(),
            composing.shelf(printed, named.subjects, _retracted(held)),
            composing.Under.staged(event),
        ),
    }
    if before is None:
        draft = _first_draft(held, event, document)
    elif same(before, document):
        return None
    else:
        draft = Draft(entry.subject, classify(before, document, facet="entry"), document, entry, before)
    for name, value in columns.of_entry(document, held.chronicle.clock).items():
        setattr(draft.row, name, value)
    return draft


def _first_draft(held: Held, event: Event, document: Document) -> Draft:
    number = held.next_number("entry")
    entry = Entry(chronicle=held.chronicle, number=number)
    held.links.append(Printed(story=held.story, facet="entry", number=number, entry=event))
    return Draft(entry.subject, "first", document, entry)


def _with_citations(held: Held, event: Event, entry: Any, subjects: Mapping[Key, str]) -> Draft | None:
    before = entry.document
    citations = event.citations.all()
    shelf = composing.shelf(before["citations"], subjects, _retracted(held))
    cited = composing.evidence(citations, shelf, composing.Under.printed(event))
    document = {**before, **cited}
    if same(before, document):
        return None
    entry.standing = document["standing"]
    stays = named_in(before) == named_in(document)
    action = classify(before, document, facet="entry")
    return Draft(entry.subject, action, document, entry, before, stays=stays)


def _retracted(held: Held) -> dict[str, str]:
    """Why each source among the terms was retracted, as citations say it; empty where it was not."""
    sources = {subject: term for subject, term in held.terms.items() if term.facet == "source"}
    return {
        subject: WORDLESS if term.taken_at and term.retracted else term.document.get("retracted", "")
        for subject, term in sources.items()
    }


def print_drafts(held: Held, drafts: Sequence[Draft | None], *, note: str) -> list[Edition]:
    """Give the drafts of entries notes and cards, and append all that ``held`` has. Raises NoteNeeded."""
    entries = [draft for draft in drafts if draft]
    if any(not draft.is_first for draft in entries) and not note.strip():
        raise NoteNeeded
    for draft in entries:
        draft.document["note"] = "" if draft.is_first else note.strip()
        draft.row.document = draft.document
        draft.row.card = cards.print_card(draft.document, held.terms, url=draft.row.get_absolute_url())
    held.drafts += entries
    return log.append(held)
