"""An event as readers would see it, composed as it is printed, under numbers that nobody is given.

Nothing is written, no number is taken. What it names is composed from the rows of the desk as they are now.
Of media only those that readers have already are shown: their copies are made where they are printed.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from chronicle.models import Chronicle, Entry, Term
from chronicle.record import cards, columns
from events.models import Citation, Event, Use
from events.models.evidence import once
from events.press import composing, terms
from events.press.composing import Key, Row, key_of
from events.press.describing import term_document
from events.press.framing import chronicle_document

STANDING = (Citation.State.APPROVED, Citation.State.PENDING)
"""The citations that are shown: those that readers may come to see without anything being mended."""


@dataclass(frozen=True)
class Preview:
    """An entry that is not saved, with its document, and the terms that this names."""

    entry: Entry
    terms: dict[str, Term]
    waiting: int
    """How many of its citations nobody approved yet."""
    unseen: int
    """How many of its media readers do not have."""


def preview(event: Event) -> Preview:
    """``event`` as it is saved now, with every citation of it that may come to be printed."""
    chronicle, cited = _chronicle(event), _cited(event)
    named: list[Any] = [*event.places.prefetch_related("names"), *event.actors.prefetch_related("names")]
    numbered = _numbered([event.kind, *named, *_sources(cited)])
    subjects = {key_of(row): subject for subject, row in numbered.items()}
    found = {subject: _term(chronicle, subject, row, subjects) for subject, row in numbered.items()}
    shown, unseen = _shown(event)
    pictures = _printed(event, shown)
    media = {("asset", at): subject for at, subject in enumerate(pictures)}
    captions = [(key, shown[subject]) for key, subject in media.items()]
    document = {
        **composing.event_document(event, subjects | media, [key_of(row) for row in named], captions),
        **_evidence(cited, subjects),
    }
    entry = Entry(chronicle=chronicle, number=1, **columns.of_entry(document, chronicle.clock))
    entry.document = document
    waiting = sum(one.state == Citation.State.PENDING for one in cited)
    return Preview(entry, found | pictures, waiting, unseen)


def _sources(cited: Iterable[Citation]) -> list[Row]:
    return [row for one in cited for row in (one.source.outlet, one.source.origin, one.source)]


def _chronicle(event: Event) -> Chronicle:
    story = event.day.story
    chronicle = Chronicle(key=story.key)
    for name, value in columns.of_chronicle(chronicle_document(story, f"preview/{story.key}")).items():
        setattr(chronicle, name, value)
    return chronicle


def _cited(event: Event) -> list[Citation]:
    rows = event.citations.filter(state__in=STANDING).order_by("pk")
    found = rows.select_related(
        "source__outlet", "source__origin", "source__relays__outlet", "source__relays__origin"
    )
    return once(list(found), lambda citation: citation.said)


def _numbered(rows: Iterable[Row]) -> dict[str, Row]:
    """``rows`` and what they name themselves by provisional subjects, each once."""
    found: dict[Key, Row] = {}
    waiting = list(rows)
    while waiting:
        row = waiting.pop(0)
        if found.setdefault(key_of(row), row) is row:
            waiting += terms.names_itself(row)
    numbers: Counter[str] = Counter()
    subjects = {}
    for (facet, _), row in found.items():
        numbers[facet] += 1
        subjects[f"{facet}/{numbers[facet]}"] = row
    return subjects


def _term(chronicle: Chronicle, subject: str, row: Row, subjects: dict[Key, str]) -> Term:
    facet, _, number = subject.partition("/")
    term = Term(chronicle=chronicle, facet=facet, number=int(number))
    terms.fill(term, term_document(row, row.story, subjects))
    return term


def _evidence(cited: Collection[Citation], subjects: dict[Key, str]) -> dict[str, Any]:
    documents = [composing.citation_document(citation, subjects) for citation in cited]
    return {"citations": documents, "standing": composing.standing(documents)}


def _shown(event: Event) -> tuple[dict[str, str], int]:
    """The captions of its media that are printed, by their subjects, and how many are not."""
    uses = Use.objects.filter(event=event).select_related("material__printed").order_by("position", "pk")
    printed = {str(use.material.printed): use.caption for use in uses if hasattr(use.material, "printed")}
    return printed, len(uses) - len(printed)


def _printed(event: Event, subjects: Collection[str]) -> dict[str, Term]:
    """The terms of ``subjects`` in the record, in this order."""
    chronicle = Chronicle.objects.filter(key=event.day.story.key).first()
    found = cards.terms_of(chronicle, subjects) if chronicle and subjects else {}
    return {subject: found[subject] for subject in subjects if subject in found}
