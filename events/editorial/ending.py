"""Media whose licence, or whose consent, is over: found and taken down by the worker, in nobody's name."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from events import press
from events.editorial.holding import hold
from events.editorial.materials import down
from events.editorial.refused import Refused
from events.editorial.showing import day_in, licence_over, over
from events.models import Material
from events.models.rights import Consent

AHEAD = timedelta(hours=14)
"""How far the clocks of some zone are ahead of UTC at most."""


def ended(now: datetime, *, but: Collection[int] = ()) -> list[int]:
    """The media (primary keys) to take down by ``now``; those in ``but`` are left out.

    A licence is over when the day after its last begins by the clock of the story.
    """
    maybe = Q(licence_ends__lt=(now + AHEAD).date()) | Q(consent=Consent.WITHDRAWN)
    # What an editor says of a licence holds once somebody else approved it.
    undecided = ~Q(state=Material.State.APPROVED) & Q(printed__isnull=False)
    waiting = Material.objects.filter(maybe | undecided, taken_down_at=None).exclude(pk__in=but)
    waiting = waiting.exclude(state__in=[Material.State.DISCARDED, Material.State.ERASED])
    waiting = waiting.select_related("story", "printed").order_by("pk")
    return [material.pk for material in waiting if _reason(material, now)]


def _reason(material: Material, now: datetime) -> str:
    """Why readers may see it no longer, in a sentence; else empty."""
    on = day_in(material.story, now)
    if material.state == Material.State.APPROVED or material.consent == Consent.WITHDRAWN:
        return over(material, on)
    return licence_over(material, press.licence_told(material), on)


@transaction.atomic
def take_down_ended(pk: int, now: datetime) -> str:
    """Take down one that is over: what was done, in a sentence. Empty where somebody was there before."""
    try:
        held = hold(Material(pk=pk))
    except Refused:
        return ""
    reason = _reason(held, now)
    if not reason or held.taken_down_at:
        return ""
    down(held, by=None, reason=reason)
    # Not what it is called: this is printed where a takedown does not reach.
    return f"Medium {held.pk} of “{held.story}” was taken down. {reason}"
