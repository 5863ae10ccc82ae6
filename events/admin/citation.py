from django import forms
from django.contrib import admin
from django.utils.html import format_html

from events.admin.badges import state_badge
from events.admin.belonging import OneStoryForm, TellsStoriesApart
from events.admin.deciding import ApproveForm, DecidingForm, RejectForm, ReopenForm
from events.admin.decision import DecisionInline, rejection_of, told_at
from events.admin.desk.writing.citing import NEW, NewSource, SourceFields, source_by_address
from events.admin.keeping import OF_CITATIONS, ByStateOfCitation
from events.admin.listing import ByChoice
from events.admin.reach import RowsBelow
from events.admin.repeating import same_as, tell_what_is_known
from events.admin.searching import Searched
from events.admin.verbs import Verb, WithVerbs
from events.admin.versioned import VersionedForm, WithSeen
from events.editorial import moderation, writing
from events.editorial.moves import APPROVE, CONFIRM, REJECT, REOPEN
from events.editorial.repeating import like, repeats
from events.models import Citation, Event
from events.models.author import of_their_own

WORDS = ("source", "quote", "locator", ("stance", "credibility"))
BY_WHOM = ("submitted_by", "changed_by", "approved_by")
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


class CitationRowForm(SourceFields, CitationForm):
    # A row that nobody touched is not saved, so an old version of it does no harm.
    each_time = False
    new_source: NewSource | None = None
    decided = ()
    """What was decided on its event, the newest first, as far as it is read."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["source"].widget.known = [self.instance.source]
            for name in NEW:
                del self.fields[name]
        elif "source" in self.fields:
            # Its address will do.
            self.fields["source"].required = False

    def clean(self):
        cleaned = super().clean()
        given = self.cleaned_data
        if self.instance.pk is None:
            self.new_source = source_by_address(self, self.story(given))
        return cleaned

    def take_source(self, *, by):
        """Have its citation, which is about to be saved, cite the source that is new."""
        if self.new_source is not None:
            self.instance.source = self.new_source.make(by=by)

    @property
    def sent_back(self):
        """Why its citation was sent back, while it is; else None."""
        return rejection_of(self.instance, self.decided)


class CitationInline(WithSeen, TellsStoriesApart, admin.StackedInline):
    """What an event rests on. Saved by ``EventAdmin.save_formset``."""

    model = Citation
    form = CitationRowForm
    formset = RowsBelow
    template = "admin/events/cited.html"
    fieldsets = ((None, {"fields": (*WORDS, "review")}), TRANSLATED)
    readonly_fields = ("review",)
    autocomplete_fields = ("source",)
    extra = 1
    can_delete = False
    show_change_link = True
    found: dict[int, Citation] | None = None

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A source is made by its address: no window is opened beside it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "source":
            field.widget = field.widget.widget
        return field

    def get_queryset(self, request):
        """Those that have words: one that was taken down could not be saved with the others."""
        related = ("source__outlet", "event__day__story", "event__kind", *BY_WHOM)
        return super().get_queryset(request).filter(erased_at=None).select_related(*related)

    @admin.display(description="review")
    def review(self, citation):
        first = self.first_of(citation)
        said = review_of(citation)
        return format_html("{}. {}", said, same_as(first)) if first else said

    def first_of(self, citation):
        """The citation of its event that is the same evidence before it, if any."""
        if citation.pk is None:
            return None
        # Django makes a row of these for each request.
        if self.found is None:
            self.found = repeats(citation.event)
        return self.found.get(citation.pk)


def review_of(citation: Citation) -> str:
    """Where its review stands, and whose words it holds."""
    if citation.pk is None:
        return "Pending once saved"
    said = f"{citation.get_state_display()}; submitted by {citation.submitted_by}"
    if citation.changed_by_id != citation.submitted_by_id:
        said += f", last changed by {citation.changed_by}"
    return f"{said}, approved by {citation.approved_by}" if citation.approved_by_id else said


def approved(citation: Citation) -> str:
    if any(other.state == Citation.State.APPROVED for other in like(citation)):
        return "Approved. It is the same evidence as another citation of its event: readers see one of them."
    if citation.event.state == Event.State.PUBLISHED:
        return "Approved: readers see it with its event."
    return "Approved. Readers see it once its event is published."


class CitationAdmin(Searched, WithVerbs):
    form = CitationForm
    list_display = ("quotation", "badge", "event", "source", "stance")
    list_filter = (
        ("state", ByStateOfCitation),
        ("stance", ByChoice),
        ("credibility", ByChoice),
        "event__day__story",
    )
    list_select_related = ("event__day__story", "source__outlet", "submitted_by")
    autocomplete_fields = ("event", "source")
    ordering = ("-changed_at", "-pk")
    fieldsets = (
        (None, {"fields": ("event", *WORDS)}),
        TRANSLATED,
        ("Review", {"fields": ("counts", "submitted_by", "changed_by", "approved_by", "approved_when")}),
    )
    readonly_fields = ("counts", "submitted_by", "changed_by", "approved_by", "approved_when")
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
            "Rejected: its author finds your words at it, and in the list “Sent back to me”.",
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
        *OF_CITATIONS,
    )

    def get_readonly_fields(self, request, obj=None):
        """A citation stays with its event."""
        return ("event", *self.readonly_fields) if obj else self.readonly_fields

    def save_model(self, request, obj, form, change):
        saved = writing.save_citation(obj, by=request.user, seen=form.cleaned_data.get("seen"))
        if form.has_changed():
            tell_what_is_known(request, saved)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["sent_back"] = rejection_of(obj) if obj else None
        return super().render_change_form(request, context, add, change, form_url, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="approved at")
    def approved_when(self, citation):
        return told_at(citation.approved_at, citation.story)

    @admin.display(description="quote")
    def quotation(self, citation):
        return str(citation)

    @admin.display(description="state")
    def counts(self, citation):
        """Its state, and whether it is the same evidence as one before it."""
        first = repeats(citation.event).get(citation.pk) if citation.pk else None
        return format_html("{} {}", state_badge(citation), same_as(first) if first else "")

    @admin.display(description="state")
    def badge(self, citation):
        return state_badge(citation)
