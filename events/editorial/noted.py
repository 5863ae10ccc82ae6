"""Where else the note of a decision stands, so that it cannot go by itself: in the row, or with readers."""

from collections.abc import Callable
from typing import Any

from chronicle.models import Edition
from events.editorial.refused import Refused
from events.erasing.rows import name_of
from events.models import Day, Decision, Event, Source, Text

NOTES = ("schedule_note", "withdrawal_reason", "retraction_reason", "taken_down_reason", "note")
"""The columns of rows that hold the note of a decision for as long as it stands, of a proposal for good."""

OF_A_NOTE_ALONE = (Event, Day, Text, Source)
"""On these a decision keeps its note alone: if that stays with readers, nothing would be gone."""


def check_note(decision: Decision, printed_as: Callable[[Any], str]) -> None:
    """Refuses a decision of which the note stands in the row still, or in an edition of it: readers may get
    it yet, or the desk. ``printed_as`` says as what of the record a row was printed."""
    subject, note = decision.subject, decision.note
    if not note:
        return
    if any(getattr(subject, column, "") == note for column in NOTES):
        raise Refused(
            f"The note of {name_of(decision)} is what {name_of(subject)} says still: undo that, or take "
            f"{name_of(subject)} down."
        )
    if isinstance(subject, OF_A_NOTE_ALONE) and (edition := _edition_with(note, subject, printed_as)):
        raise Refused(
            f"Readers find the note of {name_of(decision)} in the history of {edition}: name that instead, "
            "and the decision loses it too."
        )


def _edition_with(note: str, row: Any, printed_as: Callable[[Any], str]) -> str:
    """The edition that readers were given this note with; empty where none has it, or not any more."""
    subject = printed_as(row)
    editions = Edition.objects.filter(chronicle__key=row.story.key, subject=subject).with_document()
    found = (each.edition for each in editions if (each.document or {}).get("note") == note)
    return next((f"{subject}@{number}" for number in found), "")
