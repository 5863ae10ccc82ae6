from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Abs
from django.shortcuts import redirect
from django.template.loader import render_to_string

from chronicle import wording
from events.admin.acting import TicksAgain
from events.admin.listing import Listed, Narrowing, values_of
from events.admin.reach import Asks, InReach, RowsBelow, held
from events.admin.searching import Searched
from events.admin.takable import Takable, address_to_ask_of, those_with_words_first
from events.editorial import materials, moderation, proposing
from events.editorial.holding import is_everywhere, may_at_all
from events.editorial.moves import ASK_TAKEDOWN
from events.editorial.reach import on_what_is_open, within
from events.models import Citation, Decision, Event, Material, Story
from events.models.decision import DONE

SUBJECTS = (
    "story",
    "told_in",
    "event__day__story",
    "citation__event__day__story",
    "source__story",
    "source__outlet",
    "day__story",
    "text__story",
    "material__story",
    "material__asset",
    "proposal__story",
    "proposal__source__outlet",
    "proposal__outlet",
    "takedown__story",
)


REASONS = {**dict(materials.REASONS), **dict(proposing.REASONS), **dict(moderation.REASONS)}
"""What each reason of a rejection is called, of a citation, a medium and a proposal."""

STATES = {
    state.value: state.label.lower()
    for states in (Event.State, Citation.State, Material.State)
    for state in states
}
"""What each state is called within a sentence."""

THE_WORKER = "the worker"
OF_ANY = object()


class ReadOnly:
    """For rows that only verbs add."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def told_at(instant: datetime | None, story: Story) -> str:
    """``instant`` by the clock of ``story``, with its offset; empty for none."""
    return wording.at_words(instant, story.clock.zone) if instant else ""


def in_words(decision: Decision) -> str:
    """What was done, and for which reason: “Rejected: the quotation is not exact”."""
    done, reason = decision.done.capitalize(), REASONS.get(decision.reason_code, decision.reason_code)
    return f"{done}: {reason[0].lower()}{reason[1:]}" if reason else done


def told(decision: Decision, story: Story) -> dict[str, Any]:
    """``decision`` as pages tell of it; its time by the clock of ``story``."""
    return {
        "decision": decision,
        "what": in_words(decision),
        "why": REASONS.get(decision.reason_code, decision.reason_code),
        "who": str(decision.by or THE_WORKER),
        "when": told_at(decision.at, story),
    }


def read_of(decision: Decision) -> str:
    """The words that ``decision`` was about, folded; empty where none are kept."""
    return render_to_string("admin/events/read.html", {"decision": decision}) if decision.read else ""


class Deciding(ReadOnly, Asks):
    """What lists of decisions show of each: its time by the clock of its story."""

    @admin.display(description="when", ordering="at")
    def when(self, row):
        return told_at(row.at, row.told_in)

    @admin.display(description="what was done")
    def done(self, row):
        return row.done

    @admin.display(description="by")
    def whom(self, row):
        return str(row.by or THE_WORKER)

    @admin.display(description="reason")
    def reason(self, row):
        return REASONS.get(row.reason_code, row.reason_code)

    @admin.display(description="from, to")
    def moved(self, row):
        if not row.to_state:
            return ""
        was, becomes = (STATES.get(state, state) for state in (row.from_state, row.to_state))
        return f"{was} → {becomes}"

    @admin.display(description="note")
    def said(self, row):
        return row.note

    @admin.display(description="the words it was about")
    def words_read(self, row):
        return read_of(row)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related("by", *SUBJECTS).prefetch_related("words")


class InWords(Narrowing, admin.AllValuesFieldListFilter):
    """The codes of a column as they are called where people read them, used or not."""

    words = {**DONE, **REASONS}
    titles = {"verb": "what was done", "reason_code": "reason"}
    codes = {"verb": tuple(DONE), "reason_code": tuple(REASONS)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = self.titles[self.field_path]
        self.lookup_choices = self.codes[self.field_path]

    def choices(self, changelist):
        for choice in super().choices(changelist):
            if choice["display"]:
                yield {**choice, "display": self.words.get(choice["display"], choice["display"])}


class ByWhom(Narrowing, admin.RelatedFieldListFilter):
    """Under a heading that is not “By by”."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "person"

    def field_choices(self, field, request, model_admin):
        """Who decided anything in one's stories."""
        people = get_user_model().objects.filter(pk__in=values_of(Decision, "by", Abs))
        if not is_everywhere(request.user):
            here = Decision.objects.filter(by=OuterRef("pk")).order_by()
            people = people.filter(Exists(within(here, request.user, held=held(request))))
        return [(person.pk, str(person)) for person in people.order_by("username")]


class DecisionAdmin(TicksAgain, Searched, Listed, Takable, Deciding, InReach, admin.ModelAdmin):
    list_display = ("when", "whom", "done", "about", "moved", "reason", "said")
    list_display_links = ("when",)
    sortable_by = ("when",)
    list_filter = (("verb", InWords), ("reason_code", InWords), ("by", ByWhom))
    fields = ("when", "whom", "done", "about", "moved", "reason", "said", "words_read")
    readonly_fields = fields
    actions = ("take_words_down",)

    def get_actions(self, request):
        """Only for who may ask for a takedown somewhere."""
        actions = super().get_actions(request)
        if not may_at_all(request.user, ASK_TAKEDOWN, held=held(request)):
            actions.pop("take_words_down", None)
        return actions

    def get_queryset(self, request):
        return on_what_is_open(super().get_queryset(request), request.user, held=held(request))

    @admin.action(description="Take their words down for good…", permissions=["view"])
    def take_words_down(self, request, queryset):
        return redirect(address_to_ask_of(those_with_words_first(queryset)))

    @admin.display(description="about")
    def about(self, row):
        return str(row.subject)


class DecisionInline(Deciding, admin.TabularInline):
    """The history of its parent."""

    model = Decision
    formset = RowsBelow
    fields = ("when", "whom", "done", "moved", "reason", "said", "words_read")
    readonly_fields = fields
    verbose_name_plural = "history"
    classes = ("collapse",)

    def has_view_or_change_permission(self, request, obj=OF_ANY):
        """What is only being added has no history; for its rows as such Django asks without naming any."""
        named = None if obj is OF_ANY else obj
        return obj is not None and super().has_view_or_change_permission(request, named)


MOST_TOLD = 200
"""How many decisions the history of an event tells."""


def decisions_about(event: Event) -> list[Decision]:
    """What was decided on ``event`` and on its citations, the newest first."""
    about = Q(event=event) | Q(citation__event=event)
    rows = Decision.objects.filter(about).select_related("by", "citation").prefetch_related("words")
    return list(rows[:MOST_TOLD])


def history_of(event: Event, decisions: Iterable[Decision]) -> str:
    """``decisions`` as the page of ``event`` tells them."""
    lines = [told(row, event.story) for row in decisions]
    return render_to_string("admin/events/history.html", {"lines": lines})


def rejection_of(row: Citation | Material, known: Iterable[Decision] = ()) -> dict[str, Any] | None:
    """Why ``row`` was sent back to its author, while it is; else None. ``known`` are read already."""
    if row.pk is None or row.state != "rejected":
        return None
    of_it = (one for one in known if one.verb == "reject" and one.citation_id == row.pk)
    if (last := next(of_it, None)) is not None:
        return told(last, row.story)
    rejected = row.decisions.filter(verb="reject").select_related("by").prefetch_related("words").first()
    return told(rejected, row.story) if rejected else None
