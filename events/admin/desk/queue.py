"""A list of what waits for a moderator, ten a page, each decided on where it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from chronicle.site.differences import Change, pieces
from events.admin.keys import key_in
from events.admin.listing import MOST_TOLD, MOST_WAITING, AtLeast
from events.admin.reach import held
from events.admin.verbs import VerbForm
from events.editorial.holding import may_at_all
from events.editorial.reach import within
from events.editorial.refused import Refused
from events.models.decision import DONE

A_PAGE, OWN, MOST_WINDOWS = 10, 50, 20
PENDING = Q(state="pending")


@dataclass(frozen=True)
class Queue:
    """Rows that are decided on one by one, and how they are shown.

    ``name`` is what a row is called in a post and in the template, ``verbs`` are approve and reject with
    their forms, ``permissions`` those of which one lets in. ``in_full`` reads a row with all that is shown
    of it, ``own`` tells whose words it has, ``said`` what it is called, ``beside`` what is shown besides;
    ``waits`` says which rows are in the list, ``order`` which of them come first, ``likely`` is the verb of
    the first button, and what that says; ``past`` tells, by their primary keys, what was done with rows and
    their words before, and ``foresee`` reads together what the forms of each ask for.
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
    waits: Q = PENDING
    order: Sequence[Any] = ("submitted_at", "pk")
    likely: Callable[[Any], tuple[str, str]] = lambda row: ("approve", "Approve")
    past: Callable[[Sequence[Any]], Mapping[int, Any]] = lambda rows: {}
    foresee: Callable[[Sequence[Any]], None] = lambda rows: None

    def is_for(self, request: Any) -> bool:
        return may_at_all(request.user, *self.permissions, held=held(request))

    def open_to(self, request: Any) -> QuerySet[Any]:
        """The rows of the stories in which who asks may decide."""
        return within(self.in_full(), request.user, *self.permissions, held=held(request))

    def waiting(self, request: Any) -> QuerySet[Any]:
        """What waits of these, in the order in which it is decided."""
        return self.open_to(request).filter(self.waits).order_by(*self.order)

    def first(self, request: Any) -> QuerySet[Any]:
        """The keys of what waits first, MOST_TOLD at most."""
        return self.waiting(request).values("pk")[:MOST_TOLD]

    def others_first(self, request: Any) -> QuerySet[Any]:
        """Those of these rows whose words are somebody else's."""
        window = self.in_full().filter(pk__in=self.first(request)).order_by()
        theirs = ExpressionWrapper(self.own(request.user), BooleanField())
        return window.annotate(theirs=theirs).filter(theirs=False).values("pk")

    def looked_through(self, request: Any) -> tuple[list[int], list[int], bool]:
        """The keys of what waits for who asks and of what waits but is theirs, in their order, and whether
        more waits behind: of MOST_WAITING rows, or as many more as are all their own."""
        found = getattr(request, "looked_through", {}).get(self.name)
        if found is None:
            found = self._look_through(request)
            request.looked_through = {**getattr(request, "looked_through", {}), self.name: found}
        return found

    def _look_through(self, request: Any) -> tuple[list[int], list[int], bool]:
        others: list[int] = []
        own: list[int] = []
        waiting = self.waiting(request).values("pk")
        for start in range(0, MOST_WINDOWS * MOST_WAITING, MOST_WAITING):
            # The window is read from its index; whose each is, is asked of what lies in it.
            window = self.in_full().filter(pk__in=waiting[start : start + MOST_WAITING])
            theirs = window.annotate(theirs=ExpressionWrapper(self.own(request.user), BooleanField()))
            found = list(theirs.order_by(*self.order).values_list("pk", "theirs"))
            others += [key for key, is_own in found if not is_own]
            own += [key for key, is_own in found if is_own]
            if others or len(found) < MOST_WAITING:
                return others, own, len(found) == MOST_WAITING
        return others, own, True

    def count(self, request: Any) -> int:
        """How many wait for who asks, of those that wait first: their own words wait for somebody else."""
        others, _, more = self.looked_through(request)
        return AtLeast(len(others)) if more and others else len(others)


def review(request: Any, queue: Queue, context: dict[str, Any]) -> Any:
    """Lists what waits; on POST decides on one row, and shows again what is refused."""
    if not queue.is_for(request):
        raise PermissionDenied
    refused = None
    if request.method == "POST":
        refused = _decide(request, queue)
        if refused is None:
            return redirect(request.get_full_path())
    others, own, _ = queue.looked_through(request)
    pages = Paginator(others, A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    pages.count = queue.count(request)
    rows = in_order(page.object_list, queue)
    if refused and refused.subject not in rows:
        # Somebody decided in the meantime: what was typed is still shown.
        rows.insert(0, refused.subject)
    past = queue.past(rows)
    queue.foresee(rows)
    shown = [{**_item(row, queue, refused), "past": past.get(row.pk)} for row in rows]
    context |= {"title": queue.title, "page": page, "shown": shown, "own": in_order(own[:OWN], queue)}
    return render(request, queue.template, context)


def in_order(keys: Sequence[int], queue: Queue) -> list[Any]:
    """The rows of these keys, in their order, with all that is shown of them."""
    rows = queue.in_full().order_by().in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _decide(request: Any, queue: Queue) -> VerbForm | None:
    """Carries out one decision. Returns its form, with what was typed, where it was refused."""
    pk, verb_name = key_in(request.POST.get(queue.name, "")), request.POST.get("verb")
    if verb_name not in queue.verbs or pk is None:
        raise Http404
    row = get_object_or_404(queue.open_to(request), pk=pk)
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
        form.refusal = refusal
        return form
    messages.success(request, f"{DONE[verb_name].capitalize()}: “{said}”.")
    return None


def _item(row: Any, queue: Queue, refused: VerbForm | None) -> dict[str, Any]:
    """One row of the list, with the form it was refused with, if it was."""
    typed = refused if refused and refused.subject == row else None
    if typed:
        typed.subject = row
    forms = {name: _form(form, row, typed) for name, (form, _) in queue.verbs.items()}
    verb, label = queue.likely(row)
    return {
        queue.name: row,
        **queue.beside(row),
        "verb": verb,
        "label": label,
        "waits": row.state == "pending" or verb == "confirm",
        "deciding": forms[verb],
        "reject": forms["reject"],
        "open": isinstance(typed, queue.verbs["reject"][0]),
        "differences": changed_since(typed.refusal) if typed else [],
    }


def _form(form_class: type[VerbForm], row: Any, typed: VerbForm | None) -> VerbForm:
    """The form of one verb, with what was typed where it was this that was refused."""
    if type(typed) is form_class:
        return typed.about_now()
    return form_class(subject=row, auto_id=f"{row.pk}-{form_class.__name__}-%s")


def changed_since(refusal: Refused | None) -> list[Change]:
    """What is another now than it was shown, word by word."""
    differences = getattr(refusal, "differences", [])
    return [Change(each.label, pieces(each.shown, each.now)) for each in differences]
