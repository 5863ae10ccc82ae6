"""What to know besides: how citations of the outlet fared, what else the event rests on, and its policy."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from chronicle import wording
from events.admin.listing import AtLeast, Counted
from events.editorial import publishing
from events.models import Citation
from events.models.evidence import once

MOST = 1_000
"""How many citations of an outlet are looked at."""
STATES = ("approved", "pending", "rejected")


@dataclass(frozen=True)
class Record:
    """How many citations of an outlet stand in which state; ``more`` where others were not looked at."""

    approved: int
    pending: int
    rejected: int
    more: bool

    @property
    def total(self) -> int:
        return (AtLeast if self.more else Counted)(self.approved + self.pending + self.rejected)


def of_outlet(citation: Citation) -> Record:
    """The record of the outlet that ``citation`` cites, this one included."""
    rows = Citation.objects.filter(source__outlet=citation.source.outlet_id).order_by()
    states = list(rows.values_list("state", flat=True)[:MOST])
    found = Counter(states)
    return Record(*(found[state] for state in STATES), more=len(states) == MOST)


def of_its_event(citation: Citation) -> list[Citation]:
    """All that its event rests on, or once did, itself included, in the order in which it was cited."""
    rows = Citation.objects.filter(event=citation.event_id).order_by("pk")
    return list(rows.select_related("source__outlet"))


def policy_words(citation: Citation, besides: list[Citation]) -> str:
    """How many approved citations its event needs and has, and whether this one would meet that."""
    event = citation.event
    needed = event.citations_needed
    sound = publishing.sound_of(event, besides)
    said = f"{wording.counted(needed, 'approved citation', 'approved citations')} in its support needed"
    if len(sound) >= needed:
        return f"{said}; met without this one."
    if citation.stance != Citation.Stance.SUPPORTS:
        return f"{said}; {len(sound)} so far. This one does not support it."
    with_it = once([*sound, citation], _said)
    meets = len(with_it) >= needed
    return f"{said}; {len(sound)} so far" + ("; this one would meet it." if meets else ".")


def _said(citation: Citation) -> Any:
    return citation.said
