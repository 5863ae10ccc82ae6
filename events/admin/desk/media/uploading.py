"""The page that takes in files: many at once, each by itself, with what became of each.

A script sends each file in a request of its own and asks for JSON; without one, the form sends them all. What
finds no turn at being read is sent again by the script, and else by whoever sent it.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from events.admin import signed_out
from events.admin.desk.media.files import address_of
from events.admin.reach import held
from events.editorial import materials
from events.editorial.alike import alike
from events.editorial.holding import may_at_all
from events.editorial.moves import ADD_MATERIAL, UPLOAD_AGAIN
from events.editorial.reach import stories_of
from events.editorial.refused import Refused
from events.editorial.showing import given_as_it_is
from events.models import Material, Story
from media.limits import ANSWER_WITHIN, LARGEST
from media.receiving import TOO_MANY_BYTES
from media.sandbox import BUSY, within

NO_FILE = "Choose a file at least."


class StoryForm(forms.Form):
    story = forms.ModelChoiceField(Story.objects.none(), empty_label=None)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["story"].queryset = stories = stories_of(by, ADD_MATERIAL)
        if stories.count() == 1:
            self.fields["story"].widget = forms.HiddenInput()
            self.initial["story"] = stories.get().pk


@dataclass
class Taken:
    """What became of one file."""

    name: str
    material: Material | None = None
    said: str = ""

    def as_json(self) -> dict[str, Any]:
        if self.material is None:
            return {"name": self.name, "refused": self.said, "again": self.said == BUSY}
        return {
            "name": self.name,
            "pk": self.material.pk,
            "said": self.said,
            "address": reverse("admin:events_material_change", args=[self.material.pk]),
            "picture": self.picture,
        }

    @property
    def picture(self) -> str:
        return address_of(self.material.asset, self.material) if self.material else ""


def page(request, *, model_admin):
    """The form; POSTed, what became of each file."""
    if not may_at_all(request.user, ADD_MATERIAL, held=held(request)):
        raise PermissionDenied
    form = StoryForm(signed_out.sent_to(request), by=request.user)
    taken = take_all(request, form, model_admin) if form.is_valid() else []
    if "application/json" in request.headers.get("Accept", ""):
        refused = " ".join(error for errors in form.errors.values() for error in errors)
        return JsonResponse({"files": [one.as_json() for one in taken], "refused": refused})
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Add media",
        "opts": Material._meta,
        "form": form,
        "taken": taken,
        "added": [one.material for one in taken if one.material],
        "largest": LARGEST,
        "too_many_bytes": TOO_MANY_BYTES,
        "together": reverse("admin:events_material_together"),
    }
    return TemplateResponse(request, "admin/events/material/upload.html", context)


def take_all(request: Any, form: StoryForm, model_admin: Any) -> list[Taken]:
    """What became of each file that was sent."""
    uploads, story = request.FILES.getlist("file"), form.cleaned_data["story"]
    if not uploads:
        form.add_error(None, NO_FILE)
    with within(ANSWER_WITHIN):
        return [take(upload, story, request.user, model_admin, request) for upload in uploads]


def take(upload: Any, story: Story, by: Any, model_admin: Any, request: Any) -> Taken:
    """Take in one file; what is wrong with it stops no other."""
    began = timezone.now()
    try:
        material = materials.add(story, upload, by=by)
    except Refused as refused:
        return Taken(upload.name, said=str(refused))
    if material.submitted_at < began:
        back = material.decisions.filter(verb=UPLOAD_AGAIN.verb, from_state="discarded", at__gte=began)
        said = "It was here, discarded: it is back and waits for approval."
        return Taken(upload.name, material, said if back.exists() else "It was here already.")
    model_admin.log_addition(request, material, "Uploaded.")
    others = ", ".join(f"“{other}”" for other in alike(material))
    said = f"It looks like {others}." if others else given_as_it_is(material)
    return Taken(upload.name, material, said)
