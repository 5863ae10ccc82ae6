from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from chronicle import wording
from events.admin.belonging import ByRowInUse, ByValue, OneStoryForm
from events.admin.decision import DecisionInline, told_at
from events.admin.indexed import Indexed
from events.admin.listing import count_of
from events.admin.proposing import ProposableForm, Proposes
from events.admin.searching import Searched
from events.admin.verbs import Verb, VerbForm, WithVerbs, words_field
from events.editorial import moderation, policy
from events.editorial.moves import RETRACT
from events.models import Citation, Event, Source

MOST_NAMED = 20
OF_EVENT = "admin:events_event_change"


class OutletAdmin(Searched, Proposes, Indexed):
    form = ProposableForm
    instead = (
        "Give its sources another outlet first. One that readers have seen keeps its number for good: rename "
        "it where its name is wrong."
    )
    fields = (
        "story",
        "name",
        "nature",
        ("country", "side"),
        ("reliability", "reliability_since"),
        "reliability_reason",
        "url",
    )
    list_display = ("name", "nature", "country", "side", "reliability", "source_count", "story")
    list_filter = ("story", "nature", "reliability", "country", "side")
    ordering = ("name",)
    sortable_by = ("name",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(source_total=count_of(Source.objects.all(), "outlet"))

    @admin.display(description="sources")
    def source_count(self, outlet):
        return outlet.source_total


class RetractForm(VerbForm):
    reason = words_field("Who retracted it and why, for readers")


class SourceForm(OneStoryForm, ProposableForm):
    names = ("outlet", "relays")


class SourceAdmin(Searched, Proposes, WithVerbs, Indexed):
    form = SourceForm
    instead = (
        "Have the citations rest on another source first. Where its outlet took it back, record its "
        "retraction; what readers have seen keeps its number for good."
    )
    list_display = (
        "title",
        "outlet",
        "genre",
        "published_on",
        "language",
        "approved",
        "pending",
        "is_retracted",
    )
    list_filter = ("story", "genre", ("outlet", ByRowInUse), ("language", ByValue), "retracted_at")
    list_select_related = ("outlet", "story")
    ordering = ("-published_on", "title")
    sortable_by = ("published_on",)
    autocomplete_fields = ("outlet", "relays")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "story",
                    "outlet",
                    "title",
                    "genre",
                    ("published_on", "language"),
                    "url",
                    "archived_url",
                    "relays",
                )
            },
        ),
        ("State", {"fields": ("retracted", "retraction_reason")}),
    )
    readonly_fields = ("retracted", "retraction_reason")
    inlines = (DecisionInline,)
    verbs = (
        Verb(
            "retract",
            "Record its retraction",
            "Every entry that cites it now says that it was retracted.",
            RETRACT,
            moderation.retract_source,
            RetractForm,
            when=lambda source, person: source.retracted_at is None,
        ),
    )

    def standing(self, obj):
        """What rests on it alone, for who is about to record its retraction."""
        if obj.retracted_at:
            return ""
        resting = policy.resting_on(obj)
        named = list(resting[:MOST_NAMED])
        if not named:
            return "No published event rests on it alone."
        links = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            ((reverse(OF_EVENT, args=[each.pk]), each.headline) for each in named),
        )
        count = resting.count()
        more = f", and {count - len(named)} more" if count > len(named) else ""
        said = wording.counted(
            count, "published event rests on it alone", "published events rest on it alone"
        )
        return format_html("{}, and would be listed under “lost support”: {}{}.", said, links, more)

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("outlet")
        kept = Citation.objects.exclude(event__state=Event.State.DISCARDED)
        approved = kept.filter(state=Citation.State.APPROVED)
        pending = kept.filter(state=Citation.State.PENDING)
        return rows.annotate(
            approved_total=count_of(approved, "source"), pending_total=count_of(pending, "source")
        )

    @admin.display(description="retracted")
    def retracted(self, source):
        return told_at(source.retracted_at, source.story)

    @admin.display(description="approved")
    def approved(self, source):
        return source.approved_total

    @admin.display(description="pending")
    def pending(self, source):
        return source.pending_total

    @admin.display(description="retracted")
    def is_retracted(self, source):
        return "retracted" if source.retracted_at else ""
