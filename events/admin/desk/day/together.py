"""What is done with many events of a day at once: each is checked and saved by itself, by its own verb."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction

from events.admin import by_clock
from events.admin.desk.day.named import add_those_named
from events.admin.keys import ChosenOne, ChosenSeveral
from events.editorial import arranging, publishing, scheduling, writing
from events.editorial.holding import hold_story
from events.editorial.refused import Refused
from events.editorial.remembering import remember, words_of
from events.editorial.repeating import like
from events.models import Actor, Citation, Day, Event, Kind, Place, Source

NOTHING_SAID = "Fill in what is to be changed: what is left empty stays as it is."
SAME_ALREADY = "All of this is so already."
CITED_ALREADY = "It rests on these words of this source already."
OF_ANOTHER_DAY = "It is told on that day already."
CHANGED = "It was changed since you were shown the day, and is left out: look at it first."
GONE = "It is not on this day any more: somebody moved it."

Given = Mapping[str, Any]


class TogetherForm(forms.Form):
    """What the deeds are told. Each asks for its own fields; what a change leaves empty stays as it is."""

    kind = forms.ModelChoiceField(Kind.objects.none(), required=False)
    places = forms.ModelMultipleChoiceField(Place.objects.none(), label="Places to add", required=False)
    actors = forms.ModelMultipleChoiceField(Actor.objects.none(), label="Actors to add", required=False)
    source = forms.ModelChoiceField(Source.objects.none(), label="Source to add", required=False)
    quote = forms.CharField(
        label="Its words, the same for each",
        widget=forms.Textarea({"rows": 2}),
        required=False,
    )
    locator = forms.CharField(label="Where in it", required=False)
    to_day = forms.DateField(label="To the day", widget=forms.DateInput({"type": "date"}), required=False)
    at = by_clock.time_field(required=False)
    note = forms.CharField(
        label="What changed, where readers have seen it", widget=forms.Textarea({"rows": 2}), required=False
    )

    def __init__(self, typed: Any, *, day: Day, kinds: Sequence[Kind], site: Any) -> None:
        super().__init__(add_those_named(typed, day.story), auto_id="together_%s", label_suffix="")
        self.day = day
        fields: dict[str, Any] = self.fields
        fields["kind"].queryset = Kind.objects.filter(pk__in=[kind.pk for kind in kinds])
        fields["kind"].choices = [("", "as it is"), *((kind.pk, str(kind)) for kind in kinds)]
        for name, model in (("places", Place), ("actors", Actor)):
            fields[name].queryset = model.objects.filter(story=day.story, erased_at=None)
            fields[name].widget = ChosenSeveral(
                Event._meta.get_field(name), site, choices=fields[name].choices
            )
        fields["source"].queryset = Source.objects.filter(story=day.story, erased_at=None)
        widget = ChosenOne(Citation._meta.get_field("source"), site, choices=fields["source"].choices)
        fields["source"].widget = widget

    def clean_at(self) -> datetime | None:
        return by_clock.instant_of(self.cleaned_data["at"], self.day.story)

    def clean_to_day(self) -> Day | None:
        """The day of that date."""
        on = self.cleaned_data["to_day"]
        if on is None:
            return None
        day = Day.objects.filter(story=self.day.story, date=on).first()
        if day is None:
            raise forms.ValidationError("This story has no such day yet: add it to its days first.")
        day.story = self.day.story
        return day

    def is_for(self, deed: "Deed") -> bool:
        """Whether it tells ``deed`` what that needs; else it has an error."""
        # What is typed for another deed is in nobody's way.
        for name in self.errors.keys() - {*deed.takes}:
            del self.errors[name]
        for name in deed.needs:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, "Say this first.")
        if deed.changes:
            self._insist_on_a_change()
        return not self.errors

    def _insist_on_a_change(self) -> None:
        given = self.cleaned_data
        if not self.errors and not any(given[name] for name in ("kind", "places", "actors", "source")):
            self.add_error(None, NOTHING_SAID)
        if given.get("source") and not given.get("quote"):
            self.add_error("quote", "Give the words of the source that bear each of them out.")


@dataclass(frozen=True)
class Deed:
    """One button. ``needs`` are the fields that it asks for, ``takes`` those that are empty afterwards."""

    name: str
    done: str
    run: Callable[[Event, Given, Any], None]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    changes: bool = False
    """Whether it changes what the form says besides."""
    keeps_ticks: bool = False


@dataclass
class Outcome:
    """What became of each that was chosen: how many were done, and of the others why not."""

    done: list[Event] = field(default_factory=list)
    refused: list[tuple[Event, str]] = field(default_factory=list)


def do(deed: Deed, chosen: Mapping[int, int], day: Day, given: Given, *, by: Any) -> Outcome:
    """``deed`` with each event of ``day`` that was ``chosen``, by its key and the version that was shown."""
    outcome = Outcome()
    with transaction.atomic():
        hold_story(day.story)
        for event in _rows(chosen, day):
            if event.day_id != day.pk:
                outcome.refused.append((event, GONE))
                continue
            if event.version != chosen[event.pk]:
                outcome.refused.append((event, CHANGED))
                continue
            try:
                with transaction.atomic():
                    deed.run(event, given, by)
            except Refused as refused:
                outcome.refused.append((event, str(refused)))
            else:
                outcome.done.append(event)
    return outcome


def _rows(chosen: Mapping[int, int], day: Day) -> list[Event]:
    """The events of ``chosen``, in order, those among them that were moved to another day since."""
    rows = Event.objects.filter(day__story=day.story, pk__in=chosen).select_related("day__story", "kind")
    return arranging.in_order(rows)


def _submit(event: Event, given: Given, by: Any) -> None:
    publishing.submit(event, by=by, seen=event.version)


def _publish(event: Event, given: Given, by: Any) -> None:
    publishing.publish(event, by=by, seen=event.version, note=given["note"])


def _schedule(event: Event, given: Given, by: Any) -> None:
    """One that is scheduled already is given that time."""
    verb = scheduling.reschedule if event.state == Event.State.SCHEDULED else publishing.schedule
    verb(event, by=by, seen=event.version, at=given["at"], note=given["note"])


def _move(event: Event, given: Given, by: Any) -> None:
    if event.day_id == given["to_day"].pk:
        raise Refused(OF_ANOTHER_DAY)
    _save(event, by, day=given["to_day"])


def _change(event: Event, given: Given, by: Any) -> None:
    """Its kind, places and actors, and what it rests on: what is given is put to what it has."""
    kind = {"kind": given["kind"]} if given["kind"] not in (None, event.kind) else {}
    more = _more(event, given)
    if kind or more:
        _save(event, by, more, **kind)
    if given["source"]:
        _cite(event, given, by)
    elif not (kind or more):
        raise Refused(SAME_ALREADY)


def _more(event: Event, given: Given) -> dict[str, list[Any]]:
    """All places and all actors of ``event``, where it is given more than it has."""
    has = {name: set(getattr(event, name).all()) for name in ("places", "actors")}
    return {name: [*rows, *given[name]] for name, rows in has.items() if not rows.issuperset(given[name])}


def _save(event: Event, by: Any, more: Given | None = None, **columns: Any) -> None:
    """As the form of the event saves it, with its line in the history."""
    before, seen = words_of(event), event.version
    for name, value in columns.items():
        setattr(event, name, value)
    writing.save_event(event, by=by, seen=seen, **(more or {}))
    remember(event, by=by, before=before, began=seen)


def _cite(event: Event, given: Given, by: Any) -> None:
    citation = Citation(event=event, source=given["source"], quote=given["quote"], locator=given["locator"])
    if like(citation):
        raise Refused(CITED_ALREADY)
    writing.save_citation(citation, by=by)
    remember(citation, by=by, before={})


def _change_and_submit(event: Event, given: Given, by: Any) -> None:
    _change(event, given, by)
    _submit(event, given, by)


CHANGES = ("kind", "places", "actors", "source", "quote", "locator")
DEEDS = {
    deed.name: deed
    for deed in (
        Deed("submit", "submitted", _submit),
        Deed("publish", "published", _publish, takes=("note",)),
        Deed("schedule", "scheduled", _schedule, needs=("at",), takes=("at", "note")),
        Deed("move", "moved", _move, needs=("to_day",), takes=("to_day",)),
        Deed("change", "changed", _change, takes=CHANGES, changes=True, keeps_ticks=True),
        Deed(
            "change-and-submit",
            "changed and submitted",
            _change_and_submit,
            takes=CHANGES,
            changes=True,
        ),
    )
}
