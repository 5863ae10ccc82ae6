"""How the words of “when” are read, told while they are typed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronicle import wording
from events import moments
from events.admin.desk.writing.citing import story_asked
from events.admin.keys import key_in
from events.admin.reach import held
from events.editorial.holding import may_at_all, verb_on
from events.models import Day, Event, Story

NAME = "events_event_reading"
CHOSEN = "_when"
"""The button of a reading, which puts its words in the place of those that may be several."""


def urls(site: Any, path: Any) -> list[Any]:
    return [path("reading/", site.admin_view(read_view), name=NAME)]


@require_safe
def read_view(request: HttpRequest) -> HttpResponse:
    """The reading of ``?wording=``, told on ``?day=``, as a line of the form."""
    if not may_at_all(request.user, verb_on("view", Event), held=held(request)):
        raise Http404
    story, key = story_asked(request), key_in(request.GET.get("day", ""))
    day = Day.objects.filter(story=story, pk=key).first() if story and key else None
    told = reading_of(request.GET.get("wording", ""), day, story) if day and story else {}
    return render(request, "admin/events/writing/reading.html", told)


def reading_of(phrase: str, day: Day, story: Story) -> dict[str, Any]:
    """How ``phrase`` is read: in a sentence; or why it is not, and what it might be."""
    clock = story.clock
    try:
        moment = moments.read(phrase, told_on=day.date, clock=clock)
    except moments.Unreadable as refused:
        return {"refused": str(refused), "either": _either(refused.either, day, story)}
    parts = ", ".join(clock.parts_of_any_day(moment.earliest, moment.latest))
    return {"read": f"{span(moment, story)}; {parts}; EDTF {moment.edtf}", "said": moment.said}


def span(moment: Any, story: Story) -> str:
    """A moment, or an event that has one, in words; an open end is told as open."""
    return wording.span_words(
        moment.earliest,
        moment.latest,
        throughout=moment.throughout,
        zone=story.clock.zone,
        open_start=moment.open_start,
        open_end=moment.open_end,
    )


def _either(phrases: tuple[str, ...], day: Day, story: Story) -> list[dict[str, str]]:
    """Buttons for what it might be, named by what tells them apart: the hour or the day."""
    read = [(phrase, moment) for phrase in phrases if (moment := _moment(phrase, day, story))]
    several_days = len({moment.happened_on for _, moment in read}) > 1
    return [
        {
            "phrase": phrase,
            "label": wording.day_words(moment.happened_on) if several_days else _hour(moment, story),
        }
        for phrase, moment in read
    ]


def _moment(phrase: str, day: Day, story: Story) -> Any:
    try:
        return moments.read(phrase, told_on=day.date, clock=story.clock)
    except moments.Unreadable:
        return None


def _hour(moment: Any, story: Story) -> str:
    clock = story.clock
    return f"{moment.earliest.astimezone(clock.zone):%H:%M}, {clock.part_at(moment.earliest)}"
