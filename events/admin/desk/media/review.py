"""The list of media that wait for a moderator: the picture and the words, just as they are approved."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from events.admin.desk.media.files import LARGE, address_of
from events.admin.keys import key_in
from events.admin.verbs import VerbForm, words_field
from events.editorial import materials
from events.editorial.holding import may_at_all
from events.editorial.moves import APPROVE_MATERIAL, OPEN_ORIGINAL, REJECT_MATERIAL
from events.editorial.refused import Refused
from events.editorial.showing import given_as_it_is, missing, today
from events.models import Decision, Material, Use

A_PAGE = 10
PENDING = "It is not approved yet."


class RejectMediumForm(VerbForm):
    code = forms.ChoiceField(label="Reason", choices=[("", "Choose one"), *materials.REASONS])
    words = words_field("In a few words, for its author")


VERBS = {"approve": (VerbForm, materials.approve), "reject": (RejectMediumForm, materials.reject)}


def may_review(person: Any) -> bool:
    """Whether the list is for ``person``."""
    return may_at_all(person, APPROVE_MATERIAL.permission, REJECT_MATERIAL.permission)


def waiting() -> Any:
    """Pending media, oldest first."""
    return Material.objects.filter(state=Material.State.PENDING).order_by("submitted_at", "pk")


def in_full(rows: Any) -> Any:
    """With all that is shown of each."""
    people = ("submitted_by", "changed_by")
    uses = Prefetch("uses", Use.objects.select_related("event__day__story"))
    related = ("story", "asset", "shown", "source__outlet", "place", *people)
    return rows.select_related(*related).prefetch_related(uses, "place__names")


def of_their_own(person: Any) -> Q:
    """The media that ``person`` ever uploaded, changed or covered."""
    changed = Decision.objects.filter(material=OuterRef("pk"), verb__in=materials.CHANGES, by=person)
    return Q(submitted_by=person) | Q(changed_by=person) | Exists(changed)


def review(request, context: dict[str, Any]):
    """Lists what waits; on POST decides on one medium, and shows again what is refused."""
    if not may_review(request.user):
        raise PermissionDenied
    refused = None
    if request.method == "POST":
        refused = decide(request)
        if refused is None:
            return redirect(request.get_full_path())
    own = of_their_own(request.user)
    listed = in_full(waiting())
    page = Paginator(listed.exclude(own), A_PAGE).get_page(request.GET.get("page"))
    shown = [item(material, refused) for material in page]
    context["may_open"] = may_at_all(request.user, OPEN_ORIGINAL)
    if refused and all(refused.subject != entry["medium"] for entry in shown):
        # Somebody decided in the meantime: what was typed is still shown.
        shown.insert(0, item(refused.subject, refused))
    context |= {"title": "Review of media", "page": page, "shown": shown, "own": listed.filter(own)[:50]}
    return render(request, "admin/events/material/review.html", context)


def decide(request) -> VerbForm | None:
    """Carries out one decision. Returns its form, with what was typed, where it was refused."""
    pk, verb_name = key_in(request.POST.get("medium", "")), request.POST.get("verb")
    if verb_name not in VERBS or pk is None:
        raise Http404
    material = get_object_or_404(in_full(Material.objects.all()), pk=pk)
    form_class, verb = VERBS[verb_name]
    form = form_class(request.POST, subject=material, auto_id=f"{material.pk}-%s")
    if not form.is_valid():
        messages.error(request, f"“{material}”: not done. What is missing or wrong stands beside it.")
        return form
    try:
        verb(material, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, f"“{material}”: {refusal}")
        return form
    done = "Approved" if verb is materials.approve else "Rejected"
    messages.success(request, f"{done}: “{material}”.")
    return None


def item(material: Material, refused: VerbForm | None) -> dict[str, Any]:
    """One medium of the list, with the form it was refused with, if it was."""
    lacks = [sentence for sentence in missing(material, today(material.story)) if sentence != PENDING]
    shown = {
        "medium": material,
        "picture": address_of(material.printable, material, LARGE),
        "given": given_as_it_is(material),
        "lacks": lacks,
    }
    typed = refused if refused and refused.subject == material else None
    if isinstance(typed, RejectMediumForm):
        typed.subject = material
        return {**shown, "reject": typed.about_now(), "open": True}
    blank = RejectMediumForm(subject=material, auto_id=f"{material.pk}-%s")
    return {**shown, "reject": blank, "open": False}
