"""Terms: rows of the desk printed for the first time, and printed again where readers see them change."""

from collections.abc import Iterable
from typing import Any

from chronicle.models import Edition, Term
from chronicle.models.term import number_of
from chronicle.record import cards, columns
from events.models import Material, Place, Printed, Source
from events.press import indexing, log, rendering, showing
from events.press.classing import classify, same
from events.press.composing import FACETS, Key, Row, key_of, subject_of
from events.press.describing import term_document
from events.press.figures import until_approved
from events.press.log import Draft, Held, NoteNeeded, TakenDown

MODELS: dict[str, Any] = {facet: model for model, facet in FACETS.items()}
READ_WITH = {"asset": ("asset", "shown", "place__printed", "source__printed", "source__outlet__printed")}
"""What is read with the rows of a facet, besides under which number they are printed."""
NAMED = {"place": ("names",), "actor": ("names",)}
"""What is read of all of them in one query more."""


def load(keys: Iterable[Key]) -> list[Row]:
    """The rows of the desk with ``keys``, a query a facet."""
    wanted: dict[str, list[int]] = {}
    for facet, pk in keys:
        wanted.setdefault(facet, []).append(pk)
    found = (
        MODELS[facet]
        .objects.select_related("printed", *READ_WITH.get(facet, ()))
        .prefetch_related(*NAMED.get(facet, ()))
        .filter(pk__in=pks)
        for facet, pks in wanted.items()
    )
    return [row for rows in found for row in rows]


def print_first(held: Held, rows: Iterable[Row], subjects: dict[Key, str]) -> None:
    """Draft each of ``rows`` that is not printed yet, after what it names itself; fills ``subjects``."""
    for row in sorted(rows, key=lambda row: (list(FACETS.values()).index(key_of(row)[0]), row.pk)):
        _print_first(held, row, subjects)


def _print_first(held: Held, row: Row, subjects: dict[Key, str]) -> None:
    # No row can name itself in a circle: the desk refuses that.
    key = key_of(row)
    known = subjects.get(key) or held.first.get(key) or subject_of(row)
    if known:
        subjects[key] = known
        return
    for other in names_itself(row):
        _print_first(held, other, subjects)
    if isinstance(row, Material):
        showing.make_ready(row)
    facet, number = key[0], held.next_number(key[0])
    subject = subjects[key] = held.first[key] = f"{facet}/{number}"
    term = Term(chronicle=held.chronicle, facet=facet, number=number)
    fill(term, term_document(row, held.story, subjects))
    term.lineage = lineage(held, term.document)
    held.drafts.append(Draft(subject, "first", term.document, term))
    held.links.append(Printed(story=held.story, facet=facet, number=number, **{facet: row}))
    held.terms[subject] = term


def names_itself(row: Row) -> list[Row]:
    """The rows of the desk that the document of ``row`` names."""
    if isinstance(row, Source):
        return [row.outlet, row.origin, *([row.relays] if row.relays else [])]
    if isinstance(row, Place) and row.within:
        return [row.within]
    if isinstance(row, Material):
        return [named for named in (row.place, row.source) if named]
    return []


def fill(term: Term, document: Any) -> None:
    term.document = document
    for name, value in columns.of_term(term.facet, document, term.chronicle).items():
        setattr(term, name, value)


def lineage(held: Held, document: Any) -> list[int]:
    """The numbers of the places that the place of ``document`` lies in, the nearest first."""
    within = document.get("within")
    if not within:
        return []
    if within not in held.terms:
        held.terms |= cards.terms_of(held.chronicle, [within])
    above = held.terms[within]
    return [] if above.taken_at else [number_of(within), *above.lineage]


def reprint_term(row: Row, *, by: Any, note: str) -> list[Edition]:
    """Print ``row`` again where it is in the record and has changed, and the cards that show it."""
    held = log.held(row.story, by=by)
    if held is None or not draft_again(held, row, note=note):
        return []
    subject, term = held.drafts[-1].subject, held.drafts[-1].row
    editions = log.append(held)
    if term.lineage != (now := lineage(held, term.document)):
        indexing.move_place(held.chronicle, term, now)
    rendering.reprint(held.chronicle, under=subject)
    return editions


def _document_now(held: Held, row: Row, subject: str, before: Any) -> Any:
    """What readers are to see of ``row``: of a medium never what nobody approved."""
    if isinstance(row, Material):
        if row.state != Material.State.APPROVED:
            return until_approved(before, row)
        showing.make_ready(row)
    subjects = {key_of(row): subject}
    for other in names_itself(row):
        _print_first(held, other, subjects)
    return term_document(row, held.story, subjects)


def draft_again(held: Held, row: Row, *, note: str) -> bool:
    """Draft ``row`` as it is now; says whether it is in the record and readers see anything else of it.

    Raises NoteNeeded and TakenDown.
    """
    subject = subject_of(row)
    if subject is None:
        return False
    term = Term.objects.named(held.chronicle, [subject]).with_document().get()
    if term.taken_at:
        raise TakenDown
    before, document = term.document, _document_now(held, row, subject, term.document)
    if same(before, document):
        return False
    if not note.strip():
        raise NoteNeeded
    document["note"] = note.strip()
    term.chronicle = held.chronicle
    fill(term, document)
    held.terms[subject] = term
    action = classify(before, document, facet=term.facet)
    held.drafts.append(Draft(subject, action, document, term, before))
    return True
