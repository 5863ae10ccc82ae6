"""The page on which moderators decide: one thing at a time, of whatever kind, and after each the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from events.admin import signed_out
from events.admin.desk.queue import Looked, Queue, Waiting, in_order, look_for, look_through
from events.admin.desk.review import CITATIONS
from events.admin.desk.reviewing import citation, keeping, waiting
from events.admin.desk.reviewing.deciding import asked_again, decide, item_of
from events.admin.desk.waiting import queues_of
from events.admin.keys import key_in
from events.admin.listing import AtLeast, Counted
from events.admin.reach import held
from events.admin.verbs import VerbForm
from events.editorial import undoing
from events.editorial.holding import may_at_all
from events.editorial.moves import OPEN_ORIGINAL
from events.editorial.refused import Refused

ASIDE = 50
"""How many of one's own are named, which others decide on, and how many that others have claimed."""


@dataclass(frozen=True)
class Review:
    """What waits for who asks, and what is left of it as the page was asked to narrow it; whether ``more``
    waits than was looked through, and ``left_more`` of what is left."""

    queues: dict[str, Queue]
    rows: list[Waiting]
    left: list[Waiting]
    own: list[Waiting]
    kept: list[Waiting]
    more: bool
    left_more: bool
    narrow: str


def show(request: HttpRequest, site: Any) -> HttpResponse:
    """One thing in full beside the queue; on POST a decision, after which the next one is shown.

    ``?citation=``, ``?medium=`` or ``?proposal=`` says which, ``?of=`` what the queue is narrowed to. What is
    refused is shown again, with what was typed.
    """
    queues = queues_of(request)
    if not queues:
        raise PermissionDenied
    review = _review(request, queues)
    if request.method == "POST":
        if request.POST.get("verb") == "undo":
            return _undo(request, queues)
        name, pk = _named(request.POST, queues)
        if pk is None:
            raise Http404
        refused, leads_to = _done(request, review, name, pk)
        if leads_to:
            return redirect(leads_to)
    else:
        name, pk, refused = _asked(request, queues)
    context = site.each_context(request) | _queue(review, name, pk, refused)
    for entry in context["shown"]:
        entry["handing"] = keeping.handing(request, entry["of"], entry["row"])
    context |= {
        "title": "Review",
        "undoable": _undoable(request, queues),
        "may_open": may_at_all(request.user, OPEN_ORIGINAL, held=held(request)),
    }
    return TemplateResponse(request, "admin/events/review.html", context)


def _done(request: HttpRequest, review: Review, name: str, pk: int) -> tuple[VerbForm | None, str]:
    """Does what was sent about the row ``pk``: where that leads, or the form that was refused. What was typed
    to hand it on is in its form again."""
    verb = request.POST.get("verb")
    if verb not in keeping.VERBS:
        refused = decide(request, review.queues[name])
        return refused, "" if refused else _following(review, name, pk)
    is_done = keeping.carry_out(request, review.queues[name], pk)
    if verb != keeping.HAND:
        return None, address(review.narrow, (name, pk))
    return None, _following(review, name, pk) if is_done else ""


def _review(request: HttpRequest, queues: dict[str, Queue]) -> Review:
    found, more = look_through(request, queues)
    rows = waiting.in_turn(found)
    others, own = [one for one in rows if one.is_left], [one for one in rows if one.is_own]
    kept = [one for one in rows if one.is_kept and not one.is_own]
    narrow = request.GET.get("of", "")
    left, left_more = _narrowed(request, queues, others, narrow, more=more)
    return Review(queues, others, left, own, kept, more, left_more, narrow)


def _narrowed(
    request: HttpRequest, queues: dict[str, Queue], others: list[Waiting], narrow: str, *, more: bool
) -> Looked:
    """What the queue is narrowed to of ``others``; where ``more`` waits behind these, of that as well.

    Where none of these is for who asks, the first that is may wait behind them.
    """
    further = waiting.told_by(narrow) or ({} if others else {"is_own": False})
    if not (more and further):
        return waiting.narrowed(others, narrow), more
    found, more = look_for(request, queues, further)
    left = [one for one in waiting.in_turn(found) if one.is_left]
    return waiting.narrowed(left, narrow), more


def _number(rows: Sequence[Waiting], more: bool) -> int:
    """How many ``rows`` there are; at least, where nobody counted further."""
    return AtLeast(len(rows)) if more else Counted(len(rows))


def _asked(request: HttpRequest, queues: dict[str, Queue]) -> tuple[str, int | None, VerbForm | None]:
    """Which row of which queue is asked for; or what was sent by somebody who was signed out."""
    for name, queue in queues.items():
        if form := asked_again(request, queue):
            return name, form.subject.pk, form
    typed = signed_out.waiting(request)
    if typed is not None and typed.get("verb") == keeping.HAND:
        request.POST = signed_out.shown_again(request)
        return *_named(request.POST, queues), None
    return *_named(request.GET, queues), None


