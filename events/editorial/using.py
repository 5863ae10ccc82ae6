"""Which media an event shows, in which order and under which captions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from events.editorial import materials
from events.editorial.checking import check_values
from events.editorial.holding import check_seen, hold, insist_on_kept, insist_on_saving
from events.editorial.refused import Refused
from events.editorial.scheduling import keep_schedule
from events.editorial.writing import keep_to_story
from events.models import Event, Material, Use


@transaction.atomic
def show(event: Event, uses: Sequence[Use], *, by: Any, seen: int) -> Event:
    """Have ``event`` show just ``uses``, in that order; its next version, where that is another than before.

    A medium under a caption that is new to it goes back to review. What is published stays as readers see it
    until it is published again. Raises Refused and Stale.
    """
    held = hold(event)
    insist_on_saving(by, held)
    check_seen(held, seen)
    insist_on_kept(held)
    keep_to_story(held.story, *(use.material for use in uses))
    if len({use.material_id for use in uses}) < len(uses):
        raise Refused("One medium stands here twice: an event shows each once.")
    _keep_to_what_is_kept(use.material for use in uses)
    saved = list(held.uses.values_list("material_id", "caption"))
    made = [_made(held, place, use) for place, use in enumerate(uses)]
    if [(use.material_id, use.caption) for use in made] == saved:
        return held
    to_review = _under_new_captions(made)
    held.uses.all().delete()
    Use.objects.bulk_create(made)
    for material in to_review:
        materials.ask_again(material, by=by)
    held.version += 1
    if held.state == Event.State.SCHEDULED:
        keep_schedule(held, by=by)
    held.save()
    return held


def _keep_to_what_is_kept(shown: Iterable[Material]) -> None:
    """Refuses media that were discarded, as they are now."""
    discarded = Material.objects.filter(pk__in=[one.pk for one in shown], state=Material.State.DISCARDED)
    for material in discarded.select_related("asset"):
        raise Refused(f"“{material}” was discarded: bring it back first.")


def _under_new_captions(made: Sequence[Use]) -> list[Material]:
    """The media that are to have a caption that they have in no event: it is approved with them."""
    own = [use for use in made if use.caption]
    known = Use.objects.filter(material__in=[use.material for use in own])
    seen = set(known.values_list("material_id", "caption"))
    return [use.material for use in own if (use.material_id, use.caption) not in seen]


def _made(event: Event, place: int, use: Use) -> Use:
    made = Use(event=event, material=use.material, position=place, caption=use.caption)
    check_values(made)
    return made
