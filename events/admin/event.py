from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.utils.html import format_html

from chronicle import prose
from chronicle.models import Entry
from events import moments
from events.admin.badges import badge, state_badge
from events.admin.belonging import ByRow
from events.admin.citation import CitationInline
from events.admin.conflict import keep_what_was_not_taken
from events.admin.decision import history_of
from events.admin.desk.writing.form import NAMED, EventForm, with_new
from events.admin.desk.writing.page import OnOnePage
from events.admin.desk.writing.reading import span
from events.admin.event_filters import DayFilter, SupportFilter
from events.admin.fieldsets import without_field
from events.admin.keeping import OF_EVENTS, ByState
from events.admin.listing import count_of
from events.admin.publication import VERBS, kept_words, mark_of, scheduled_words
from events.admin.repeating import tell_what_is_known
from events.admin.searching import Searched
from events.admin.using import UseInline, media_of, save_uses, told_of
from events.admin.verbs import WithVerbs
from events.editorial import publishing, writing
from events.editorial.remembering import words_of
from events.models import Citation, Event, Use

OF_WHAT_IS_SAVED = (
    (
        "State",
        {"fields": ("scheduled", "rests_on", "shows", "is_staged", "on_the_site", "begun_by")},
    ),
    ("History", {"fields": ("history",), "classes": ("collapse",)}),
)


OF_WHAT_IS_IMPORTED = ("is_quotation", "time_confirmed")


def _nothing_imported(event):
    """The fields that say nothing of ``event``, because nothing of that kind was imported."""
    said = (event.imported_headline, event.carried)
    return [name for name, is_said in zip(OF_WHAT_IS_IMPORTED, said, strict=True) if not is_said]


