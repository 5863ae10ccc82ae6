"""What a change of sources or an outlet would touch of what is printed. Nothing is written here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from chronicle.models import Entry, EntryTerm
from events.models import Citation, Event, Outlet, Printed, Source, Story
from events.press import composing
from events.press.composing import Document, Under, key_of, standing, subject_of
from events.press.printing import entry_of, read_citations

LONG = ("quote", "translation", "event__text")
"""What is not read of citations and their events."""


def resting_on(row: Source | Outlet, sources: Collection[int]) -> Any:
    """The events that cite ``row`` or one of ``sources`` (primary keys), or are printed citing ``row``."""
    cited = Q(source__in=sources)
    if isinstance(row, Outlet):
        cited |= Q(source__outlet=row) | Q(source__origin=row)
    citing = Citation.objects.filter(cited).exclude(state=Citation.State.REJECTED)
    facet, _ = key_of(row)
    numbers = Printed.objects.filter(**{facet: row}).values("number")
    shown = EntryTerm.objects.filter(
        term__chronicle__key=row.story.key, term__facet=facet, term__number__in=numbers
    )
    entries = Printed.objects.filter(
        story=row.story_id, facet="entry", number__in=shown.values("entry__number")
    )
    return Event.objects.filter(Q(pk__in=citing.values("event")) | Q(pk__in=entries.values("entry")))


def standings(story: Story, events: Any, origins: Mapping[int, Outlet]) -> dict[int, tuple[str, str]]:
    """What is approved for ``events`` amounts to now, and once sources (primary keys) have other ``origins``.

    ``events`` is a queryset; of each that is cited for (by primary key) the codes of both standings.
    """
    found: dict[int, tuple[list[Document], list[Document]]] = {}
    rows = Citation.objects.filter(event__in=events).exclude(state=Citation.State.REJECTED)
    read_with = ("event__day__story", "event__printed", "source__origin__printed")
    citations = list(rows.select_related(*read_with).defer(*LONG))
    printed = _printed(story, citations)
    for citation in citations:
        now, then = found.setdefault(citation.event_id, ([], []))
        was = printed.get(citation.event_id, {}).get(str(citation.key))
        if _under(citation.event).cover(citation):
            now.append(_counted(citation, citation.source.origin))
            then.append(_counted(citation, origins.get(citation.source_id, citation.source.origin)))
        elif was and (citation.keeps_approved or citation.state == Citation.State.APPROVED):
            # Readers keep the words that were approved, and what they rested on.
            now.append(was)
            then.append(was)
    return {pk: (standing(now), standing(then)) for pk, (now, then) in found.items()}


def support_with(citation: Citation) -> tuple[int, int]:
    """How many supporting citations readers see under its event, which is published, and would see with
    ``citation`` as it is given: the same evidence once."""
    entry = entry_of(citation.event)
    read_citations([citation.event])
    return _support(citation, entry.document if entry else None)


def supports_with(citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Likewise for each of ``citations`` by itself, all read together. Their events, and under which number
    these are printed, must be read with them."""
    events = list({citation.event_id: citation.event for citation in citations}.values())
    read_citations(events)
    of_story: dict[Any, list[Event]] = defaultdict(list)
    for event in events:
        of_story[event.story.key].append(event)
    documents: dict[tuple[Any, int | None], Document | None] = {}
    for key, some in of_story.items():
        numbers = [event.printed.number for event in some if hasattr(event, "printed")]
        entries = Entry.objects.filter(chronicle__key=key, number__in=numbers).with_document()
        documents |= {(key, entry.number): entry.document for entry in entries}
    return [
        _support(citation, documents.get((citation.event.story.key, _number_of(citation.event))))
        for citation in citations
    ]


def _number_of(event: Event) -> int | None:
    return event.printed.number if hasattr(event, "printed") else None


def _support(citation: Citation, document: Document | None) -> tuple[int, int]:
    event, printed = citation.event, (document or {}).get("citations", [])
    cited = [citation if each.pk == citation.pk else each for each in event.citations.all()]
    rows = [row for each in cited for row in (each.source, each.source.outlet, each.source.origin)]
    subjects = {key_of(row): subject_of(row) or f"desk/{row.pk}" for row in rows}
    shelf = composing.shelf(printed, subjects, defaultdict(str))
    then = composing.evidence(cited, shelf, Under.printed(event))["citations"]
    return composing.supporting(printed), composing.supporting(then)


def _under(event: Event) -> Under:
    """The words that its citations count for: those that readers see, else those that it has."""
    is_public = event.state == Event.State.PUBLISHED
    return Under.printed(event) if is_public else Under.staged(event)


def _counted(citation: Citation, origin: Outlet) -> Document:
    """What ``citation`` makes of a standing, as the report of ``origin``."""
    return {
        "stance": citation.stance,
        "retracted": citation.source.retracted_for,
        "origin": subject_of(origin) or f"desk/{origin.pk}",
    }


def _is_as_approved(citation: Citation) -> bool:
    """Whether it was approved with what readers see of its event."""
    approved = citation.state == Citation.State.APPROVED
    return bool(approved and citation.event_hmac == citation.event.published_hmac)


def _printed(story: Story, citations: Iterable[Citation]) -> dict[int, dict[str, Document]]:
    """What readers have of each event with one of ``citations`` that is not as approved, by its key."""
    numbers = {
        citation.event.printed.number: citation.event_id
        for citation in citations
        if hasattr(citation.event, "printed") and not _is_as_approved(citation)
    }
    if not numbers:
        return {}
    entries = Entry.objects.public().filter(chronicle__key=story.key, number__in=numbers).with_document()
    return {
        numbers[entry.number]: {each["key"]: each for each in entry.document["citations"]}
        for entry in entries
    }
