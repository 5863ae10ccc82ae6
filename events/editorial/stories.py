"""How a chronicle's own settings are saved, and which of them the record has already relied on."""

from typing import Any

from django.db import transaction

from chronicle.models import Chronicle
from events import press
from events.editorial.checking import check_values
from events.editorial.permission import insist_on_saving
from events.editorial.refused import Refused
from events.models.day import dates_of

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
    insist_on_saving(by, chronicle)
    check_values(chronicle)
    if chronicle.pk is None:
        chronicle.save()
        return chronicle
    saved = Chronicle.objects.select_for_update().get(pk=chronicle.pk)
    changed = [words for name, words in RELIED_ON.items() if getattr(saved, name) != getattr(chronicle, name)]
    if changed and is_printed(saved):
        relied = ", ".join(changed)
        raise Refused(f"The record relies on {relied}: that cannot change once something is published.")
    if (saved.first_date, saved.last_date) != (chronicle.first_date, chronicle.last_date):
        _keep_its_days(chronicle)
    chronicle.save()
    if saved.name_style != chronicle.name_style:
        press.reprint_names(chronicle, by=by)
    return chronicle


def _keep_its_days(chronicle: Chronicle) -> None:
    """Refuses a first or last day that leaves out a day that the desk has."""
    first, last = dates_of(chronicle)
    left_out = chronicle.days.exclude(date__range=(first, last)).order_by("date").first()
    if left_out:
        raise Refused(
            f"The desk has a day of {left_out.date:%-d %B %Y}: the days of the chronicle must run so that "
            "it is one of them."
        )


def is_printed(chronicle: Chronicle) -> bool:
    """Whether anything of ``chronicle`` was ever printed."""
    return chronicle.editions.exists()
