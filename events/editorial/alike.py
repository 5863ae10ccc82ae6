"""Media of one story that look like one."""

from events.models import Material
from media import likeness

MOST = 6
"""How many are named."""


def alike(material: Material) -> list[Material]:
    """Other media of its story whose pictures look like that of ``material``, the likest first."""
    sought = material.asset.likeness
    # One colour all over is like any other: it tells nothing.
    if not sought:
        return []
    others = Material.objects.filter(story=material.story_id, asset__likeness__isnull=False)
    others = others.exclude(state=Material.State.DISCARDED)
    near: dict[int, int] = {}
    rows = others.exclude(pk=material.pk).values_list("pk", "asset__likeness")
    for pk, other in rows:
        if other and (distance := likeness.distance(sought, other)) <= likeness.NEAR:
            near[pk] = distance
    found = others.select_related("asset").in_bulk(sorted(near, key=near.__getitem__)[:MOST])
    return sorted(found.values(), key=lambda one: near[one.pk])
