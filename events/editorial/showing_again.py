"""A decision on a medium of which readers saw something, taken back: they see it again as they did before."""

from typing import Any

from events import press
from events.editorial import materials
from events.editorial.moves import TAKE_DOWN
from events.editorial.refused import Refused
from events.models import Material

UNDONE = "A decision on a medium was undone at once."


def show_as_before(held: Material, by: Any) -> None:
    """Print ``held``, and the entries that it was taken from, as they stood before the last decision on it.

    It stands approved no longer, nor taken down by that. Refused where readers cannot have it as they did.
    """
    printing = _printed(held)
    if _is_taken_down(held):
        held.taken_down_at, held.taken_down_reason = None, ""
    held.approved_by = held.approved_at = held.approved_version = None
    if printing:
        try:
            press.put_back(held, printing, by=by, note=UNDONE)
        except press.CannotPutBack as why:
            raise _refused(why) from why


def make_former_copies(material: Material) -> None:
    """Have the copies be there that readers are to have again. Call it outside of a transaction."""
    now = Material.objects.select_related("story", "asset", "shown", "printed").get(pk=material.pk)
    if printing := _printed(now):
        try:
            with materials.refusing_files():
                press.make_former_copies(now, printing)
        except press.CannotPutBack as why:
            raise _refused(why) from why


def _printed(material: Material) -> press.Printing | None:
    """What the last decision on ``material`` printed; None where that was nothing."""
    is_down = _is_taken_down(material)
    # A rejection that takes it down is told in two lines.
    before = material.decisions.order_by("-pk")[2 if is_down else 1]
    note = materials.told_down(material, materials.REJECTED) if is_down else materials.APPROVED
    try:
        return press.printing_of(material, since=before.at, note=note)
    except press.CannotPutBack as why:
        raise _refused(why) from why


def _is_taken_down(material: Material) -> bool:
    last = material.decisions.order_by("-pk").values_list("verb", flat=True).first()
    return bool(last == TAKE_DOWN.verb and material.taken_down_reason == materials.REJECTED)


def _refused(why: Exception) -> Refused:
    return Refused(f"This is not undone from here: {why}. Decide again on its own page.")
