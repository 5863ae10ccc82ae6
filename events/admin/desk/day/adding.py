"""The line at the foot of a day that adds an event: when, headline, kind. The rest is written on its page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from chronicle.site import sections
from events import moments
from events.admin.desk.writing.reading import span
from events.admin.event import said_of_reading
from events.editorial import arranging, writing
from events.editorial.refused import Refused
from events.models import Day, Event, Kind

EMPTY = "Empty: some time that day."
LONGEST_WORDING = Event._meta.get_field("wording").max_length


class AddForm(forms.Form):
    """What one line takes. Its fields stand in one row, and so does what is wrong with them below it."""

    wording = forms.CharField(label="When", max_length=LONGEST_WORDING, required=False)
    headline = forms.CharField(max_length=Event._meta.get_field("headline").max_length)
    kind_of_new = forms.ModelChoiceField(Kind.objects.none(), label="Kind", empty_label="Kind")
    prefix = None

    def __init__(self, *args: Any, kinds: Sequence[Kind], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="new_%s", label_suffix="", **kwargs)
        field: Any = self.fields["kind_of_new"]
        field.queryset = Kind.objects.filter(pk__in=[kind.pk for kind in kinds])
        field.choices = [("", "Kind"), *((kind.pk, str(kind)) for kind in kinds)]
        for name in ("wording", "headline"):
            self.fields[name].widget.attrs |= {"dir": "auto", "autocomplete": "off"}
        self.fields["wording"].widget.attrs["aria-describedby"] = "reading"


def add(form: AddForm, day: Day, *, by: Any) -> Event | None:
    """The event that ``form`` adds to ``day``; None, with an error in the form, where it adds none."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    event = Event(
        day=day, kind=given["kind_of_new"], headline=given["headline"], wording=given["wording"].strip()
    )
    try:
        return writing.save_event(event, by=by, places=(), actors=())
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def added_words(event: Event) -> str:
    return f"Added: “{event}”, {span(event, event.story)}."


@require_safe
def read(request: HttpRequest, day: Day) -> JsonResponse:
    """How what is typed as a time is read, and where an event of it would stand."""
    typed = request.GET.get("wording", "").strip()[:LONGEST_WORDING]
    event = Event(day=day, wording=typed)
    try:
        event.read_moment()
    except moments.Unreadable as unreadable:
        return JsonResponse({"sentence": str(unreadable), "is_wrong": True})
    part = sections.LABELS[sections.section_of(event, day.story.clock, day.date)]
    said = [f"Read as {span(event, event.story)} ({part.lower()}).", said_of_reading(event), _between(event)]
    return JsonResponse({"sentence": " ".join(filter(None, said)), "is_wrong": False})


def _between(event: Event) -> str:
    """After and before which events of its day ``event``, which is not saved, would stand."""
    columns = ("headline", "earliest", "latest", "open_start", "open_end", "position", "day")
    others = list(Event.objects.filter(day=event.day).exclude(state__in=arranging.LEFT_OUT).only(*columns))
    for other in others:
        other.day = event.day
    own = arranging.time_of(event)
    before = [other for other in arranging.in_order(others) if arranging.time_of(other) <= own]
    after = [other for other in arranging.in_order(others) if arranging.time_of(other) > own]
    if before and after:
        return f"Goes between “{before[-1]}” and “{after[0]}”."
    if before:
        return f"Goes after “{before[-1]}”, the last."
    return f"Goes before “{after[0]}”, the first." if after else ""
