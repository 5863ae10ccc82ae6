"""Find: whatever one may see at the desk, by words, of all kinds on one page."""

from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from events.admin.desk import views
from events.admin.reach import held
from events.editorial.holding import is_everywhere
from events.finding import asking
from events.finding.telling import TELLINGS
from events.models import Actor, Day, Event, Kind, Outlet, Place
from events.models.emptied import TAKEN_DOWN

Found = dict[Any, list[int]]
Titles = dict[int, str]

SHOWN = 10
"""How many rows of a kind are shown; its list has all of them."""
LONGEST = 200
"""Characters of what is typed that are looked for."""
CALLED = {Event: "headline", Outlet: "name", Kind: "name", Place: "first_name", Actor: "first_name"}
"""By which column alone rows of these kinds are called."""


def page(request: HttpRequest, site: Any, context: dict[str, Any]) -> HttpResponse:
    """What is found by ``?q=``, kind by kind, the newest of each first."""
    typed = request.GET.get("q", "")[:LONGEST].replace("\0", " ").strip()
    kinds = _kinds(request, site, typed) if typed else []
    context |= {"title": "Find", "typed": typed, "kinds": kinds, "views": views.found(request.user, typed)}
    return render(request, "admin/events/find.html", context)


def _kinds(request: HttpRequest, site: Any, typed: str) -> list[dict[str, Any]]:
    models = [model for model in TELLINGS if _is_open(request, site, model)]
    stories = None if is_everywhere(request.user) else {story for story, _ in held(request)}
    found = asking.found_anywhere(models, typed, stories)
    titles = _titles(request, site, {model: keys for model, keys in found.items() if keys})
    return [_kind(model, found[model], of_kind) for model, of_kind in titles.items() if of_kind]


def _is_open(request: HttpRequest, site: Any, model: Any) -> bool:
    return model in site._registry and _admin(site, model).has_view_permission(request)


def _titles(request: HttpRequest, site: Any, found: Found) -> dict[Any, Titles]:
    """What each of the first rows is called that who asks may see, by kind."""
    together = _of_one_column(request, site, [model for model in found if model in CALLED], found)
    return {
        model: together[model] if model in CALLED else _in_full(request, site, model, keys)
        for model, keys in found.items()
    }


def _admin(site: Any, model: Any) -> Any:
    return site._registry[model]


def _of_one_column(request: HttpRequest, site: Any, models: list[Any], found: Found) -> dict[Any, Titles]:
    """The titles of rows that are called as one of their columns says, in one question for all kinds."""
    titles: dict[Any, Titles] = {model: {} for model in models}
    if not models:
        return titles
    questions = [
        _open_to(request, site, model, found[model]).values_list(Value(place), "pk", CALLED[model])
        for place, model in enumerate(models)
    ]
    for place, key, title in questions[0].union(*questions[1:], all=True):
        titles[models[place]][key] = title or TAKEN_DOWN
    return titles


def _in_full(request: HttpRequest, site: Any, model: Any, keys: list[int]) -> Titles:
    """The titles of rows that are called by more than that."""
    rows, beside = _open_to(request, site, model, keys), _admin(site, model).list_select_related
    named = rows.select_related(*beside) if isinstance(beside, tuple) else rows
    return {row.pk: str(row) for row in named}


def _open_to(request: HttpRequest, site: Any, model: Any, keys: list[int]) -> QuerySet[Any]:
    """Those of the first ``keys`` that who asks may see, in no order, with nothing read apart."""
    rows = _admin(site, model).get_queryset(request).filter(pk__in=keys[:SHOWN])
    return rows.prefetch_related(None).order_by()


def _kind(model: Any, keys: list[int], titles: Titles) -> dict[str, Any]:
    """The rows of ``keys`` that have ``titles``, as links."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    page = "desk" if model is Day else "change"
    return {
        "name": model._meta.verbose_name_plural,
        "rows": [
            {"title": titles[key], "address": reverse(f"{name}_{page}", args=[quote(key)])}
            for key in keys[:SHOWN]
            if key in titles
        ],
        "more": len(keys) > SHOWN,
        "list": reverse(f"{name}_changelist"),
    }
