"""The page on which parts of a picture are covered, and where to look in it is said: drawn, or in numbers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from events.admin import signed_out
from events.admin.desk.media.files import LARGE, address_of, found
from events.admin.keys import key_in
from events.editorial import materials
from events.editorial.holding import may
from events.editorial.moves import COVER_MATERIAL
from events.editorial.refused import Refused
from events.models import Material
from media.limits import BOXES

SPARE = 3
"""Empty rows for boxes, for who draws none."""

PARTS = ("x", "y", "width", "height")


class BoxForm(forms.Form):
    """A box in pixels of the picture as it is seen; one without a number is none."""

    x = forms.IntegerField(min_value=0, required=False)
    y = forms.IntegerField(min_value=0, required=False)
    width = forms.IntegerField(min_value=1, required=False)
    height = forms.IntegerField(min_value=1, required=False)

    use_required_attribute = False

    def clean(self):
        cleaned = super().clean()
        given = [cleaned.get(part) is not None for part in PARTS]
        if any(given) and not all(given) and not self.errors:
            self.add_error(None, "Give all four numbers of the box, or none.")
        return cleaned

    @property
    def box(self) -> tuple[int, ...] | None:
        return (
            tuple(self.cleaned_data[part] for part in PARTS)
            if self.cleaned_data.get("x") is not None
            else None
        )


Boxes = forms.formset_factory(BoxForm, extra=SPARE, max_num=BOXES, absolute_max=BOXES + SPARE)


class FocusForm(forms.Form):
    """Where to look, in hundredths of the width and of the height."""

    across = forms.FloatField(min_value=0, max_value=100, required=False, label="From the left, %")
    down = forms.FloatField(min_value=0, max_value=100, required=False, label="From the top, %")

    def clean(self):
        cleaned = super().clean()
        if (cleaned.get("across") is None) != (cleaned.get("down") is None) and not self.errors:
            self.add_error(None, "Give both numbers, or neither.")
        return cleaned

    @property
    def point(self) -> tuple[float | None, float | None]:
        across, down = self.cleaned_data["across"], self.cleaned_data["down"]
        return (None, None) if across is None or down is None else (across / 100, down / 100)


def page(request, pk: int, *, model_admin):
    """The picture with its boxes; POSTed, it is covered so, or its point is kept."""
    material = found(model_admin, request, pk)
    if not may(request.user, COVER_MATERIAL.permission, material.story):
        raise PermissionDenied
    if not address_of(material.asset, material):
        raise Http404
    sent = signed_out.sent_to(request)
    boxes, focus = forms_of(sent, material)
    if request.method == "POST" and done(request, material, boxes, focus):
        return redirect("admin:events_material_change", pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Cover parts of a picture",
        "opts": Material._meta,
        "medium": material,
        "picture": address_of(material.asset, material, LARGE),
        "boxes": boxes,
        "focus": focus,
        "seen": (sent or {}).get("seen", material.version),
        "drawn": material.shown.boxes if material.shown else [],
    }
    return TemplateResponse(request, "admin/events/material/cover.html", context)


def forms_of(sent: Any, material: Material) -> tuple[Any, FocusForm]:
    """The boxes and the point, as sent where they were, else as they are."""
    drawn = material.shown.boxes if material.shown else []
    boxes = Boxes(
        sent if sent and "cover" in sent else None,
        prefix="box",
        initial=[dict(zip(PARTS, box, strict=True)) for box in drawn],
    )
    asset = material.printable
    point = {} if asset.focus_x is None else {"across": asset.focus_x * 100, "down": asset.focus_y * 100}
    rounded = {name: round(value, 1) for name, value in point.items()}
    return boxes, FocusForm(sent if sent and "focus" in sent else None, initial=rounded)


def done(request, material: Material, boxes: Any, focus: FocusForm) -> bool:
    """Carries out what was sent; says so, or why not."""
    try:
        if focus.is_bound and focus.is_valid():
            materials.focus(material, *focus.point, by=request.user)
            messages.success(request, "Where to look is kept.")
            return True
        if boxes.is_bound and boxes.is_valid():
            drawn = [form.box for form in boxes if form.box]
            seen = key_in(request.POST.get("seen", ""))
            materials.cover(material, drawn, by=request.user, seen=-1 if seen is None else seen)
            messages.success(request, "Covered. It waits for somebody else to approve it as it is now.")
            return True
    except Refused as refused:
        messages.error(request, str(refused))
    return False
