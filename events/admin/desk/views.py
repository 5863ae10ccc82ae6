"""Views of lists that somebody saved: kept, taken out, and found again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from events.admin.keys import key_in
from events.editorial import saved_views
from events.editorial.refused import Refused
from events.erasing.job import NAME_OF_VIEW
from events.models import SavedView


@require_POST
def page(request: HttpRequest, site: Any) -> HttpResponse:
    """Saves how a list is seen, or takes a view out; leads back to the list."""
    model = request.POST.get("model", "")
    query = request.POST.get("query", "").lstrip("?")
    address = list_of(model)
    if not address:
        raise Http404
    if "take_out" in request.POST:
        saved_views.take_out(key_in(request.POST["take_out"]) or 0, by=request.user)
        messages.success(request, "The view was taken out.")
        return redirect(f"{address}?{query}" if query else address)
    try:
        view = saved_views.save(request.POST.get("name", ""), query, model, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        request.session[NAME_OF_VIEW] = request.POST.get("name", "")
    else:
        messages.success(request, f"Saved as “{view}”: it stands above this list, and in Find.")
    return redirect(f"{address}?{query}" if query else address)


def list_of(model: str) -> str:
    """The address of the list of ``model``; empty where there is none."""
    try:
        return reverse(f"admin:{model.replace('.', '_')}_changelist")
    except NoReverseMatch:
        return ""


def found(person: Any, typed: str) -> list[dict[str, str]]:
    """The views of ``person`` that are called like what they ``typed``, each with its address."""
    rows = SavedView.objects.filter(person=person, name__icontains=typed) if typed else []
    return [
        {"title": str(view), "address": f"{list_of(view.model)}?{view.query}"}
        for view in rows
        if list_of(view.model)
    ]
