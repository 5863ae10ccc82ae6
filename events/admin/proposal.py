from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from events.admin import signed_out
from events.admin.badges import badge
from events.admin.belonging import OfStories
from events.admin.decision import REASONS, ReadOnly, told_at
from events.admin.desk.differing import labels_of, rows_of, staying
from events.admin.searching import Searched
from events.admin.takable import address_to_ask
from events.admin.verbs import VerbForm, words_field
from events.editorial import proposing
from events.editorial.guarding import CHANGES, named_by
from events.editorial.holding import may
from events.editorial.moves import ACCEPT, TAKE_BACK_PROPOSAL
from events.editorial.reaching import reach_of
from events.editorial.refused import Refused
from events.models import Author, Citation, Proposal
from events.models.proposal import LONGEST_PUBLIC_NOTE

A_PAGE = 20
"""Entries that it touches, a page."""

EARLIER = 20
WITH = ("story", "source__story", "source__outlet", "outlet__story", "proposed_by", "decided_by")
LOOK = {
    "open": "pending",
    "accepted": "approved",
    "rejected": "rejected",
    "taken_back": "draft",
    "erased": "erased",
}
"""The look of the label of each state."""


def of_their_own(person: Any) -> Q:
    """The proposals that ``person`` made, or wrote the words of elsewhere."""
    return Q(proposed_by=person) | Exists(Author.objects.filter(person=person, hmac=OuterRef("hmac")))


