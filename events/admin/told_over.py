"""Whoever saved a row, and whose save another one was merged with, is told so on their next page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html

from events.admin.wording import in_order, label_of
from events.editorial.remembering import changed_names
from events.models import Revision

MOST = 5


def telling_whose_words(view: Callable[..., Any]) -> Callable[..., Any]:
    """``view`` of the desk, above which that is said."""

    @wraps(view)
    def told(request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method == "GET" and request.user.is_authenticated and _is_page(request):
            _tell(request)
        return view(request, *args, **kwargs)

    return told


def _is_page(request: Any) -> bool:
    """Whether a person looks at what is answered: scripts ask for parts of pages, and show no messages."""
    return request.headers.get("Sec-Fetch-Dest", "document") == "document"


def _tell(request: Any) -> None:
    if not getattr(request.user, "is_told", True):
        return
    waiting = Revision.objects.filter(tells=request.user).select_related("by")
    for revision in waiting.order_by("pk")[:MOST]:
        if Revision.objects.filter(pk=revision.pk, tells=request.user).update(tells=None):
            sentence = _sentence(revision, request.user)
            if sentence:
                messages.warning(request, sentence)


def _sentence(revision: Revision, person: Any) -> str:
    """Who saved after ``person``, and what is otherwise than they saved it; empty where the row is gone."""
    model = apps.get_model("events", revision.model)
    row = model.objects.filter(pk=revision.key).first()
    if row is None:
        return ""
    earlier = Revision.objects.filter(model=revision.model, key=revision.key, saved=True, by=person)
    own = earlier.filter(pk__lt=revision.pk).first()
    names = changed_names(own.after, revision.after) if own else []
    labels = ", ".join(label_of(model, name).capitalize() for name in in_order(model, names))
    said = f"Otherwise than you saved it: {labels}." if labels else "All that you saved was taken as it is."
    return format_html(
        "{} saved “{}” after you, having written at the same time. {} Your words stand in <a href='{}'>its "
        "history</a>.",
        *(str(revision.by), str(row), said),
        reverse(f"admin:events_{revision.model}_history", args=[row.pk]),
    )
