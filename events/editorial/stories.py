"""How a chronicle's own settings are saved, and which of them the record has already relied on."""

from typing import Any

from django.db import transaction

from chronicle.models import Chronicle
from events import press
from events.editorial.refused import Refused
from events.editorial.writing import may

RELIED_ON = {
    "slug": "its address",
    "zone": "its time zone",
    "first_date": "its first day",
    "first_number": "the number of its first day",
    "morning_begins": "where its morning begins",
    "afternoon_begins": "where its afternoon begins",
    "evening_begins": "where its evening begins",
}
"""What printed entries were placed, numbered and linked by, and the words for it."""


@transaction.atomic
def save_chronicle(chronicle: Chronicle, *, by: Any) -> Chronicle:
    """Save a chronicle. Refused where a change would move what is already in the record.

    A change in how two names are shown is printed at once.
    """
    if chronicle.pk is None:
        may(by, "add", chronicle)
        chronicle.save()
        return chronicle
    may(by, "change", chronicle)
    saved = Chronicle.objects.select_for_update().get(pk=chronicle.pk)
    changed = [words for name, words in RELIED_ON.items() if getattr(saved, name) != getattr(chronicle, name)]
    if changed and is_printed(saved):
        relied = ", ".join(changed)
        raise Refused(f"The record relies on {relied}: that cannot change once something is published.")
    chronicle.save()
    if saved.name_style != chronicle.name_style:
        press.reprint_names(chronicle, by=by)
    return chronicle


def is_printed(chronicle: Chronicle) -> bool:
    """Whether anything of ``chronicle`` was ever printed."""
    return chronicle.editions.exists()