class AcceptForm(VerbForm):
    note = words_field(
        "What changed, for readers: in the history of each published entry", longest=LONGEST_PUBLIC_NOTE
    )

    def __init__(self, *args, subject: Proposal, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        self.initial["note"] = subject.note


class RejectForm(VerbForm):
    code = forms.ChoiceField(label="Reason", choices=proposing.REASONS, widget=forms.RadioSelect)
    words = words_field("In a few words, for its author")


VERBS: dict[str, tuple[type[VerbForm], Any, str]] = {
    "accept": (AcceptForm, proposing.accept, "Accepted: readers see it from now on, with your note."),
    "reject": (
        RejectForm,
        proposing.reject,
        "Rejected: all stays as it was. Its author finds your words.",
    ),
    "take_back": (VerbForm, proposing.take_back, "Taken back: all stays as it was."),
}


IDS = {AcceptForm: "accept_%s", RejectForm: "reject_%s", VerbForm: "take_back_%s"}
"""How the fields of each form are told from those of another."""


class Waiting(admin.SimpleListFilter):
    """Those that wait, unless the others are asked for."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("decided", "Decided"), ("all", "All")]

    def choices(self, changelist):
        _, *others = super().choices(changelist)
        waiting = {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": "Open",
        }
        return [waiting, *others]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        if self.value() == "decided":
            return queryset.exclude(state=Proposal.State.OPEN)
        return queryset.filter(state=Proposal.State.OPEN)


class ProposalAdmin(Searched, ReadOnly, OfStories, admin.ModelAdmin):
    """Changes of sources and outlets in use: made on their own forms, decided on here."""

    list_display = ("about", "changes", "whom", "when", "badge")
    list_display_links = ("about",)
    list_filter = (Waiting, "story")
    list_select_related = WITH
    list_per_page = 50
    sortable_by = ("when",)

    @admin.display(description="of")
    def about(self, proposal):
        return str(proposal.subject)

    @admin.display(description="changes")
    def changes(self, proposal):
        return ", ".join(labels_of(proposal))

    @admin.display(description="proposed by")
    def whom(self, proposal):
        return str(proposal.proposed_by)

    @admin.display(description="when", ordering="proposed_at")
    def when(self, proposal):
        return told_at(proposal.proposed_at, proposal.story)

    @admin.display(description="state")
    def badge(self, proposal):
        return badge(LOOK[proposal.state], proposal.get_state_display())

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related(*WITH)
        return rows.annotate(is_own=ExpressionWrapper(of_their_own(request.user), BooleanField()))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """One proposal: what it changes and how far that reaches, and what may be decided of it."""
        proposal = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        refused = None
        if request.method == "POST":
            refused = self.decide(request, proposal)
            if refused is None:
                return redirect("admin:events_proposal_change", proposal.pk)
            proposal = self.get_object(request, unquote(object_id))
        elif (typed := signed_out.shown_again(request)) and typed.get("verb") in VERBS:
            refused = form_of(proposal, typed)
        context = {
            **self.admin_site.each_context(request),
            **page_of(proposal, request.GET.get("page")),
            **_beside(proposal),
            **forms_of(proposal, request.user, refused),
            "opts": self.opts,
            "take_down": address_to_ask(request, proposal),
        }
        return TemplateResponse(request, "admin/events/proposal/page.html", context)

    def decide(self, request, proposal: Proposal) -> VerbForm | None:
        """Carries out one decision. Returns its form, with what was typed, where it was refused."""
        if request.POST.get("verb") not in VERBS:
            raise Http404
        _, verb, done = VERBS[request.POST["verb"]]
        form = form_of(proposal, request.POST)
        if not form.is_valid():
            messages.error(request, "Not done. What is missing or wrong stands beside it.")
            return form
        try:
            verb(proposal, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return form
        self.log_decision(request, proposal)
        messages.success(request, done)
        return None

    def log_decision(self, request, proposal: Proposal) -> None:
        """Who saved the row last is who accepted the change of it."""
        changed = proposal.subject if request.POST["verb"] == "accept" else proposal
        self.log_change(request, changed, f"Proposal {proposal.pk}: {request.POST['verb'].replace('_', ' ')}")


def form_of(proposal: Proposal, typed: Any) -> VerbForm:
    """The form that was sent, with what was typed."""
    form_class = VERBS[typed["verb"]][0]
    return form_class(typed, subject=proposal, auto_id=IDS[form_class])


def page_of(proposal: Proposal, number: Any = 1) -> dict[str, Any]:
    """What the page of ``proposal`` tells, with the page ``number`` of the entries that it touches."""
    row, story = proposal.subject, proposal.story
    named = named_by(proposal)
    reach = reach_of(proposal, named)
    page = Paginator(reach.events, A_PAGE).get_page(number)
    history = proposal.decisions.select_related("by").prefetch_related("words").order_by("pk")
    is_open = proposal.state == Proposal.State.OPEN
    return {
        "title": f"Change of “{row}”",
        "proposal": proposal,
        "row": row,
        "kind": row._meta.verbose_name,
        "badge": badge(LOOK[proposal.state], proposal.get_state_display()),
        "differences": rows_of(proposal, named),
        "staying": staying(proposal),
        "since": proposing.changed_since(proposal, row, named) if is_open else [],
        "reach": reach,
        "page": page,
        "touched": reach.touched(list(page)),
        "said": [
            {"decision": each, "when": told_at(each.at, story)}
            for each in history
            if each.verb in CHANGES and each.note
        ],
        "history": [
            {"decision": each, "when": told_at(each.at, story), "reason": REASONS.get(each.reason_code, "")}
            for each in history
        ],
    }


def _beside(proposal: Proposal) -> dict[str, Any]:
    """What else its own page tells: what rests on its row, and what was proposed of that before."""
    row = proposal.subject
    earlier = row.proposals.exclude(pk=proposal.pk).select_related(*WITH)[:EARLIER]
    when = [{"proposal": each, "when": told_at(each.proposed_at, proposal.story)} for each in earlier]
    return {"approved": _approvals(row), "earlier": when}


def _approvals(row: Any) -> int:
    """How many approved citations rest on ``row``."""
    name = "source" if row._meta.model_name == "source" else "source__outlet"
    return Citation.objects.filter(**{name: row}, state=Citation.State.APPROVED).count()


def forms_of(proposal: Proposal, person: Any, refused: VerbForm | None) -> dict[str, Any]:
    """The forms of what ``person`` may decide; the one just refused with what was typed."""
    if proposal.state != Proposal.State.OPEN:
        return {"refused": refused, "typed": _typed(refused)}
    is_own = proposal.is_own
    may_decide = may(person, ACCEPT.permission, proposal.story) and not is_own
    takes_back = person.pk == proposal.proposed_by_id and may(
        person, TAKE_BACK_PROPOSAL.permission, proposal.story
    )
    return {
        "accept": _form(AcceptForm, proposal, refused) if may_decide else None,
        "reject": _form(RejectForm, proposal, refused) if may_decide else None,
        "take_back": _form(VerbForm, proposal, None) if takes_back else None,
        "is_own": is_own,
        "rejecting": isinstance(refused, RejectForm),
    }


def _form(form_class: type[VerbForm], proposal: Proposal, refused: VerbForm | None) -> VerbForm:
    if isinstance(refused, form_class):
        refused.subject = proposal
        return refused.about_now()
    return form_class(subject=proposal, auto_id=IDS[form_class])


def _typed(refused: VerbForm | None) -> str:
    """What was typed about what somebody decided in the meantime: it is still shown."""
    return "" if refused is None else refused.data.get("note", "") or refused.data.get("words", "")