class EventAdmin(Searched, OnOnePage, WithVerbs):
    form = EventForm
    # The state comes second, where a phone shows it.
    list_display = ("headline", "state_and_mark", "which_day", "when", "kind", "cited")
    list_filter = ("day__story", ("state", ByState), ("kind", ByRow), DayFilter, SupportFilter)
    list_select_related = ("day__story", "kind")
    search_help_text = "Words of the headline or text, or any name of a place or actor."
    ordering = ("-earliest", "-latest", "-position", "-pk")
    sortable_by = ("when",)
    autocomplete_fields = ("day", "places", "actors")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *("day", "kind", "headline", "text", "is_quotation"),
                    *("wording", "read_as", "time_confirmed", "is_key"),
                )
            },
        ),
        ("Where and who", {"fields": ("places", "actors")}),
        (
            "Overrule how “when” was read",
            {
                "fields": (("overruled_earliest", "overruled_latest"), "position"),
                "classes": ("collapse",),
            },
        ),
        *OF_WHAT_IS_SAVED,
    )
    readonly_fields = (
        "read_as",
        "scheduled",
        "history",
        "rests_on",
        "shows",
        "is_staged",
        "on_the_site",
        "begun_by",
        "text_as_read",
    )
    inlines = (CitationInline, UseInline)
    verbs = (*VERBS, *OF_EVENTS)

    def get_queryset(self, request):
        rows = (
            super()
            .get_queryset(request)
            .select_related("day__story", "kind", "created_by", "scheduled_by", "printed")
        )
        approved = Citation.objects.filter(state=Citation.State.APPROVED)
        pending = Citation.objects.filter(state=Citation.State.PENDING)
        return rows.annotate(
            approved_total=count_of(approved, "event"),
            pending_total=count_of(pending, "event"),
            shows_media=Exists(Use.objects.filter(event=OuterRef("pk"))),
        )

    def get_fieldsets(self, request, obj=None):
        """Who may only look sees the text as it reads, not its HTML."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            # What is only being written has no state and no history, and was not read yet.
            for name in ("read_as", *OF_WHAT_IS_IMPORTED):
                fieldsets = without_field(fieldsets, name)
            return fieldsets[: -len(OF_WHAT_IS_SAVED)]
        for name in (*self.says_nothing_of(obj), *_nothing_imported(obj)):
            fieldsets = without_field(fieldsets, name)
        if self.has_change_permission(request, obj):
            return fieldsets
        (name, first), *others = fieldsets
        shown = tuple("text_as_read" if field == "text" else field for field in first["fields"])
        return [(name, {**first, "fields": shown}), *others]

    def says_nothing_of(self, event):
        """The lines on its state that would be empty."""
        shown = {
            "scheduled": event.state == Event.State.SCHEDULED,
            "is_staged": event.staged,
            "on_the_site": hasattr(event, "printed"),
            "shows": event.shows_media,
        }
        return [name for name, something in shown.items() if not something]

    def standing(self, event):
        if event.state == Event.State.SCHEDULED:
            return scheduled_words(event)
        said = ["Has words that readers do not see yet."] if event.staged else []
        if event.staged:
            said.append(publishing.to_confirm_first(event, event.citations.select_related("source")))
        if any(one["lacks"] for one in told_of(event)):
            said.append("It shows media that readers may not see: under “State” stands what each lacks.")
        return " ".join(filter(None, said))

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            named = {name: with_new(form, name, by=request.user) for name in NAMED}
            writing.save_event(obj, by=request.user, seen=form.cleaned_data.get("seen"), **named)

    def save_related(self, request, form, formsets, change):
        """The rows below it; its places and actors were saved with it."""
        for formset in formsets:
            self.save_formset(request, form, formset, change)
        self.say_what_is_scheduled(request, form, formsets)

    def say_what_is_scheduled(self, request, form, formsets):
        """Whether a save left what was scheduled as it was."""
        event = form.instance
        changed = form.has_changed() or any(formset.has_changed() for formset in formsets)
        if changed and event.state == Event.State.SCHEDULED:
            citations = event.citations.select_related("source")
            messages.add_message(request, *kept_words(event, citations))

    def save_formset(self, request, form, formset, change):
        formset.save(commit=False)
        if formset.model is Use:
            if formset.has_changed():
                save_uses(form.instance, formset, request.user)
            return
        seen = {id(row.instance): row.cleaned_data.get("seen") for row in formset.forms if row.has_changed()}
        for citation in [*formset.new_objects, *(citation for citation, _ in formset.changed_objects)]:
            saved = self.save_citation(request, citation, formset, seen[id(citation)])
            tell_what_is_known(request, saved)

    def save_citation(self, request, citation, formset, seen):
        """Each with its own line in its own history."""
        form = next(row for row in formset.forms if row.instance is citation)
        keep_what_was_not_taken(request, form)
        form.take_source(by=request.user)
        before = Citation.objects.filter(pk=citation.pk).first()
        said = words_of(before) if before else {}
        saved = writing.save_citation(citation, by=request.user, seen=seen)
        began = before.version if before else None
        self.remember(request, saved, said, began, seen=form.add_prefix("seen"))
        return saved

    def has_change_permission(self, request, obj=None):
        """What was discarded is as it was then, until it is brought back."""
        kept = obj is None or obj.state != Event.State.DISCARDED
        return kept and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="told on")
    def which_day(self, event):
        return f"Day {event.day.number}, {event.day.date:%-d %b %Y}"

    @admin.display(description="when", ordering="earliest")
    def when(self, event):
        return event.wording or "some time that day"

    @admin.display(description="read as")
    def read_as(self, event):
        clock = event.story.clock
        parts = ", ".join(clock.parts_of_any_day(event.earliest, event.latest))
        said = said_of_reading(event)
        return f"{span(event, event.story)}; {parts}; EDTF {event.edtf}{f'. {said}' if said else ''}"

    @admin.display(description="begun by")
    def begun_by(self, event):
        """A name, and no link to an account that few may look at."""
        return str(event.created_by)

    @admin.display(description="text")
    def text_as_read(self, event):
        return prose.printed(event.text)

    @admin.display(description="state")
    def state_and_mark(self, event):
        """The state; of what is scheduled when, and whether it was changed since or refused."""
        return format_html("{} {}", state_badge(event), mark_of(event))

    @admin.display(description="scheduled")
    def scheduled(self, event):
        return scheduled_words(event)

    @admin.display(description="history")
    def history(self, event):
        return history_of(event, getattr(event, "decided", ()))

    @admin.display(description="approved / pending")
    def cited(self, event):
        return f"{event.approved_total} / {event.pending_total}"

    @admin.display(description="citations")
    def rests_on(self, event):
        said = f"{event.approved_total} approved"
        if event.pending_total:
            said += f", {event.pending_total} pending"
        same = len(getattr(event, "repeated", ()))
        return f"{said}; the same words of one source count once ({same} more)" if same else said

    @admin.display(description="media")
    def shows(self, event):
        return media_of(event)

    @admin.display(description="staged")
    def is_staged(self, event):
        return badge("staged", "Has words that readers do not see yet") if event.staged else ""

    @admin.display(description="on the site")
    def on_the_site(self, event):
        if not hasattr(event, "printed"):
            return ""
        number, key = event.printed.number, event.story.key
        entry = Entry.objects.select_related("chronicle").filter(chronicle__key=key, number=number).first()
        return format_html('<a href="{}">{}</a>', entry.get_absolute_url(), "Its entry") if entry else ""


def said_of_reading(event: Event) -> str:
    """What there is to say of how its wording was read: that a clock time came twice, or never."""
    if event.overrules:
        return ""
    try:
        return moments.read(event.wording, told_on=event.day.date, clock=event.story.clock).said
    except moments.Unreadable:
        return ""
