"""Media that are in the record: printed again, taken from the entries that show them, their files mended."""

from datetime import date
from typing import Any

from chronicle.models import Edition, Entry, Term
from chronicle.models.term import named_in, number_of
from chronicle.record import cards
from events.models import Material, Story
from events.press import log, rendering, showing, terms
from events.press.classing import classify
from events.press.composing import subject_of
from events.press.log import Draft, Held
from events.press.printing import print_drafts


def print_material(material: Material, *, by: Any, note: str) -> list[Edition]:
    """Print ``material`` again where it is in the record and has changed, and the cards that show it.

    One that was taken down is taken from every entry that shows it, with an edition of each. Returns all
    editions, that of the medium first. Raises NoteNeeded.
    """
    held = log.held(material.story, by=by)
    if held is None or not terms.draft_again(held, material, note=note):
        return []
    subject = held.drafts[-1].subject
    if material.taken_down_at:
        return print_drafts(held, _without(held, subject), note=note)
    editions = log.append(held)
    rendering.reprint(held.chronicle, under=subject)
    return editions


def licence_told(material: Material) -> date | None:
    """The last day on which ``material`` may be shown, as readers are told it; None where none is told."""
    if subject_of(material) is None:
        return None
    terms_of_story = Term.objects.filter(chronicle__key=material.story.key, facet="asset")
    term = terms_of_story.with_document().get(number=material.printed.number)
    ends = term.document.get("licence_ends", "")
    return date.fromisoformat(ends) if ends else None


def copies_told(story: Story, subject: str) -> set[str]:
    """The files, by their hashes, that the editions of a medium tell readers of, as far as they are kept."""
    editions = Edition.objects.filter(chronicle__key=story.key, subject=subject).with_document()
    documents = (edition.document or {} for edition in editions)
    return {each["sha256"] for document in documents for each in document.get("renditions", ())}


def mend_files(story: Story, subjects: set[str]) -> list[str]:
    """Have readers get the files of the media with ``subjects`` that they are told of, and no others.

    A server that was killed, or a folder that was restored, may have left it otherwise. Returns those of
    which it was otherwise; called again once this is committed, those that could not be mended.
    """
    held = log.held(story, by=None)
    if held is None:
        return []
    found = showing.out_of_line(held, subjects)
    if found:
        showing.mend(held, set(found))
    return found


def _without(held: Held, subject: str) -> list[Draft]:
    """Each public entry that shows the medium, without it; what is staged on the desk stays there."""
    entries = Entry.objects.public().filter(chronicle=held.chronicle)
    showing_it = entries.filter(
        entry_terms__term__facet="asset", entry_terms__term__number=number_of(subject)
    )
    rows: list[Any] = list(showing_it.with_document().order_by("number"))
    named = set().union(*(named_in(row.document) for row in rows))
    held.terms |= cards.terms_of(held.chronicle, named - held.terms.keys())
    return [_draft(held, row, subject) for row in rows]


def _draft(held: Held, entry: Any, subject: str) -> Draft:
    entry.chronicle = held.chronicle
    before = entry.document
    document = {name: value for name, value in before.items() if name != "media"}
    if left := [member for member in before["media"] if member["subject"] != subject]:
        document["media"] = left
    return Draft(entry.subject, classify(before, document, facet="entry"), document, entry, before)
