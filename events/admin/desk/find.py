"""Find: whatever one may see at the desk, by words, of all kinds on one page."""

from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from events.admin.desk import views
from events.admin.reach import held
from events.editorial.holding import is_everywhere
from events.finding import asking
from events.models import Day

SHOWN = 10
"""How many rows of a kind are shown; its list has all of them."""
LONGEST = 200
"""Characters of what is typed that are looked for."""


def page(request: HttpRequest, site: Any, context: dict[str, Any]) -> HttpResponse:
    """What is found by ``?q=``, kind by kind, the newest of each first."""
    typed = request.GET.get("q", "")[:LONGEST].replace("\0", " ").strip()
    kinds = _kinds(request, site, typed) if typed else []
    context |= {"title": "Find", "typed": typed, "kinds": kinds, "views": views.found(request.user, typed)}
    return render(request, "admin/events/find.html", context)


def _kinds(request: HttpRequest, site: Any, typed: str) -> list[dict[str, Any]]:
    known = [model for model in asking.TELLINGS if model in site._registry]
    open_to = [model for model in known if _admin(site, model).has_view_permission(request)]
    stories = None if is_everywhere(request.user) else {story for story, _ in held(request)}
    found = asking.found_anywhere(open_to, typed, stories)
    kinds = [_kind(request, site, model, keys, typed) for model, keys in found.items()]
    return [kind for kind in kinds if kind["rows"]]


def _admin(site: Any, model: Any) -> Any:
    return site._registry[model]


def _in_full(request: HttpRequest, admin: Any, keys: list[int]) -> dict[int, Any]:
    """Those of ``keys`` that who asks may see, with all that the list of them shows."""
    if not keys:
        return {}
    rows, beside = admin.get_queryset(request), admin.list_select_related
    return dict((rows.select_related(*beside) if isinstance(beside, tuple) else rows).in_bulk(keys))


def _kind(request: HttpRequest, site: Any, model: Any, keys: list[int], typed: str) -> dict[str, Any]:
    """The rows of ``keys`` that who asks may see, as links."""
    rows = _in_full(request, _admin(site, model), keys[:SHOWN])
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    page = "desk" if model is Day else "change"
    return {
        "name": model._meta.verbose_name_plural,
        "rows": [
            {"title": str(rows[key]), "address": reverse(f"{name}_{page}", args=[quote(key)])}
            for key in keys[:SHOWN]
            if key in rows
        ],
        "more": len(keys) > SHOWN,
        "list": reverse(f"{name}_changelist"),
    }
