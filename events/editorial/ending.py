"""Media whose licence, or whose consent, is over: found and taken down by the worker, in nobody's name."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from events.editorial.holding import hold
from events.editorial.materials import down
from events.editorial.refused import Refused
from events.editorial.showing import day_in, over
from events.models import Material
from events.models.rights import Consent

AHEAD = timedelta(hours=14)
"""How far the clocks of some zone are ahead of UTC at most."""


def ended(now: datetime, *, but: Collection[int] = ()) -> list[int]:
    """The media (primary keys) to take down by ``now``; those in ``but`` are left out.

    A licence is over when the day after its last begins by the clock of the story.
    """
    maybe = Q(licence_ends__lt=(now + AHEAD).date()) | Q(consent=Consent.WITHDRAWN)
    waiting = Material.objects.filter(maybe, taken_down_at=None).exclude(pk__in=but).select_related("story")
    return [material.pk for material in waiting.order_by("pk") if over(material, day_in(material.story, now))]


@transaction.atomic
def take_down_ended(pk: int, now: datetime) -> str:
    """Take down one that is over: what was done, in a sentence. Empty where somebody was there before."""
    try:
        held = hold(Material(pk=pk))
    except Refused:
        return ""
    reason = over(held, day_in(held.story, now))
    if not reason or held.taken_down_at:
        return ""
    down(held, by=None, reason=reason)
    return f"“{held}” of “{held.story}” was taken down. {reason}"
