"""What is taken back: an entry by its editors, a source by its outlet."""

from contextlib import suppress
from typing import Any

from chronicle.models import Edition, EntryTerm
from chronicle.models.term import named_in
from chronicle.record import cards, columns
from events.models import Citation, Event, Printed, Source
from events.press import composing, log, rendering, terms
from events.press.log import Draft, Held, TakenDown
from events.press.printing import draft_citations, entries_of, for_printing, public_entries


def print_withdrawal(event: Event, *, by: Any, reason: str) -> list[Edition]:
    """Take the words of ``event``, which is printed, off the site; a tombstone with ``reason`` stays."""
    held = log.held(event.story, by=by)
    entry = entries_of(held, [event])[event.pk] if held else None
    if held is None or entry is None:
        return []
    if entry.taken_at:
        raise TakenDown("This event")
    document = composing.withdrawn_document(entry.document, reason)
    for name, value in columns.of_entry(document, held.chronicle.clock).items():
        setattr(entry, name, value)
    held.terms |= cards.terms_of(held.chronicle, named_in(entry.document))
    draft = Draft(entry.subject, "withdrawal", document, entry, entry.document)
    entry.card = ""
    held.drafts.append(draft)
    return log.append(held)


def print_source(source: Source, *, by: Any, note: str) -> list[Edition]:
    """Print ``source`` as it is now, retracted or moved to another outlet, with the sources that relay it,
    and every entry that cites one of them or was printed citing one."""
    held = log.held(source.story, by=by)
    if held is None:
        return []
    sources = [source, *source.relaying()]
    terms.draft_again(held, source, note=note)
    for relaying in sources[1:]:
        with suppress(TakenDown):
            terms.draft_again(held, relaying, note=note)
    changed = [draft.subject for draft in held.drafts]
    resting = Event.objects.filter(pk__in=_resting_on(held, sources)).order_by("pk")
    events = list(for_printing(resting))
    editions = draft_citations(held, events, public_entries(held, events), note=note)
    for subject in changed:
        rendering.reprint(held.chronicle, under=subject)
    return editions


def _resting_on(held: Held, sources: list[Source]) -> set[int]:
    """The events (primary keys) that cite one of ``sources``, or are printed citing one."""
    printed = Printed.objects.filter(source__in=sources).values("number")
    links = EntryTerm.objects.filter(
        term__chronicle=held.chronicle, term__facet="source", term__number__in=printed
    )
    numbers = links.values("entry__number")
    shown = Printed.objects.filter(story=held.story, facet="entry", number__in=numbers)
    citing = Citation.objects.filter(source__in=sources).values_list("event_id", flat=True)
    return {*citing, *shown.values_list("entry_id", flat=True)}
