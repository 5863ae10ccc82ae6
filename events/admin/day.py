from datetime import date

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html

from chronicle.models import Chronicle
from events.admin.decision import DecisionInline
from events.admin.verbs import Verb, VerbForm, WithVerbs, words_field
from events.editorial import publishing, writing
from events.editorial.moves import PUBLISH_DAY


class PublishDayForm(VerbForm):
    note = words_field("What changed, for readers", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.subject.published_version:
            del self.fields["note"]


class DayAdmin(WithVerbs):
    list_display = ("which_day", "date", "chronicle", "headline", "occasion", "event_count", "shown")
    list_display_links = ("which_day", "headline")
    list_filter = ("chronicle",)
    list_select_related = ("chronicle",)
    search_fields = ("headline", "occasion", "chronicle__title")
    search_help_text = "A headline, an occasion, a date (2020-11-08) or a day's number (43)."
    ordering = ("chronicle", "-date")
    fieldsets = (
        (None, {"fields": ("chronicle", "date", "headline", "sentence", "summary", "occasion")}),
        ("State", {"fields": ("shown", "events_of_it")}),
    )
    readonly_fields = ("shown", "events_of_it")
    inlines = (DecisionInline,)
    verbs = (
        Verb(
            "publish",
            "Publish the day’s words",
            "The words of this day are public.",
            PUBLISH_DAY,
            publishing.publish_day,
            PublishDayForm,
            when=lambda day, person: day.staged,
        ),
    )

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("chronicle")
        return rows.annotate(event_total=Count("events"))

    def get_search_results(self, request, queryset, search_term):
        """Also by date, and by the number that a chronicle gives to it."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        dated = Q(pk=None)
        if search_term.isdecimal() and len(search_term) < 6:
            for chronicle in Chronicle.objects.all():
                dated |= Q(chronicle=chronicle, date=chronicle.calendar.date_of(int(search_term)))
        else:
            try:
                dated = Q(date=date.fromisoformat(search_term))
            except ValueError:
                return found, duplicates
        return queryset.filter(Q(pk__in=found.values("pk")) | dated), duplicates

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            writing.save_day(obj, by=request.user, seen=form.cleaned_data.get("seen"))

    def has_delete_permission(self, request, obj=None):
        unused = obj is None or not (obj.published_version or obj.events.exists())
        return unused and super().has_delete_permission(request, obj)

    @admin.display(description="day", ordering="date")
    def which_day(self, day):
        return f"Day {day.number}"

    @admin.display(description="events", ordering="event_total")
    def event_count(self, day):
        return day.event_total

    @admin.display(description="readers see")
    def shown(self, day):
        if not day.published_version:
            return "none of these words"
        return "an earlier edition" if day.staged else "these words"

    @admin.display(description="events")
    def events_of_it(self, day):
        listed, added = reverse("admin:events_event_changelist"), reverse("admin:events_event_add")
        return format_html(
            '<a href="{}?day={}">{} told on it</a> · <a href="{}?day={}">Add one</a>',
            listed,
            day.pk,
            day.event_total,
            added,
            day.pk,
        )
