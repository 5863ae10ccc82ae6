"""What of one row of the desk can be taken down, as somebody chooses it on its page, and asking for that."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from chronicle.models import Edition, Sheet
from events.editorial import takedowns
from events.editorial.holding import check_seen, hold
from events.editorial.refused import Refused
from events.editorial.takedowns import Part
from events.erasing.rows import name_of
from events.models import Citation, Proposal, Story, Takedown

LATEST = "the latest, which readers see: correct it first, or take all of it"
TAKEN = "taken down already"


@dataclass(frozen=True)
class Printing:
    """One edition of a subject, and why it cannot go by itself, where it cannot."""

    number: int
    action: str
    at: datetime
    against: str = ""


def part_of_row(row: Any) -> Part:
    """All of ``row``: as what readers saw it, or, where they never did, by its key.

    Raises Refused for a citation or a proposal that readers saw: each is part of what it was made for.
    """
    printed = takedowns.printed_as(row)
    if printed and isinstance(row, Citation | Proposal):
        raise Refused(f"Readers saw it as {printed}: take that down, or the editions of it that have it.")
    return Part(subject=printed) if printed else Part(row=name_of(row))


def printings_of(story: Story, subject: str) -> list[Printing]:
    """The editions of ``subject``, the latest first; none of what was never printed."""
    if not subject:
        return []
    sheets = Sheet.objects.filter(commitment=OuterRef("commitment"))
    printed = Edition.objects.filter(chronicle__key=story.key, subject=subject).exclude(action="takedown")
    editions = list(printed.annotate(kept=Exists(sheets)).order_by("-edition"))
    return [
        Printing(each.edition, each.get_action_display(), each.at, _against(each.kept, each is editions[0]))
        for each in editions
    ]


def _against(kept: bool, latest: bool) -> str:
    if not kept:
        return TAKEN
    return LATEST if latest else ""


def ask_of_row(row: Any, *, by: Any, seen: int, editions: Collection[int] = (), **how: Any) -> Takedown:
    """Ask that all of ``row`` be taken down, or only these ``editions`` of what it was printed as.

    ``how`` is what ``takedowns.ask`` is told besides. Refused as there, and where ``seen`` is old.
    """
    with transaction.atomic():
        held = hold(row)
        check_seen(held, seen)
        part = replace(part_of_row(held), editions=tuple(sorted(editions)))
        return takedowns.ask(held.story, [part], by=by, **how)
