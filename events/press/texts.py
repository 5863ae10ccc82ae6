"""Texts: the pages of a chronicle beside its days, printed in the words that the desk has now."""

from typing import Any

from chronicle.models import Edition
from chronicle.models import Text as Printed
from chronicle.record import columns
from events.models import Text
from events.press import log
from events.press.classing import classify, compare_ahead, same
from events.press.framing import text_document
from events.press.log import Draft, NoteNeeded, TakenDown


def compare_words(text: Text) -> None:
    """Compare a published ``text`` with what readers have, before its story is locked."""
    for printed in Printed.objects.filter(chronicle__key=text.story.key, name=text.name).with_document():
        compare_ahead(printed.document, {"title": text.title, "text": text.text})


def print_text(text: Text, *, by: Any, note: str = "") -> Edition | None:
    """Print ``text`` as it is now. Returns None where readers see just that already.

    Raises NoteNeeded for a second edition without a note, and NoRecord.
    """
    held = log.held_open(text.story, by=by)
    document = text_document(text)
    rows = Printed.objects.filter(chronicle=held.chronicle.pk, name=text.name)
    printed: Any = rows.with_document().first() or Printed(chronicle=held.chronicle, name=text.name)
    before = printed.document if printed.pk else None
    if printed.taken_at:
        raise TakenDown("This text")
    if before is not None:
        if same(before, document):
            return None
        if not note.strip():
            raise NoteNeeded
        document["note"] = note.strip()
    for name, value in columns.of_text(document).items():
        setattr(printed, name, value)
    action = "first" if before is None else classify(before, document, facet="text")
    held.drafts.append(Draft(printed.subject, action, document, printed, before))
    return log.append(held)[-1]
