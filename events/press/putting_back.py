"""A printing of a medium taken back at once: what it changed is printed again as it stood before.

How it stood is not kept a second time: the record has the editions before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from chronicle.models import Edition, Entry, Sheet, Term
from chronicle.models.term import named_in, number_of
from chronicle.record import cards, rights
from events.models import Material
from events.press import log, rendering, terms
from events.press.classing import classify
from events.press.composing import subject_of
from events.press.log import Draft, Held
from events.press.printing import print_drafts
from media import renditions
from media.models import Rendition

FOLLOWED = "something that shows it was printed since"
WAS_DOWN = "it had been taken down before"
NO_COPIES = "the copies that readers had are not made of it any more"
NO_WORDS = "the words before it were taken down for good"


class CannotPutBack(Exception):
    """What was printed stays as it is. Its text says why, as half a sentence."""


@dataclass(frozen=True)
class Printing:
    """What one deed printed of a medium: its edition and those of entries, each with the document before."""

    medium: Edition
    entries: Sequence[Edition]
    former: dict[str, Any]
    """By subject."""


def printing_of(material: Material, *, since: datetime, note: str) -> Printing | None:
    """What was printed of ``material`` with ``note``, not before ``since``; None where nothing was.

    Raises CannotPutBack where that is not what readers have now, or cannot be as it was.
    """
    subject = subject_of(material)
    if subject is None:
        return None
    of_story = _with_former(Edition.objects.filter(chronicle__key=material.story.key))
    # The log cuts its times to what a header can say.
    begun = since.replace(microsecond=since.microsecond // 1000 * 1000)
    own = list(of_story.filter(subject=subject, at__gte=begun).order_by("seq"))
    mine = [edition for edition in own if (edition.document or {}).get("note") == note]
    if not mine:
        return None
    medium = mine[-1]
    together = of_story.filter(at=medium.at, by=medium.by, seq__gt=medium.seq, subject__startswith="entry/")
    entries = list(together.order_by("seq"))
    if medium != own[-1] or _is_followed(material, subject, medium, entries):
        raise CannotPutBack(FOLLOWED)
    return Printing(medium, entries, _former([medium, *entries]))


def _with_former(editions: Any) -> Any:
    """With ``former``, the commitment of the edition before of the same subject."""
    before = Edition.objects.filter(
        chronicle=OuterRef("chronicle"), subject=OuterRef("subject"), edition=OuterRef("edition") - 1
    )
    return editions.with_document().annotate(former=Subquery(before.values("commitment")[:1]))


def _is_followed(material: Material, subject: str, medium: Edition, entries: Sequence[Edition]) -> bool:
    """Whether an entry that shows the medium, or showed it until then, was printed after it."""
    public = Entry.objects.public().filter(chronicle=medium.chronicle_id)
    showing = public.filter(entry_terms__term__facet="asset", entry_terms__term__number=number_of(subject))
    subjects = {entry.subject for entry in showing} | {edition.subject for edition in entries}
    last = entries[-1].seq if entries else medium.seq
    later = Edition.objects.filter(chronicle=medium.chronicle_id, subject__in=subjects, seq__gt=last)
    return later.exists()


def _former(editions: Sequence[Any]) -> dict[str, Any]:
    sheets = Sheet.objects.in_bulk([edition.former for edition in editions if edition.former])
    if any(edition.former not in sheets for edition in editions):
        raise CannotPutBack(NO_WORDS)
    former = {edition.subject: sheets[edition.former].document for edition in editions}
    if former[editions[0].subject]["taken_down"]:
        raise CannotPutBack(WAS_DOWN)
    return former


def make_former_copies(material: Material, printing: Printing) -> None:
    """Have the copies be there that readers had before ``printing``, with the credit of then in them.

    It takes seconds: call it outside of a transaction. Raises what decoding raises, and CannotPutBack.
    """
    document = printing.former[printing.medium.subject]
    if not _lacking(material, document):
        return
    imprint = {name: document[name] for name in ("credit", "source_type")}
    renditions.make(material.printable, imprint=imprint | {"rights": rights.words_of(document["rights"])})
    _insist_on_copies(material, document)


def _insist_on_copies(material: Material, document: Any) -> None:
    if _lacking(material, document):
        raise CannotPutBack(NO_COPIES)


def _lacking(material: Material, document: Any) -> set[str]:
    """The copies that ``document`` tells of and no file of ``material`` has, by their hashes."""
    files = [material.asset, *material.asset.redactions.all()]
    there = Rendition.objects.filter(asset__in=files).values_list("sha256", flat=True)
    return {each["sha256"] for each in document["renditions"]} - set(there)


def put_back(material: Material, printing: Printing, *, by: Any, note: str) -> list[Edition]:
    """Print ``material``, and the entries that ``printing`` changed, as they stood before it.

    Returns the editions, that of the medium first. Raises CannotPutBack.
    """
    held = log.held_open(material.story, by=by)
    subject = printing.medium.subject
    _insist_on_copies(material, printing.former[subject])
    term = Term.objects.named(held.chronicle, [subject]).with_document().get()
    before, document = term.document, {**printing.former[subject], "note": note}
    term.chronicle = held.chronicle
    terms.fill(term, document)
    held.terms[subject] = term
    held.drafts.append(Draft(subject, classify(before, document, facet="asset"), document, term, before))
    editions = print_drafts(held, _entries(held, printing), note=note)
    rendering.reprint(held.chronicle, under=subject)
    return editions


def _entries(held: Held, printing: Printing) -> list[Draft]:
    numbers = [number_of(edition.subject) for edition in printing.entries]
    rows: list[Any] = list(
        Entry.objects.filter(chronicle=held.chronicle, number__in=numbers).with_document().order_by("number")
    )
    documents = {row.subject: dict(printing.former[row.subject]) for row in rows}
    named = set().union(*(named_in(row.document) | named_in(documents[row.subject]) for row in rows))
    held.terms |= cards.terms_of(held.chronicle, named - held.terms.keys())
    return [_draft(held, row, documents[row.subject]) for row in rows]


def _draft(held: Held, entry: Any, document: Any) -> Draft:
    entry.chronicle = held.chronicle
    action = classify(entry.document, document, facet="entry")
    return Draft(entry.subject, action, document, entry, entry.document)
