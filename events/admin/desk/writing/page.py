"""The page on which an event is written: a column of words, an aside of what is known of it, a bar."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from events.admin import apart
from events.admin.belonging import stories_at_hand
from events.admin.decision import decisions_about
from events.admin.desk.writing import citing, mentions, naming, needing, previewing, reading, steps
from events.admin.desk.writing.around import around
from events.admin.desk.writing.form import NAMED, first_named
from events.admin.reach import held
from events.admin.using import shown_by
from events.editorial.holding import may
from events.editorial.moves import PUBLISH
from events.editorial.repeating import first_of_each
from events.models import Citation, Day, Event, Use
from events.models.event import LONGEST_TEXT

LONGEST = {"headline": f"{Event._meta.get_field('headline').max_length}", "text": f"{LONGEST_TEXT:,}"}
"""How many characters a field takes."""


class OnOnePage:
    """An admin of events, whose form is that page."""

    chosen_several = naming.Named

    def get_urls(self):
        beside = self.admin_site.admin_view(self.beside_view)
        return [
            *citing.urls(self.admin_site, path),
            *reading.urls(self.admin_site, path),
            *mentions.urls(self.admin_site, path),
            *needing.urls(self.admin_site, path),
            path("<int:pk>/beside/", beside, name="events_event_beside"),
            *super().get_urls(),
        ]

    def get_object(self, request, object_id, from_field=None):
        """The row with what it names, for a page that is only looked at."""
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "GET":
            prefetch_related_objects(
                [row], *(Prefetch(name, first_named(model)) for name, model in NAMED.items())
            )
            named = [one for name in NAMED for one in getattr(row, name).all()]
            apart.know_names(one for one in named if one.is_doubled)
        return row

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def get_changeform_initial_data(self, request):
        """Where there is one story, what is new is told on its latest day."""
        stories = stories_at_hand(request.user)
        latest = Day.objects.filter(story=stories[0]).order_by("-date").first() if len(stories) == 1 else None
        begins = {"day": latest.pk} if latest else {}
        return {**begins, **super().get_changeform_initial_data(request)}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """What is chosen is named here: no window is opened beside it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, form_class=naming.NamedField, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.POST = mentions.taken_up(request.POST)
        if chosen := request.POST.get(reading.CHOSEN):
            # One of two readings was pressed: its words are the ones that are saved.
            request.POST = request.POST.copy()
            request.POST["wording"] = chosen
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= steps.of_a_new_one() | {
            "refusing": bool(getattr(request, "refused", None)),
            "note": request.POST.get("note", ""),
        }
        if obj is not None:
            know(obj, context["inline_admin_formsets"])
            context |= self.beside(request, obj) | {"read_as": self.read_as(obj), "around": around(obj)}
        form = context["adminform"].form
        if obj is None:
            context |= needing.needs(form.data if form.is_bound else form.initial, request.user)
        context["reading"] = reading_in(form, obj) if form.is_bound else {}
        context["longest"] = LONGEST
        if context["steps"] and obj is not None:
            context |= said_in(form, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def beside(self, request, event: Event) -> dict[str, Any]:
        """What the aside and the bar of ``event`` show."""
        citations = event.cited
        lacking = steps.lacking(event, citations, shown_by(event))
        writes = self.has_change_permission(request, event)
        return {
            "citations": citations,
            "checks": steps.checks(event, lacking),
            "lack": needing.how_many(len(lacking)),
            "rests": steps.rests_on(event, citations),
            "steps": steps.bar(event, self.offered_on(request, event), lacking) if writes else (),
            "preview": previewing.ASKED,
        }

    def offered_on(self, request, event: Event) -> set[str]:
        """The verbs of the bar that ``request.user`` may carry out on ``event``."""
        offered = {box["verb"].name for box in super().verbs_for(request, event)} & steps.OF_THE_BAR
        again = event.state == Event.State.PUBLISHED and may(
            request.user, PUBLISH.permission, event.story, held(request)
        )
        return offered | {"publish"} if again else offered

    def verbs_for(self, request, obj):
        """What else may be done: of who writes here, the steps of the bar are not among it."""
        boxes = super().verbs_for(request, obj)
        if not self.has_change_permission(request, obj):
            return boxes
        refused = getattr(request, "refused", None)
        return [box for box in boxes if box["verb"] is refused or box["verb"].name not in steps.OF_THE_BAR]

    def beside_view(self, request, pk: int):
        """Aside and bar as they are now, for a page that is open."""
        return require_safe(self._beside)(request, pk)

    def _beside(self, request, pk: int):
        event = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, event):
            raise PermissionDenied
        know(event, ())
        context = self.beside(request, event)
        context |= {
            "original": event,
            "verbs": self.verbs_for(request, event),
            "standing": self.standing(event),
        }
        return render(request, "admin/events/writing/beside.html", context)

    def response_add(self, request, obj, post_url_continue=None):
        return self.answer_to_save(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self.answer_to_save(request, obj) or super().response_change(request, obj)

    def answer_to_save(self, request, event: Event):
        """What comes after the save of ``event`` where more was asked for; else None."""
        if previewing.ASKED in request.POST:
            return previewing.answer(request, event, self.admin_site.each_context(request))
        if verb := steps.asked(request.POST):
            steps.take(self, request, event, verb)
            return self.response_post_save_change(request, event)
        return None

    def response_post_save_add(self, request, obj):
        return self.response_post_save_change(request, obj)

    def response_post_save_change(self, request, obj):
        """Who saves writes on."""
        return HttpResponseRedirect(reverse("admin:events_event_change", args=[obj.pk]))


def know(event: Event, inlines: Iterable[Any]) -> None:
    """Read once what a page of ``event`` tells in several places: what it rests on, what of that comes again,
    what it shows, and what was decided. What the rows of ``inlines`` were made of is not asked for again."""
    rows = {inline.formset.model: inline for inline in inlines}
    saved = {model: _as_saved(inline.formset) for model, inline in rows.items()}
    rests_on = event.citations.select_related("source__outlet", "event__day__story").order_by("pk")
    event.cited = list(rests_on) if saved.get(Citation) is None else saved[Citation]
    event.repeated = first_of_each(event.cited)
    if saved.get(Use) is not None:
        event.shown = [use.material for use in saved[Use]]
    if Citation in rows:
        event.decided = decisions_about(event)
        rows[Citation].opts.found = event.repeated
        for row in rows[Citation].formset.forms:
            row.decided = event.decided


def _as_saved(formset: Any) -> list[Any] | None:
    """The rows that ``formset`` was made of; None where something is typed into them."""
    return None if formset.is_bound else [row.instance for row in formset.initial_forms]


def said_in(form: Any, event: Event) -> dict[str, Any]:
    """What the words of ``form`` say of places, actors and the word list of the story of ``event``."""
    if form.is_bound:
        sent = form.data
        return mentions.told_of(event.story, *mentions.words_sent(sent), mentions.chosen_in(sent))
    return mentions.told_of(event.story, event.headline, event.text, mentions.chosen_for(event))


def reading_in(form: Any, event: Event | None) -> dict[str, Any]:
    """How the words of “when” in ``form`` are read; nothing where they are as they were saved."""
    if event is not None and not {"wording", "day"} & set(form.changed_data):
        return {}
    given = getattr(form, "cleaned_data", {})
    day = given.get("day") or (event.day if event else None)
    return reading.reading_of(form.data.get("wording", ""), day, day.story) if day else {}
