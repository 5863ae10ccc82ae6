"""What is put away and fetched again, as nothing is deleted: drafts, citations and media nobody waits for."""

from typing import Any

from events.editorial.holding import moving, note_of
from events.editorial.moves import (
    APPROVE_MATERIAL,
    BRING_BACK,
    BRING_BACK_MATERIAL,
    DISCARD,
    DISCARD_MATERIAL,
    SUBMIT_AGAIN,
    TAKE_BACK,
)
from events.editorial.refused import Refused
from events.editorial.writing import insist_on_author
from events.models import Citation, Decision, Event, Material


def discard(event: Event, *, by: Any, seen: int, reason: str) -> None:
    """Put away an event that readers never saw, with a ``reason`` for the desk; it can be brought back."""
    reason = note_of(reason)
    if not reason:
        raise Refused("Say why, in a sentence for whoever looks for it.")
    with moving(event, DISCARD, by=by, seen=seen, note=reason) as held:
        if held.published_version or hasattr(held, "printed"):
            raise Refused("Readers have seen this event: it stays on record, and is not discarded.")


def bring_back(event: Event, *, by: Any, seen: int) -> None:
    """Make a discarded event a draft again, with all that was cited for it and decided."""
    with moving(event, BRING_BACK, by=by, seen=seen):
        pass


def take_back(citation: Citation, *, by: Any, seen: int, words: str = "") -> None:
    """Have nobody decide on a pending citation: only its author may. It counts nowhere and stays on record.

    Refused where readers see earlier words of it: those stand until a moderator decides.
    """
    with moving(citation, TAKE_BACK, by=by, seen=seen, note=note_of(words)) as held:
        insist_on_author(held, by, TAKE_BACK.deed)
        if held.keeps_approved and hasattr(held.event, "printed"):
            raise Refused(
                "Readers see what was approved of this citation. Change its words back, or have a moderator "
                "reject it."
            )
        held.keeps_approved = False


def submit_again(citation: Citation, *, by: Any, seen: int) -> None:
    """Ask for a decision on a citation that its author, who alone may, took back: a new version of it."""
    with moving(citation, SUBMIT_AGAIN, by=by, seen=seen) as held:
        insist_on_author(held, by, SUBMIT_AGAIN.deed)
        held.version += 1


def discard_material(material: Material, *, by: Any, seen: int, words: str = "") -> None:
    """Put away a pending medium that was never approved and that no event shows: only its uploader may.

    Its files stay sealed. It waits again once it is brought back, or its bytes are uploaded once more.
    """
    with moving(material, DISCARD_MATERIAL, by=by, seen=seen, note=note_of(words)) as held:
        if by.pk != held.submitted_by_id:
            raise Refused(f"You may not discard this: only {held.submitted_by}, who uploaded it, may.")
        if Decision.objects.filter(material=held, verb=APPROVE_MATERIAL.verb).exists():
            raise Refused("This medium was approved before: it stays on record, and is not discarded.")
        if held.uses.exists():
            raise Refused("An event shows this medium: take it from there first.")


def bring_back_material(material: Material, *, by: Any, seen: int) -> None:
    """Have a discarded medium wait for approval again."""
    with moving(material, BRING_BACK_MATERIAL, by=by, seen=seen):
        pass
