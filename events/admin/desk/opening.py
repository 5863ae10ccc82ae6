"""The page on which a story is opened to readers: what that prints, what it holds back, how far it is."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from chronicle import wording
from chronicle.models import Chronicle
from events.admin import by_clock, signed_out
from events.admin.decision import told_at
from events.editorial import foreseeing, opening, working
from events.editorial.holding import may
from events.editorial.moves import CANCEL_OPENING, OPEN, SET_OPENING
from events.editorial.reach import stories_of
from events.editorial.refused import Refused
from events.editorial.showing import uses_of
from events.models import Citation, Day, Event, Story, Text
from events.models.story import LONGEST_DOMAIN

MOST_NAMED = 50
"""How many of what is held back are named."""
HISTORY = (OPEN.verb, SET_OPENING.verb, CANCEL_OPENING.verb)


class OpeningForm(forms.Form):
    """When it is opened, and under which domain it is known from then on."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    domain = forms.CharField(
        label="Domain in its seals",
        max_length=LONGEST_DOMAIN,
        help_text="Whoever checks the record knows the chronicle by it, for good: the name of your site.",
    )
    at = by_clock.time_field(required=False, help_text="Empty: at once.")
    known = forms.BooleanField(
        label="I know that it cannot be closed again: what readers saw can be withdrawn, not hidden.",
        error_messages={"required": "Say that you know it, then try again."},
    )
    use_required_attribute = False

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        initial = {
            "seen": story.version,
            "domain": story.open_origin or settings.CHRONICLE_ORIGIN,
            "at": by_clock.to_be_typed(story.open_at, story),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.story = story
        self.fields["at"].label = by_clock.label_of(story)

    def clean_at(self) -> Any:
        return by_clock.instant_of(self.cleaned_data["at"], self.story)


def urls(site: Any) -> list[Any]:
    """The address of the page on ``site``; it must come before those of the stories."""
    view = site.admin_view(partial(page, site=site))
    return [path("events/story/<int:pk>/opening/", view, name="opening")]


def page(request: Any, pk: int, *, site: Any) -> Any:
    """What the opening comes to; with a POST, one deed of it."""
    story = get_object_or_404(stories_of(request.user, "events.view_story"), pk=pk)
    may_open = may(request.user, OPEN.permission, story)
    typed = signed_out.shown_again(request)
    form = OpeningForm(typed if typed and typed.get("deed") == "open" else None, story=story)
    if request.method == "POST":
        if not may_open:
            raise PermissionDenied
        deed = DEEDS.get(request.POST.get("deed", ""))
        if deed is None:
            raise Http404
        form = OpeningForm(request.POST, story=story)
        if _done(request, story, form, deed):
            return redirect("admin:opening", pk)
    story.refresh_from_db()
    context = {
        **site.each_context(request),
        **(_of_an_open_one(story) if story.opened_at else _of_one_to_open(story)),
        "title": f"Opening of “{story}”",
        "story": story,
        "form": form,
        "may_open": may_open,
        "history": _history(story),
        "opts": Story._meta,
    }
    return TemplateResponse(request, "admin/events/opening.html", context)


def _done(request: Any, story: Story, form: OpeningForm, deed: Callable[..., str]) -> bool:
    """Carries out what was sent; says so, or why not."""
    try:
        said = deed(story, form, request.user)
    except ValidationError:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
        form.data = form.data.copy()
        form.data["seen"] = Story.objects.get(pk=story.pk).version
        return False
    if said:
        messages.success(request, said)
    else:
        messages.error(request, "Not done. What is missing or wrong stands beside it.")
    return bool(said)


def _open(story: Story, form: OpeningForm, by: Any) -> str:
    if not form.is_valid():
        return ""
    seen, domain, at = (form.cleaned_data[name] for name in ("seen", "domain", "at"))
    if at:
        opening.set_opening(story, by=by, seen=seen, domain=domain, at=at)
        return f"It opens on {wording.at_words(at, story.clock.zone)}. Until then readers see nothing of it."
    opening.open_story(story, by=by, seen=seen, domain=domain)
    opening.print_waiting(story.pk, timezone.now())
    return "It is open: readers see it."


def _cancel(story: Story, form: OpeningForm, by: Any) -> str:
    seen = form.fields["seen"].clean(form.data.get("seen"))
    opening.cancel_opening(story, by=by, seen=seen)
    return "Cancelled: it is opened at no time until somebody says when."


def _go_on(story: Story, form: OpeningForm, by: Any) -> str:
    batch = opening.print_waiting(story.pk, timezone.now())
    if batch is None:
        return "Nothing waits any more."
    return f"Printed: {batch.printed}. Held back: {len(batch.held_back)}."


DEEDS: dict[str, Callable[[Story, OpeningForm, Any], str]] = {
    "open": _open,
    "cancel": _cancel,
    "go-on": _go_on,
}
"""What can be sent, and what it does. Each tells what was done; nothing where its form says what is wrong."""


def _of_one_to_open(story: Story) -> dict[str, Any]:
    """What an opening would print now, and what it would hold back."""
    now = timezone.now()
    held, waiting = foreseeing.held_back(story, now), foreseeing.events_awaiting(story, now)
    events = Event.objects.filter(day__story=story)
    later = events.filter(state=Event.State.SCHEDULED, publish_at__gt=now)
    return {
        "opens": told_at(story.open_at, story),
        "unprinted": waiting.count(),
        "days": foreseeing.words_awaiting(Day, story).count(),
        "texts": foreseeing.words_awaiting(Text, story).count(),
        "later": later.count(),
        "staying": events.filter(state__in=[Event.State.DRAFT, Event.State.SUBMITTED]).count(),
        "held_count": held.count(),
        "held": [(_address(event), event.headline, why) for event, why in _why(held)],
        "held_words": [(_address(row), str(row), why) for row, why in foreseeing.words_held_back(story)],
        "parts": [story.morning_begins, story.afternoon_begins, story.evening_begins],
    }


def _why(held: Any) -> list[tuple[Event, str]]:
    """The first of the events that are held back, each with all that stands against it."""
    related = ("day__story", "kind", "scheduled_by")
    cited = Prefetch("citations", Citation.objects.select_related("source"))
    events = list(held.select_related(*related).prefetch_related(cited)[:MOST_NAMED])
    shown = uses_of(events)
    return [
        (event, foreseeing.why_held_back(event, event.citations.all(), shown[event.pk])) for event in events
    ]


def _of_an_open_one(story: Story) -> dict[str, Any]:
    """How far the printing of what waited is, and what of it was held back."""
    waiting = foreseeing.count_awaiting(story, timezone.now())
    refused = Event.objects.filter(day__story=story, state=Event.State.SCHEDULED, publish_at=None)
    refused = refused.exclude(schedule_refusal="").order_by("day__date", "earliest", "pk")
    words = [
        row
        for model in (Text, Day)
        for row in model.objects.filter(story=story).exclude(awaits_refusal="").select_related("story")
    ]
    chronicle = Chronicle.objects.filter(key=story.key).first()
    return {
        "opened": told_at(story.opened_at, story),
        "chronicle": chronicle,
        "unprinted": waiting,
        "printed": Event.objects.filter(day__story=story, published_version__gt=0).count(),
        "at_work": not working.worker(),
        "held_count": refused.count(),
        "held": [(_address(event), event.headline, event.schedule_refusal) for event in refused[:MOST_NAMED]],
        "held_words": [(_address(row), str(row), row.awaits_refusal) for row in words],
    }


def _address(row: Any) -> str:
    return reverse(f"admin:events_{row._meta.model_name}_change", args=[row.pk])


def _history(story: Story) -> list[tuple[str, Any]]:
    decisions = story.decisions.filter(verb__in=HISTORY).select_related("by")[:MOST_NAMED]
    return [(told_at(decision.at, story), decision) for decision in decisions]


def standing_words(story: Story) -> str:
    """Since when readers see ``story``, or when they will."""
    if story.opened_at:
        return f"since {told_at(story.opened_at, story)}"
    if story.open_refusal:
        return "nothing of it: it was not opened at its time"
    return f"from {told_at(story.open_at, story)} on" if story.open_at else "nothing of it"
