"""The takedowns of the desk: all of them, and the page of one, on which somebody else confirms it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from events.admin import signed_out
from events.admin.decision import told_at
from events.admin.desk import asking, asking_of_decisions
from events.admin.listing import Bounded
from events.admin.reach import held
from events.editorial import takedowns, working
from events.editorial.going import copies_of
from events.editorial.holding import may, may_at_all
from events.editorial.moves import ASK_TAKEDOWN as ASK
from events.editorial.moves import CONFIRM_TAKEDOWN, ERASE_REASON, TAKE_BACK_TAKEDOWN, Move
from events.editorial.reach import within
from events.editorial.refused import Refused
from events.erasing.job import Stage, stages_of
from events.erasing.rows import name_of, row_of, with_what_rests_on
from events.models import Decision, Story, Takedown, TakedownPart

CONFIRM = CONFIRM_TAKEDOWN.permission
A_PAGE, MOST_NAMED = 20, 50
State = Takedown.State
HEADINGS = {
    State.ASKED: "Waiting for another administrator",
    State.ERASING: "Being erased",
    State.DONE: "Done",
    State.TAKEN_BACK: "Taken back",
}
"""In the order in which they are listed."""


class SeenForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, *args: Any, takedown: Takedown, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": takedown.version}, **kwargs)
        self.slug = takedown.story.slug


class ConfirmForm(SeenForm):
    """Whoever confirms types of which story it is, and so not by a slip of the hand."""

    slug = forms.CharField(widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].label = f"Type {self.slug} to confirm"

    def clean_slug(self) -> str:
        if self.cleaned_data["slug"] != self.slug:
            raise forms.ValidationError(f"That is not the story: type {self.slug}, then try again.")
        return self.slug


Deed = tuple[Move, type[SeenForm], Callable[..., object], str]
DEEDS: dict[str, Deed] = {
    "confirm": (
        CONFIRM_TAKEDOWN,
        ConfirmForm,
        takedowns.confirm,
        "Confirmed: readers and the desk see none of it. Its bytes are being erased.",
    ),
    "take-back": (
        TAKE_BACK_TAKEDOWN,
        SeenForm,
        takedowns.take_back,
        "Taken back: nothing was taken down.",
    ),
    "erase-reason": (
        ERASE_REASON,
        SeenForm,
        takedowns.erase_reason,
        "Erased: nobody reads here why it was taken down, or by which order.",
    ),
}
"""What can be sent to the page of one: the move, what it is told, what does it, and what is said then."""


def urls(site: Any) -> list[Any]:
    """The addresses of these pages on ``site``; they must come before those of the models."""
    return [
        path("takedowns/", site.admin_view(partial(listed, site=site)), name="takedowns"),
        path("takedowns/<int:pk>/", site.admin_view(partial(page, site=site)), name="takedown"),
        *asking.urls(site),
        *asking_of_decisions.urls(site),
    ]


def is_for(request: Any) -> bool:
    """Whether who asks may ask for a takedown anywhere, or confirm one."""
    return may_at_all(request.user, ASK, CONFIRM, held=held(request))


def are_confirmed_by(request: Any) -> bool:
    """Whether who asks may confirm one anywhere."""
    return may_at_all(request.user, CONFIRM, held=held(request))


def waiting_for(request: Any) -> QuerySet[Takedown]:
    """Those that wait for who asks to confirm them, as another asked for them."""
    asked = Takedown.objects.filter(state=State.ASKED).exclude(asked_by=request.user)
    return within(asked, request.user, CONFIRM, held=held(request))


def _open_to(request: Any) -> QuerySet[Takedown]:
    found = within(Takedown.objects.all(), request.user, ASK, CONFIRM, held=held(request))
    return found.select_related("story", "asked_by", "confirmed_by", "taken_back_by")


def listed(request: Any, *, site: Any) -> Any:
    """All that ``request.user`` may see, what waits first, the latest first of each state."""
    if not is_for(request):
        raise PermissionDenied
    order = Case(*(When(state=state, then=Value(place)) for place, state in enumerate(HEADINGS)))
    rows = _open_to(request).order_by(order, "-asked_at", "-pk").prefetch_related("parts")
    on = Bounded(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": "Takedowns",
        "page": on,
        "shown": [_line(takedown) for takedown in on],
    }
    return TemplateResponse(request, "admin/events/takedowns.html", context)


def _line(takedown: Takedown) -> dict[str, Any]:
    return {
        "takedown": takedown,
        "heading": HEADINGS[State(takedown.state)],
        "asked": told_at(takedown.asked_at, takedown.story),
        "done": told_at(takedown.done_at, takedown.story),
        "steps": _steps(takedown),
    }


def _steps(takedown: Takedown) -> dict[str, Any]:
    """How far the erasing is, of how many steps, and what is being done."""
    stages: list[Stage] = stages_of(takedown)
    return {
        "all": len(stages),
        "done": sum(stage.done for stage in stages),
        "now": next((stage.label for stage in stages if stage.at_work), ""),
    }


def page(request: Any, pk: int, *, site: Any) -> Any:
    """One takedown; with a POST, one deed of it."""
    takedown = get_object_or_404(_open_to(request), pk=pk)
    refused: dict[str, SeenForm] = {}
    if request.method == "POST":
        name = request.POST.get("deed", "")
        if (form := _refused(request, takedown, name)) is None:
            return redirect("admin:takedown", pk)
        takedown, refused = get_object_or_404(_open_to(request), pk=pk), {name: form}
    elif (typed := signed_out.shown_again(request)) and typed.get("deed") == "confirm":
        refused = {"confirm": ConfirmForm(typed, takedown=takedown, auto_id="confirm_%s")}
    context = {
        **site.each_context(request),
        **_line(takedown),
        **_who_confirms(takedown, request.user),
        "title": f"{takedown} of “{takedown.story}”",
        "story": takedown.story,
        "parts": [_told(takedown, part) for part in takedown.parts.all()],
        "history": _history(takedown),
        "forms": _forms(takedown, request, refused),
        "at_work": not working.worker(),
    }
    return TemplateResponse(request, "admin/events/takedown.html", context)


def _who_confirms(takedown: Takedown, person: Any) -> dict[str, Any]:
    """Whether ``person`` asked for it; who may confirm it, and what is run on the server where nobody may."""
    others = takedowns.others_who_confirm(takedown.asked_by)
    return {
        "own": takedown.asked_by_id == person.pk,
        "others": others,
        "command": "" if others else asking.command_for(takedown.story, takedown.parts.all(), person),
    }


def _forms(takedown: Takedown, request: Any, refused: dict[str, SeenForm]) -> dict[str, SeenForm]:
    """A form for each deed that is offered; the one just refused with what was typed."""
    fresh = {
        name: form_class(takedown=takedown, auto_id=f"{name}_%s")
        for name, (move, form_class, _, _) in DEEDS.items()
        if _offered(takedown, name, move, request)
    }
    return {name.replace("-", "_"): form for name, form in (fresh | refused).items()}


def _offered(takedown: Takedown, name: str, move: Move, request: Any) -> bool:
    """Whether its button is shown; the verb itself decides again."""
    if takedown.state not in move.sources or (name == "erase-reason" and takedown.reason_erased_at):
        return False
    if name == "confirm" and takedown.asked_by_id == request.user.pk:
        return False
    return may(request.user, move.permission, takedown.story, held(request))


def _refused(request: Any, takedown: Takedown, name: str) -> SeenForm | None:
    """Carries out what was sent, and says so; where that is not done, its form with what was typed."""
    if name not in DEEDS:
        raise Http404
    move, form_class, deed, said = DEEDS[name]
    if not may(request.user, move.permission, takedown.story, held(request)):
        raise PermissionDenied
    form = form_class(request.POST, takedown=takedown, auto_id=f"{name}_%s")
    if not form.is_valid():
        messages.error(request, "Not done. What is missing or wrong stands beside it.")
        return form
    try:
        deed(takedown, by=request.user, seen=form.cleaned_data["seen"])
    except Refused as refused:
        messages.error(request, str(refused))
        form.data = form.data.copy()
        form.data["seen"] = Takedown.objects.get(pk=takedown.pk).version
        return form
    messages.success(request, said)
    return None


def _told(takedown: Takedown, part: TakedownPart) -> dict[str, Any]:
    """What one part takes, without words: where readers have it, and the rows of the desk."""
    story = takedown.story
    row = takedowns.desk_row(story, part.row) if part.row else row_of(story, part.subject)
    rows = [] if row is None else [row]
    if rows and takedown.state == State.ASKED and not part.editions:
        rows = with_what_rests_on(rows)
    copies = _copies(takedown, part)
    return {
        "name": part.subject or part.row,
        "editions": part.editions,
        "of_decision": isinstance(row, Decision),
        "address": address_of(story, part.subject),
        "rows": [_named(each) for each in rows[:MOST_NAMED]],
        "more": len(rows) - len(rows[:MOST_NAMED]),
        "copies": copies[:MOST_NAMED],
        "more_copies": len(copies) - len(copies[:MOST_NAMED]),
    }


def _copies(takedown: Takedown, part: TakedownPart) -> list[str]:
    """What would go with one part, as long as it can be confirmed."""
    if takedown.state != State.ASKED:
        return []
    try:
        return copies_of(takedown.story, takedowns.Part(part.subject, tuple(part.editions), part.row))
    except Refused:
        return []


def _named(row: Any) -> dict[str, str]:
    model = row._meta.model_name
    return {"name": name_of(row), "address": reverse(f"admin:events_{model}_change", args=[row.pk])}


def address_of(story: Story, subject: str) -> str:
    """Where readers have ``subject``; empty of what they never saw."""
    facet, _, name = subject.partition("/")
    if not name:
        return ""
    if facet == "page":
        return reverse("page", args=[story.slug, story.calendar.number_of(date.fromisoformat(name))])
    if facet == "text":
        return reverse("text", args=[story.slug, name])
    if facet == "entry":
        return reverse("entry", args=[story.slug, int(name)])
    return reverse("term_by_number", args=[story.slug, facet, int(name)])


def _history(takedown: Takedown) -> list[tuple[str, Any, str]]:
    """What was done of it: when, by whom, and what."""
    deeds = takedown.decisions.select_related("by").order_by("pk")
    return [(told_at(each.at, takedown.story), each.by, each.done) for each in deeds]
