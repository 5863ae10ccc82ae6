from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.db.models import Count, Q
from django.utils.html import format_html

from chronicle import prose, wording
from chronicle.models import Chronicle, Entry
from events.admin.badges import badge, state_badge
from events.admin.citation import CitationInline
from events.admin.decision import DecisionInline
from events.admin.keys import key_in
from events.admin.verbs import Verb, VerbForm, WithVerbs, words_field
from events.editorial import publishing, writing
from events.editorial.moves import PUBLISH, REOPEN_EVENT, SUBMIT, WITHDRAW
from events.models import Citation, Day, Event


class PublishForm(VerbForm):
    note = words_field("What changed, for readers", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.subject.published_version:
            del self.fields["note"]


class PublishAtForm(PublishForm):
    at = forms.DateTimeField(widget=forms.DateTimeInput({"type": "datetime-local"}))
    field_order = ("at", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].label = f"From, by the clock of {self.subject.day.chronicle.zone}"

    def clean_at(self):
        return self.cleaned_data["at"].replace(tzinfo=ZoneInfo(self.subject.day.chronicle.zone))


class WithdrawForm(VerbForm):
    reason = words_field("Why, for readers")


VERBS = (
    Verb("submit", "Submit", "Submitted.", SUBMIT, publishing.submit),
    Verb(
        "publish",
        "Publish now",
        "Published: readers see it as it is here.",
        PUBLISH,
        publishing.publish,
        PublishForm,
        when=lambda event, person: event.state != Event.State.PUBLISHED or event.staged,
    ),
    Verb(
        "publish-at",
        "Publish at that time",
        "Published: readers see it from that time on.",
        PUBLISH,
        publishing.publish,
        PublishAtForm,
        when=lambda event, person: event.state != Event.State.PUBLISHED,
    ),
    Verb("withdraw", "Withdraw", "Withdrawn: readers see why.", WITHDRAW, publishing.withdraw, WithdrawForm),
    Verb("reopen", "Reopen as a draft", "A draft again.", REOPEN_EVENT, publishing.reopen_event),
)


class DayFilter(admin.SimpleListFilter):
    """The days of one chronicle: all of them would be a list without end."""

    title = "day"
    parameter_name = "day"

    def lookups(self, request, model_admin):
        chronicle, day = key_in(request.GET.get("day__chronicle__id__exact", "")), self.key()
        days = Day.objects.select_related("chronicle").order_by("date")
        if chronicle is not None:
            days = days.filter(chronicle=chronicle)
        elif day is not None:
            days = days.filter(chronicle__days=day)
        elif Chronicle.objects.count() > 1:
            days = days.none()
        return [(str(day.pk), f"Day {day.number}, {day.date:%-d %b %Y}") for day in days]

    def queryset(self, request, queryset):
        day = self.key()
        return queryset if day is None else queryset.filter(day=day)

    def key(self) -> int | None:
        return key_in(self.value() or "")


class EventAdmin(WithVerbs):
    list_display = ("headline", "which_day", "when", "kind", "state_and_mark", "cited")
    list_filter = ("day__chronicle", "state", "kind", DayFilter)
    list_select_related = ("day__chronicle", "kind")
    search_fields = ("headline", "text", "places__names__name", "actors__names__name")
    search_help_text = "Words of the headline or text, or any name of a place or actor."
    ordering = ("-earliest", "-latest", "-position", "-pk")
    autocomplete_fields = ("day", "places", "actors")
    fieldsets = (
        (None, {"fields": ("day", "kind", "headline", "text", "wording", "read_as")}),
        ("Where and who", {"fields": ("places", "actors")}),
        (
            "Overrule how “when” was read",
            {"fields": (("overruled_earliest", "overruled_latest"), "position"), "classes": ("collapse",)},
        ),
        ("State", {"fields": ("badge", "rests_on", "is_staged", "on_the_site", "created_by")}),
    )
    readonly_fields = (
        "read_as",
        "badge",
        "rests_on",
        "is_staged",
        "on_the_site",
        "created_by",
        "text_as_read",
    )
    inlines = (CitationInline, DecisionInline)
    verbs = VERBS

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("day__chronicle", "kind", "created_by")
        approved = Q(citations__state=Citation.State.APPROVED)
        pending = Q(citations__state=Citation.State.PENDING)
        return rows.annotate(
            approved_total=Count("citations", filter=approved, distinct=True),
            pending_total=Count("citations", filter=pending, distinct=True),
        )

    def get_fieldsets(self, request, obj=None):
        """Who may only look sees the text as it reads, not its HTML."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        (name, first), *others = fieldsets
        shown = tuple("text_as_read" if field == "text" else field for field in first["fields"])
        return [(name, {**first, "fields": shown}), *others]

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            given = {name: form.cleaned_data.get(name) for name in ("seen", "places", "actors")}
            writing.save_event(obj, by=request.user, **given)

    def save_related(self, request, form, formsets, change):
        """The rows below it; its places and actors were saved with it."""
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request, form, formset, change):
        formset.save(commit=False)
        seen = {id(row.instance): row.cleaned_data.get("seen") for row in formset.forms if row.has_changed()}
        for citation in [*formset.new_objects, *(citation for citation, _ in formset.changed_objects)]:
            writing.save_citation(citation, by=request.user, seen=seen[id(citation)])

    def has_delete_permission(self, request, obj=None):
        """Only one's own drafts, and only those that were never published."""
        person = request.user
        mine = obj is None or person.is_superuser or obj.created_by_id == person.pk
        unseen = obj is None or (obj.state == Event.State.DRAFT and not obj.published_version)
        return mine and unseen and super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking - {"decision", "citation"}, protected

    @admin.display(description="told on", ordering="day__date")
    def which_day(self, event):
        return f"Day {event.day.number}, {event.day.date:%-d %b %Y}"

    @admin.display(description="when", ordering="earliest")
    def when(self, event):
        return event.wording or "some time that day"

    @admin.display(description="read as")
    def read_as(self, event):
        clock = event.day.chronicle.clock
        bounds = wording.bounds_words(event.earliest, event.latest, clock.zone)
        zone = wording.zone_words(clock.zone, event.earliest, event.latest)
        parts = ", ".join(clock.parts_touched(event.happened_on, event.earliest, event.latest))
        manner = "throughout" if event.throughout else "some time within"
        return f"{manner} {bounds}, {zone}; {parts}; EDTF {event.edtf}"

    @admin.display(description="text")
    def text_as_read(self, event):
        return prose.printed(event.text)

    @admin.display(description="state", ordering="state")
    def badge(self, event):
        return state_badge(event) if event.pk else ""

    @admin.display(description="state", ordering="state")
    def state_and_mark(self, event):
        return format_html("{} {}", state_badge(event), badge("staged", "staged") if event.staged else "")

    @admin.display(description="approved / pending")
    def cited(self, event):
        return f"{event.approved_total} / {event.pending_total}"

    @admin.display(description="citations")
    def rests_on(self, event):
        approved = f"{event.approved_total} approved"
        return f"{approved}, {event.pending_total} pending" if event.pending_total else approved

    @admin.display(description="staged")
    def is_staged(self, event):
        return badge("staged", "Has words that readers do not see yet") if event.staged else ""

    @admin.display(description="on the site")
    def on_the_site(self, event):
        entry = Entry.objects.select_related("chronicle").filter(key=event.key).first()
        return format_html('<a href="{}">{}</a>', entry.get_absolute_url(), "Its entry") if entry else ""
