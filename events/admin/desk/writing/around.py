"""What stands before and after an event in its day."""

from events.editorial import arranging
from events.models import Event

READ = ("headline", "wording", "earliest", "latest", "open_start", "open_end", "position", "state", "day")


def around(event: Event) -> dict[str, Event]:
    """The events beside ``event`` in the order of its day; what was put away is in none."""
    rows = list(Event.objects.filter(day=event.day_id).exclude(state__in=arranging.LEFT_OUT).only(*READ))
    for row in rows:
        # All of one day, of one story: its clock is made once.
        row.day = event.day
    found = arranging.in_order(rows)
    at = next((place for place, row in enumerate(found) if row.pk == event.pk), None)
    if at is None:
        return {}
    beside = {"before": at - 1, "after": at + 1}
    return {side: found[place] for side, place in beside.items() if 0 <= place < len(found)}
