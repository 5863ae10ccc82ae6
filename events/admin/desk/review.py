"""The list of citations that wait for a moderator: what the event says over what the source says."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from events.admin.citation import RejectForm
from events.admin.keys import key_in
from events.admin.verbs import VerbForm
from events.editorial import moderation
from events.editorial.holding import may_at_all
from events.editorial.moves import APPROVE, REJECT
from events.editorial.refused import Refused
from events.models import Citation, Decision

A_PAGE = 10
VERBS = {"approve": (VerbForm, moderation.approve), "reject": (RejectForm, moderation.reject)}


def may_review(person: Any) -> bool:
    """Whether the list is for ``person``."""
    return may_at_all(person, APPROVE.permission, REJECT.permission)


def waiting() -> Any:
    """Pending citations, oldest first."""
    return Citation.objects.filter(state=Citation.State.PENDING).order_by("submitted_at", "pk")


def with_both_sides(citations: Any) -> Any:
    """With what the event says and what the source is."""
    return citations.select_related(
        "event__day__story", "event__kind", "source__outlet", "submitted_by", "changed_by"
    )


def of_their_own(person: Any) -> Q:
    """The citations whose words ``person`` ever submitted or changed."""
    changed = Decision.objects.filter(citation=OuterRef("pk"), verb__in=moderation.CHANGES, by=person)
    return Q(submitted_by=person) | Q(changed_by=person) | Exists(changed)


def review(request, context: dict[str, Any]):
    """Lists what waits; on POST decides on one citation, and shows again what is refused."""
    if not may_review(request.user):
        raise PermissionDenied
    refused = None
    if request.method == "POST":
        refused = decide(request)
        if refused is None:
            return redirect(request.get_full_path())
    own = of_their_own(request.user)
    listed = with_both_sides(waiting())
    page = Paginator(listed.exclude(own), A_PAGE).get_page(request.GET.get("page"))
    shown = [item(citation, refused) for citation in page]
    if refused and all(refused.subject != entry["citation"] for entry in shown):
        # Somebody decided in the meantime: what was typed is still shown.
        shown.insert(0, item(refused.subject, refused))
    context |= {"title": "Review", "page": page, "shown": shown, "own": listed.filter(own)[:50]}
    return render(request, "admin/events/review.html", context)


def decide(request) -> VerbForm | None:
    """Carries out one decision. Returns its form, with what was typed, where it was refused."""
    pk, verb_name = key_in(request.POST.get("citation", "")), request.POST.get("verb")
    if verb_name not in VERBS or pk is None:
        raise Http404
    citation = get_object_or_404(with_both_sides(Citation.objects.all()), pk=pk)
    form_class, verb = VERBS[verb_name]
    form = form_class(request.POST, subject=citation, auto_id=f"{citation.pk}-%s")
    if not form.is_valid():
        messages.error(request, f"“{citation.event}”: not done. What is missing or wrong stands beside it.")
        return form
    try:
        verb(citation, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, f"“{citation.event}”: {refusal}")
        return form
    done = "Approved" if verb is moderation.approve else "Rejected"
    messages.success(request, f"{done}: “{citation.event}”.")
    return None


def item(citation: Citation, refused: VerbForm | None) -> dict[str, Any]:
    """One citation of the list, with the form it was refused with, if it was."""
    typed = refused if refused and refused.subject == citation else None
    if isinstance(typed, RejectForm):
        typed.subject = citation
        return {"citation": citation, "reject": typed.about_now(), "open": True}
    blank = RejectForm(subject=citation, auto_id=f"{citation.pk}-%s")
    return {"citation": citation, "reject": blank, "open": False}
