"""Who publishes where: what the desk learns of each source that is saved, and proposes for the next."""

from collections.abc import Iterable

from django.db.models import F

from events.models import Host, Outlet, Source, Story
from events.models.addresses import host_of


def learn(row: Source | Outlet) -> None:
    """Note that an outlet publishes on the host of ``row``, saved just now: a source of it, or itself."""
    host = host_of(row.url)
    if not host:
        return
    outlet = row.outlet_id if isinstance(row, Source) else row.pk
    if not Host.objects.filter(outlet=outlet, host=host).update(times=F("times") + 1):
        Host.objects.create(outlet_id=outlet, host=host)


def outlets_on(story: Story, hosts: Iterable[str]) -> dict[str, Outlet]:
    """By host, the outlet of ``story`` that most of its sources there are of."""
    rows = Host.objects.filter(host__in=set(hosts), outlet__story=story, outlet__erased_at=None)
    found: dict[str, Outlet] = {}
    for row in rows.select_related("outlet").order_by("-times", "-pk"):
        found.setdefault(row.host, row.outlet)
    return found