def _named(asked: Any, queues: dict[str, Queue]) -> tuple[str, int | None]:
    """Which row of which queue is asked for, or sent."""
    for name in queues:
        pk = key_in(asked.get(name, ""))
        if pk is not None:
            return name, pk
    return "", None


def _queue(review: Review, name: str, pk: int | None, refused: VerbForm | None) -> dict[str, Any]:
    """The queue about the row ``pk`` of ``name``, or about its first, and that in full."""
    left = review.left
    at = waiting.place(left, name, pk)
    is_kept = waiting.place(review.kept, name, pk) is not None
    if at is None and refused is None and not is_kept:
        at = 0
        name, pk = (left[0].of, left[0].pk) if left else ("", None)
    about = waiting.about(left, at or 0)
    own, kept = review.own[:ASIDE], review.kept[:ASIDE]
    heads = waiting.heads([*about, *own, *kept], review.rows, review.queues)
    return {
        "of": review.narrow,
        "choices": waiting.choices(review.rows, heads, more=review.more),
        "total": _number(left, review.left_more),
        "oldest": min((one.since for one in left), default=None),
        "queue": waiting.lines(about, heads),
        "kept": waiting.lines(kept, heads),
        "own": waiting.lines(own, heads),
        "place": None if at is None else at + 1,
        "shown": [_entry(review.queues[name], pk, refused)] if pk else [],
        **_beside(review, at),
    }


def address(narrow: str = "", row: tuple[str, int] | None = None, undo: str = "") -> str:
    """Where ``row`` is read, in the queue narrowed to that; ``undo`` was just decided on: “citation-12”."""
    given = {"of": narrow, **(dict([row]) if row else {}), "undo": undo}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse('admin:review')}?{query}" if query else reverse("admin:review")


def _of(one: Waiting | None) -> tuple[str, int] | None:
    return (one.of, one.pk) if one else None


def _following(review: Review, name: str, pk: int | None) -> str:
    """Where what comes after the row that was just decided on is read."""
    at = waiting.place(review.left, name, pk)
    following = waiting.after(review.left, -1 if at is None else at)
    return address(review.narrow, _of(following), undo=f"{name}-{pk}")


def _undo(request: HttpRequest, queues: dict[str, Queue]) -> HttpResponse:
    """Takes back what was decided last, and shows it again."""
    (name, pk), seen = _named(request.POST, queues), key_in(request.POST.get("seen", ""))
    if pk is None or seen is None:
        raise Http404
    queue = queues[name]
    row = get_object_or_404(queue.open_to(request), pk=pk)
    try:
        undoing.undo(row, by=request.user, seen=seen)
    except Refused as refusal:
        messages.error(request, f"“{queue.said(row)}”: {refusal}")
        return redirect(address(request.GET.get("of", "")))
    # A source that was renamed is called as before.
    messages.success(request, f"Undone: “{queue.said(queue.in_full().get(pk=pk))}” waits again.")
    return redirect(address(request.GET.get("of", ""), (name, pk)))


def _undoable(request: HttpRequest, queues: dict[str, Queue]) -> dict[str, Any] | None:
    """What was decided on just before, and its version while that can still be undone, or why it cannot."""
    name, _, key = request.GET.get("undo", "").partition("-")
    pk = key_in(key)
    if name not in queues or pk is None:
        return None
    last = undoing.last_of(queues[name].in_full().model, pk, request.user)
    return None if last is None else {"of": name, "pk": pk, "last": last}


def _beside(review: Review, at: int | None) -> dict[str, str]:
    """The addresses of what stands before and after the one that is read."""
    left, found = review.left, {}
    if at is not None and at > 0:
        found["before"] = address(review.narrow, _of(left[at - 1]))
    if at is not None and at + 1 < len(left):
        found["next"] = address(review.narrow, _of(left[at + 1]))
    return found


def _entry(queue: Queue, pk: int, refused: VerbForm | None) -> dict[str, Any]:
    """The row ``pk`` of ``queue`` with all that is shown of it."""
    rows = in_order([pk], queue)
    if not rows:
        raise Http404
    (row,) = rows
    queue.foresee(rows)
    return {
        **item_of(row, queue, refused),
        "past": queue.past(rows).get(pk),
        "middle": f"admin/events/review/{queue.name}.html",
        "aside": f"admin/events/review/{queue.name}_beside.html",
        **(citation.told(row) if queue is CITATIONS else {}),
    }
