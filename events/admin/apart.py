"""Places and actors of one name: told apart where one is chosen, and pointed out where a second is made."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from events.models import Actor, Place

MOST = 5
"""How many others of a name are named."""

ANOTHER = (
    "There is another {} of this name: {}. If it is the same, use that one; else say of both, in a note or "
    "by a second name, which is which."
)


def doubled(rows: Any) -> set[str]:
    """What more than one of ``rows`` is called."""
    return {name for name, times in Counter(map(str, rows)).items() if times > 1}


def beside(row: Any) -> str:
    """What tells ``row`` from another of its name: whatever is said of it first, or its number."""
    others = ", ".join(name.name for name in list(row.names.all())[1:])
    said = (others, row.note) if isinstance(row, Actor) else (others, *_where(row), row.note)
    return next(filter(None, said), f"number {row.pk}")


def _where(place: Place) -> tuple[str, str]:
    return (
        f"in {place.within}" if place.within_id else "",
        f"{place.latitude}, {place.longitude}" if place.latitude is not None else "",
    )


def warn_of_others(request: Any, row: Any) -> None:
    """Says that there are others in the story with a name of ``row``, which nobody could tell from it."""
    names = [name.name for name in row.names.all()]
    model: Any = type(row)
    others = model.objects.filter(story=row.story_id, names__name__in=names, erased_at=None).exclude(
        pk=row.pk
    )
    found = list(others.distinct().prefetch_related("names").order_by("pk")[:MOST])
    if not found:
        return
    page = f"admin:events_{model._meta.model_name}_change"
    lines = ((reverse(page, args=[one.pk]), one, beside(one)) for one in found)
    links = format_html_join(", ", '<a href="{}">“{}”, {}</a>', lines)
    messages.warning(request, format_html(ANOTHER, model._meta.verbose_name, links))


def has_names(model: type) -> bool:
    return model in (Place, Actor)
