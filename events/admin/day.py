from datetime import date

from django.contrib import admin
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from events.admin.awaiting import KEPT, awaits, may_await, said_of_words, shown_words
from events.admin.belonging import OfAStory
from events.admin.decision import DecisionInline
from events.admin.deleting import SaysWhyKept
from events.admin.desk.day import page
from events.admin.listing import count_of
from events.admin.publication import mark_of, tell_what_is_held_back
from events.admin.refusing import WithWords
from events.admin.searching import Searched
from events.admin.verbs import PublishForm, Verb, WithVerbs
from events.editorial import awaiting, closing, publishing, writing
from events.editorial.moves import CLOSE_DAY, KEEP_DAY, OPEN_DAY, PUBLISH_DAY
from events.editorial.reach import stories_of
from events.models import Event

MOST_LISTED = 50
"""How many scheduled events the page of a day lists."""


class Days(WithWords):
    """The list of days, each of which leads to its page."""

    def url_for_result(self, result):
        return reverse("admin:events_day_desk", args=[result.pk])


class DayAdmin(Searched, OfAStory, SaysWhyKept, WithVerbs):
    instead = "Move its events to other days first."
    list_display = ("which_day", "date", "story", "headline", "occasion", "event_count", "shown")
    list_display_links = ("which_day", "headline")
    list_filter = ("story",)
    list_select_related = ("story",)
    search_help_text = "A headline, an occasion, a date (2020-11-08) or a day's number (43)."
    ordering = ("story_id", "-date")
    sortable_by = ("date",)
    fieldsets = (
        (None, {"fields": ("story", "date", "headline", "sentence", "summary", "occasion")}),
        ("State", {"fields": ("shown", "events_of_it", "scheduled")}),
    )
    readonly_fields = ("shown", "events_of_it", "scheduled")
    inlines = (DecisionInline,)
    verbs = (
        Verb(
            "publish",
            "Publish the day’s words",
            said_of_words,
            PUBLISH_DAY,
            publishing.publish_day,
            PublishForm,
            when=lambda day, person: day.story.opened_at and day.staged,
        ),
        Verb(
            "publish-at-opening",
            "Publish the day’s words at the opening",
            said_of_words,
            PUBLISH_DAY,
            publishing.publish_day,
            PublishForm,
            when=may_await,
        ),
        Verb(
            "close",
            "Close the day",
            "Closed: what is published on it from now on is marked as added later.",
            CLOSE_DAY,
            closing.close_day,
            when=lambda day, person: day.closed_at is None,
            tells="Readers are told of whatever is added to it from then on. All of it can still be changed.",
        ),
        Verb(
            "open-again",
            "Open the day again",
            "Open again: what is published on it is not marked as added after it was closed.",
            OPEN_DAY,
            closing.open_day,
            when=lambda day, person: day.closed_at is not None,
        ),
        Verb("keep", "Cancel their publication", KEPT, KEEP_DAY, awaiting.keep_back, when=awaits),
    )

    def get_urls(self):
        screen = self.of_this_admin(page.show)
        reading = self.of_this_admin(page.read)
        return [
            path("<int:pk>/desk/", screen, name="events_day_desk"),
            path("<int:pk>/desk/read/", reading, name="events_day_read"),
            *super().get_urls(),
        ]

    def of_this_admin(self, view):
        """``view`` with all that a page of the desk has, known as one of this admin."""

        def asked(request, pk):
            return view(request, pk, admin=self)

        shown = self.admin_site.admin_view(asked)
        shown.model_admin = self
        return shown

    def after_verb(self, request, pk: int):
        if request.POST.get("back") == "day":
            return redirect("admin:events_day_desk", pk)
        return super().after_verb(request, pk)

    def get_changelist(self, request, **kwargs):
        return Days

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("story")
        kept = Event.objects.exclude(state=Event.State.DISCARDED)
        return rows.annotate(event_total=count_of(kept, "day"))

    def get_search_results(self, request, queryset, search_term):
        """Also by date, and by the number that a story gives to it."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        dated = Q(pk=None)
        if search_term.isdecimal() and len(search_term) < 6:
            for story in stories_of(request.user):
                dated |= Q(story=story, date=story.calendar.date_of(int(search_term)))
        else:
            try:
                dated = Q(date=date.fromisoformat(search_term))
            except ValueError:
                return found, duplicates
        return queryset.filter(Q(pk__in=found.values("pk")) | dated), duplicates

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            writing.save_day(obj, by=request.user, seen=form.cleaned_data.get("seen"))
        if change and "date" in form.changed_data:
            tell_what_is_held_back(request, Event.objects.filter(day=obj))

    def has_delete_permission(self, request, obj=None):
        unused = obj is None or not (obj.published_version or obj.events.exists())
        return unused and super().has_delete_permission(request, obj)

    @admin.display(description="day")
    def which_day(self, day):
        return f"Day {day.number}"

    @admin.display(description="events")
    def event_count(self, day):
        return day.event_total

    @admin.display(description="readers see")
    def shown(self, day):
        if not day.published_version:
            return shown_words(day, "none of these words")
        return "an earlier edition" if day.staged else "these words"

    @admin.display(description="events")
    def events_of_it(self, day):
        """The way to the page that has them, where one is added too."""
        if day.pk is None:
            return "none yet"
        address = reverse("admin:events_day_desk", args=[day.pk])
        told = format_html('<a href="{}">{} told on it</a>', address, day.event_total)
        return format_html('{} · <a href="{}#new_wording">Add one</a>', told, address)

    @admin.display(description="scheduled")
    def scheduled(self, day):
        """What will be published of it, and when: the first of them."""
        scheduled = day.events.filter(state=Event.State.SCHEDULED).order_by("publish_at", "pk")
        waiting = list(scheduled[:MOST_LISTED])
        for event in waiting:
            event.day = day
        lines = [(*address_and_headline(event), mark_of(event)) for event in waiting]
        more = scheduled.count() - MOST_LISTED if len(waiting) == MOST_LISTED else 0
        rest = format_html("<li>and {} more</li>", more) if more else ""
        listed = format_html_join("", '<li><a href="{}">{}</a>: {}</li>', lines)
        return format_html('<ul class="scheduled">{}{}</ul>', listed, rest) if waiting else "nothing"


def address_and_headline(event: Event) -> tuple[str, str]:
    return reverse("admin:events_event_change", args=[event.pk]), event.headline
