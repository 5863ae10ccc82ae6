from django import forms
from django.contrib import admin

from events.admin.badges import state_badge
from events.admin.belonging import OneStoryForm, TellsStoriesApart
from events.admin.deciding import ApproveForm, DecidingForm, RejectForm, ReopenForm
from events.admin.decision import DecisionInline, told_at
from events.admin.deleting import SaysWhyKept
from events.admin.reach import RowsBelow
from events.admin.verbs import Verb, WithVerbs
from events.admin.versioned import VersionedForm, WithSeen
from events.editorial import moderation, writing
from events.editorial.moves import APPROVE, CONFIRM, REJECT, REOPEN
from events.models import Citation, Event
from events.models.author import of_their_own

WORDS = ("source", "quote", "locator", ("stance", "credibility"))
TRANSLATED = (
    "Translation",
    {
        "fields": ("language", "translation", ("translation_language", "translated_by")),
        "classes": ("collapse",),
    },
)


def waits(citation: Citation, person) -> bool:
    """Whether it waits for a decision that ``person`` may make: nobody decides on words of their own."""
    return (citation.state == Citation.State.PENDING or citation.lapsed) and not_theirs(citation, person)


def not_theirs(citation: Citation, person) -> bool:
    """Whether ``person`` had no hand in what is decided on."""
    return not Citation.objects.filter(of_their_own(person), pk=citation.pk).exists()


class CitationForm(OneStoryForm, VersionedForm):
    names = ("source",)

    class Meta:
        widgets = {"quote": forms.Textarea({"rows": 3}), "translation": forms.Textarea({"rows": 3})}

    def story(self, cleaned):
        """That of the event, which may be one that is only just typed."""
        event = self.instance.event if self.instance.pk else cleaned.get("event")
        return event.story if event and event.day_id else None


class CitationRowForm(CitationForm):
    # A row that nobody touched is not saved, so an old version of it does no harm.
    each_time = False


class CitationInline(WithSeen, TellsStoriesApart, admin.StackedInline):
    """What an event rests on. Saved by ``EventAdmin.save_formset``."""

    model = Citation
    form = CitationRowForm
    formset = RowsBelow
    fieldsets = ((None, {"fields": (*WORDS, "review")}), TRANSLATED)
    readonly_fields = ("review",)
    autocomplete_fields = ("source",)
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request):
        people = ("submitted_by", "changed_by", "approved_by")
        return super().get_queryset(request).select_related("source__outlet", *people)

    @admin.display(description="review")
    def review(self, citation):
        return review_of(citation)


def review_of(citation: Citation) -> str:
    """Where its review stands, and whose words it holds."""
    if citation.pk is None:
        return "Pending once saved"
    said = f"{citation.get_state_display()}; submitted by {citation.submitted_by}"
    if citation.changed_by_id != citation.submitted_by_id:
        said += f", last changed by {citation.changed_by}"
    return f"{said}, approved by {citation.approved_by}" if citation.approved_by_id else said


def approved(citation: Citation) -> str:
    if citation.event.state == Event.State.PUBLISHED:
        return "Approved: readers see it with its event."
    return "Approved. Readers see it once its event is published."


class CitationAdmin(SaysWhyKept, WithVerbs):
    instead = (
        "What was decided on it is kept for good. Change its words, which sends it back to review, or have a "
        "moderator reject it."
    )
    form = CitationForm
    list_display = ("quotation", "badge", "event", "source", "stance")
    list_filter = ("state", "stance", "credibility", "event__day__story")
    list_select_related = ("event__day__story", "source__outlet", "submitted_by")
    search_fields = ("quote", "event__headline", "source__title", "source__outlet__name")
    autocomplete_fields = ("event", "source")
    ordering = ("-changed_at", "-pk")
    fieldsets = (
        (None, {"fields": ("event", *WORDS)}),
        TRANSLATED,
        ("Review", {"fields": ("badge", "submitted_by", "changed_by", "approved_by", "approved_when")}),
    )
    readonly_fields = ("badge", "submitted_by", "changed_by", "approved_by", "approved_when")
    inlines = (DecisionInline,)
    verbs = (
        Verb(
            "approve",
            "Approve",
            approved,
            APPROVE,
            moderation.approve,
            ApproveForm,
            when=not_theirs,
        ),
        Verb(
            "confirm",
            "Still holds",
            "Confirmed: it holds for what the event says now.",
            CONFIRM,
            moderation.confirm,
            DecidingForm,
            when=lambda citation, person: citation.lapsed and not_theirs(citation, person),
        ),
        Verb(
            "reject",
            "Reject",
            "Rejected: its author finds your words in its history.",
            REJECT,
            moderation.reject,
            RejectForm,
            when=waits,
        ),
        Verb(
            "reopen",
            "Reopen",
            "Back to review: readers see it no longer.",
            REOPEN,
            moderation.reopen,
            ReopenForm,
        ),
    )

    def get_readonly_fields(self, request, obj=None):
        """A citation stays with its event."""
        return ("event", *self.readonly_fields) if obj else self.readonly_fields

    def save_model(self, request, obj, form, change):
        writing.save_citation(obj, by=request.user, seen=form.cleaned_data.get("seen"))

    def has_delete_permission(self, request, obj=None):
        """Only while no reader can have seen it."""
        unseen = obj is None or (obj.state != Citation.State.APPROVED and not obj.event.published_version)
        return unseen and super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking - {"decision"}, protected

    @admin.display(description="approved at")
    def approved_when(self, citation):
        return told_at(citation.approved_at, citation.story)

    @admin.display(description="quote", ordering="quote")
    def quotation(self, citation):
        return str(citation)

    @admin.display(description="state", ordering="state")
    def badge(self, citation):
        return state_badge(citation)
