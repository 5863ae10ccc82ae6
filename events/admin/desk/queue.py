"""A list of what waits for a moderator, ten a page, each decided on where it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from events.admin.keys import key_in
from events.admin.verbs import VerbForm
from events.editorial.holding import may_at_all
from events.editorial.refused import Refused

A_PAGE, OWN = 10, 50


@dataclass(frozen=True)
class Queue:
    """Rows that are decided on one by one, and how they are shown.

    ``name`` is what a row is called in a post and in the template, ``verbs`` are approve and reject with
    their forms, ``permissions`` those of which one lets in. ``in_full`` reads a row with all that is shown
    of it, ``own`` tells whose words it has, ``said`` what it is called, ``beside`` what is shown besides.
    """

    name: str
    title: str
    template: str
    permissions: tuple[str, ...]
    verbs: Mapping[str, tuple[type[VerbForm], Callable[..., Any]]]
    in_full: Callable[[], QuerySet[Any]]
    own: Callable[[Any], Q]
    said: Callable[[Any], str] = str
    beside: Callable[[Any], dict[str, Any]] = lambda row: {}

    def is_for(self, person: Any) -> bool:
        return may_at_all(person, *self.permissions)

    def waiting(self) -> QuerySet[Any]:
        """What is pending, oldest first."""
        return self.in_full().filter(state="pending").order_by("submitted_at", "pk")


def review(request: Any, queue: Queue, context: dict[str, Any]) -> Any:
    """Lists what waits; on POST decides on one row, and shows again what is refused."""
    if not queue.is_for(request.user):
        raise PermissionDenied
    refused = None
    if request.method == "POST":
        refused = _decide(request, queue)
        if refused is None:
            return redirect(request.get_full_path())
    own = queue.own(request.user)
    page = Paginator(queue.waiting().exclude(own), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    if refused and refused.subject not in rows:
        # Somebody decided in the meantime: what was typed is still shown.
        rows.insert(0, refused.subject)
    shown = [_item(row, queue, refused) for row in rows]
    context |= {"title": queue.title, "page": page, "shown": shown, "own": queue.waiting().filter(own)[:OWN]}
    return render(request, queue.template, context)


def _decide(request: Any, queue: Queue) -> VerbForm | None:
    """Carries out one decision. Returns its form, with what was typed, where it was refused."""
    pk, verb_name = key_in(request.POST.get(queue.name, "")), request.POST.get("verb")
    if verb_name not in queue.verbs or pk is None:
        raise Http404
    row = get_object_or_404(queue.in_full(), pk=pk)
    form_class, verb = queue.verbs[verb_name]
    form = form_class(request.POST, subject=row, auto_id=f"{row.pk}-%s")
    said = queue.said(row)
    if not form.is_valid():
        messages.error(request, f"“{said}”: not done. What is missing or wrong stands beside it.")
        return form
    try:
        verb(row, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, f"“{said}”: {refusal}")
        return form
    messages.success(request, f"{'Approved' if verb_name == 'approve' else 'Rejected'}: “{said}”.")
    return None


def _item(row: Any, queue: Queue, refused: VerbForm | None) -> dict[str, Any]:
    """One row of the list, with the form it was refused with, if it was."""
    reject, _ = queue.verbs["reject"]
    typed = refused if refused and refused.subject == row and isinstance(refused, reject) else None
    if typed:
        typed.subject = row
    form = typed.about_now() if typed else reject(subject=row, auto_id=f"{row.pk}-%s")
    return {queue.name: row, **queue.beside(row), "reject": form, "open": bool(typed)}
