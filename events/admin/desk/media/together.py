"""The page that gives several media one credit and one right."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chronicle.wording import counted
from events.admin import signed_out
from events.admin.desk.media.files import address_of
from events.admin.keys import key_in
from events.admin.once import keep_part
from events.admin.reach import held
from events.editorial import materials
from events.editorial.holding import may_at_all
from events.editorial.moves import CHANGE_MATERIAL
from events.editorial.refused import Refused
from events.editorial.remembering import words_of
from events.models import Material

MOST = 200
NOTHING_SAID = "Fill in something: what is left empty stays as it is."


class TogetherForm(forms.ModelForm):
    """Of several media. What is left empty stays as it is with each."""

    class Meta:
        model = Material
        fields = ("credit", "rights", "rights_note", "licence_ends")
        widgets = {"licence_ends": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.values()) and not self.errors:
            self.add_error(None, NOTHING_SAID)
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def page(request, *, model_admin):
    """The media named in the address and the form; POSTed, they are changed, each by itself."""
    if not may_at_all(request.user, CHANGE_MATERIAL.permission, held=held(request)):
        raise PermissionDenied
    keys = [key for key in map(key_in, request.GET.getlist("pk")[:MOST]) if key is not None]
    rows = list(model_admin.get_queryset(request).filter(pk__in=keys).order_by("pk"))
    form = TogetherForm(signed_out.sent_to(request))
    if request.method == "POST" and form.is_valid():
        if change_each(request, rows, form.said, model_admin):
            return redirect("admin:events_material_changelist")
        rows = list(model_admin.get_queryset(request).filter(pk__in=keys).order_by("pk"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Credit and rights of several",
        "opts": Material._meta,
        "form": form,
        "rows": [{"medium": row, "picture": address_of(row.printable, row)} for row in rows],
    }
    return TemplateResponse(request, "admin/events/material/together.html", context)


def change_each(request, rows: list[Material], said: dict[str, Any], model_admin: Any) -> bool:
    """Whether every one was changed. Who sees the page again finds a message on each that was not."""
    changed = 0
    for row in rows:
        before, began = words_of(row), row.version
        seen = key_in(request.POST.get(f"seen-{row.pk}", ""))
        try:
            materials.change(row, by=request.user, seen=-1 if seen is None else seen, **said)
        except Refused as refused:
            messages.error(request, f"“{row}”: {refused}")
        else:
            model_admin.remember(request, row, before, began)
            model_admin.log_change(request, row, f"Changed together with others: {', '.join(said)}.")
            changed += 1
    if changed:
        keep_part(request, reverse("admin:events_material_changelist"))
        messages.success(request, f"Changed: {counted(changed, 'medium', 'media')}.")
    return changed == len(rows)
