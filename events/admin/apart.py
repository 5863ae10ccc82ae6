"""What is of one name is told apart where one is chosen; of places and actors the second is pointed out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from events.models import Actor, Place, Source

MOST = 5
"""How many others of a name are named."""

ANOTHER = (
    "There is another {} of this name: {}. If it is the same, use that one; else say of both, in a note or "
    "by a second name, which is which."
)


def told_beside(model: Any, keys: Iterable[int]) -> dict[int, str]:
    """What is said beside those rows with ``keys`` of which others in their story have a name too, by key."""
    if not has_names(model):
        return {}
    rows = model.objects.filter(pk__in=_doubled(model, set(keys))).prefetch_related("names")
    return {row.pk: beside(row) for row in rows}


def know_names(rows: Iterable[Any]) -> None:
    """Read what ``rows``, places and actors, and what these lie in are called, all in one question."""
    bearers = [one for row in rows for one in (row, getattr(row, "within", None)) if one is not None]
    questions = [_names_told(model, bearers) for model in {type(one) for one in bearers}]
    called: dict[tuple[str, int], list[str]] = defaultdict(list)
    for what, key, *_, name in sorted(questions[0].union(*questions[1:]) if questions else ()):
        called[what, key].append(name)
    for one in bearers:
        one.called = called[one._meta.model_name, one.pk]
        one.first_name = next(iter(one.called), None)


def _names_told(model: Any, bearers: Iterable[Any]) -> Any:
    """What those of ``bearers`` that are of ``model`` are called, in columns that sort by each."""
    names, row = _names_of(model)
    keys = [one.pk for one in bearers if isinstance(one, model)]
    told = (Value(row), row, "position", "pk", "name")
    return names.filter(**{f"{row}__in": keys}).order_by().values_list(*told)


def is_doubled(model: Any) -> Exists:
    """To annotate places or actors with: whether another in their story has one of their names."""
    names, row = _names_of(model)
    own = names.filter(**{row: OuterRef(OuterRef("pk"))}).order_by().values("name")
    there = {"name__in": own, f"{row}__story": OuterRef("story"), f"{row}__erased_at": None}
    return Exists(names.filter(**there).exclude(**{row: OuterRef("pk")}))


def said_of_known(rows: Iterable[Any]) -> dict[int, str]:
    """Likewise of those of ``rows`` that were read with whether they are doubled, and with their names."""
    return {row.pk: beside(row) for row in rows if getattr(row, "is_doubled", False)}


def with_beside(label: str, said: str | None) -> str:
    return f"{label} · {said}" if said else label


def _doubled(model: Any, keys: set[int]) -> set[int]:
    names, row = _names_of(model)
    own = names.filter(**{f"{row}__in": keys}).order_by().values("name")
    met = defaultdict(set)
    for name, story, key in (
        names.filter(**{"name__in": own, f"{row}__erased_at": None})
        .order_by()
        .values_list("name", f"{row}__story", row)
    ):
        met[name, story].add(key)
    return set().union(*(each for each in met.values() if len(each) > 1)) & keys


def _names_of(model: Any) -> tuple[Any, str]:
    """The table of the names of ``model``, and how a name leads to its row."""
    back = model._meta.get_field("names")
    return back.related_model.objects, back.field.name


def labels(rows: Collection[Any]) -> dict[int, str]:
    """By its key what is said beside each of ``rows`` that is called as another is, whatever the case."""
    found = {}
    for same in _grouped(rows, lambda row: str(row).casefold()):
        for alike in _grouped(same, beside) if len(same) > 1 else []:
            tell = beside if len(alike) == 1 else _with_number
            found |= {row.pk: tell(row) for row in alike}
    return found


def named(rows: Collection[Any], name: Callable[[Any], str]) -> list[tuple[int, str]]:
    """The key of each of ``rows``, and what it is called by ``name``, with what tells it apart."""
    said = labels(rows)
    return [(row.pk, f"{name(row)} · {said[row.pk]}" if row.pk in said else name(row)) for row in rows]


def _grouped(rows: Collection[Any], by: Callable[[Any], str]) -> list[list[Any]]:
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(by(row), []).append(row)
    return list(groups.values())


def beside(row: Any) -> str:
    """What tells ``row`` from another of its name: whatever is said of it first, or its number."""
    return next(filter(None, _said_of(row)), f"number {row.pk}")


def _with_number(row: Any) -> str:
    """Likewise, where the same is said of another."""
    return f"{beside(row)}, number {row.pk}"


def _said_of(row: Any) -> tuple[str, ...]:
    if isinstance(row, Source):
        return (row.published_words, row.url)
    if not has_names(type(row)):
        return ()
    called = [name.name for name in row.names.all()] if row.called is None else row.called
    others = ", ".join(called[1:])
    return (others, row.note) if isinstance(row, Actor) else (others, *_where(row), row.note)


def _where(place: Place) -> tuple[str, str]:
    return (
        f"in {place.within}" if place.within_id else "",
        f"{place.latitude}, {place.longitude}" if place.latitude is not None else "",
    )


def warn_of_others(request: Any, row: Any) -> None:
    """Says that there are others in the story with a name of ``row``, which nobody could tell from it."""
    names = [name.name for name in row.names.all()]
    model: Any = type(row)
    called = reduce(or_, (Q(names__name__iexact=name) for name in names), Q(pk=None))
    others = model.objects.filter(called, story=row.story_id, erased_at=None).exclude(pk=row.pk)
    found = list(others.distinct().prefetch_related("names").order_by("pk")[:MOST])
    if not found:
        return
    page = f"admin:events_{model._meta.model_name}_change"
    lines = ((reverse(page, args=[one.pk]), one, beside(one)) for one in found)
    links = format_html_join(", ", '<a href="{}">“{}”, {}</a>', lines)
    messages.warning(request, format_html(ANOTHER, model._meta.verbose_name, links))


def has_names(model: type) -> bool:
    return model in (Place, Actor)
