"""The desk's page of a story's policy, in one place: what its events need before readers see them."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from events.admin import signed_out
from events.admin.decision import told_at
from events.editorial import policy
from events.editorial.holding import may
from events.editorial.moves import SET_POLICY
from events.editorial.reach import stories_of
from events.editorial.refused import Refused
from events.editorial.stories import POLICY
from events.models import Kind, Story

MOST_NAMED = 20


class PolicyForm(forms.ModelForm):
    """The policy of a story, with a field for each of its kinds."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Story
        fields = POLICY
        widgets = {"recheck": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = list(self.instance.kinds.order_by("name"))
        self.initial["seen"] = self.instance.version
        for kind in self.kinds:
            self.fields[f"kind-{kind.pk}"] = _field_of(kind)

    def needed(self) -> dict[int, int | None]:
        """How many citations each kind needs, by its primary key."""
        return {kind.pk: self.cleaned_data[f"kind-{kind.pk}"] for kind in self.kinds}

    def of_kinds(self) -> list[forms.BoundField]:
        """The fields of kinds."""
        return [self[f"kind-{kind.pk}"] for kind in self.kinds]

    def of_story(self) -> list[forms.BoundField]:
        """The fields of the story."""
        return [self[name] for name in POLICY]


def _field_of(kind: Kind) -> forms.Field:
    made: Any = Kind._meta.get_field("citations_needed").formfield()
    made.label, made.initial, made.help_text = kind.name, kind.citations_needed, ""
    return made


def urls(site: Any) -> list[Any]:
    """The address of the page on ``site``; it must come before those of the stories."""
    view = site.admin_view(partial(page, site=site))
    return [path("events/story/<int:pk>/policy/", view, name="policy")]


def page(request: Any, pk: int, *, site: Any) -> Any:
    """The policy, and which published events do not meet it; with a POST, changed."""
    story = get_object_or_404(stories_of(request.user, "events.view_story"), pk=pk)
    may_set = may(request.user, SET_POLICY.permission, story)
    if request.method == "POST":
        form = _sent(request, story, may_set)
        if not form.errors:
            return redirect("admin:policy", pk)
    else:
        form = PolicyForm(signed_out.shown_again(request), instance=story)
    for field in () if may_set else form.fields.values():
        field.disabled = True
    # A refused form has written what was typed into the row that it was made of.
    context = _context(request, site, Story.objects.get(pk=pk), form, may_set)
    return TemplateResponse(request, "admin/events/policy.html", context)


def _sent(request: Any, story: Story, may_set: bool) -> PolicyForm:
    """The form as it was sent, and carried out where it has no errors."""
    if not may_set:
        raise PermissionDenied
    form = PolicyForm(request.POST, instance=story)
    if form.is_valid():
        _set(request, form)
    if form.errors:
        messages.error(request, "Not saved. What is missing or wrong stands beside it.")
    return form


def _set(request: Any, form: PolicyForm) -> None:
    data = form.cleaned_data
    fields = {name: data[name] for name in POLICY}
    try:
        changed = policy.set_policy(
            form.instance, by=request.user, seen=data["seen"], needed=form.needed(), **fields
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        form.data = form.data.copy()
        form.data["seen"] = Story.objects.get(pk=form.instance.pk).version
        return
    if changed:
        messages.success(request, f"The policy was changed: {'; '.join(changed)}.")
    else:
        messages.info(request, "Nothing was changed: it was so already.")


def _context(request: Any, site: Any, story: Story, form: PolicyForm, may_set: bool) -> dict[str, Any]:
    below = policy.below_policy(story).order_by("-earliest", "-pk")
    decisions = story.decisions.filter(verb=SET_POLICY.verb).select_related("by")[:MOST_NAMED]
    return {
        **site.each_context(request),
        "title": f"Policy of “{story}”",
        "story": story,
        "form": form,
        "may_set": may_set,
        "below": below[:MOST_NAMED],
        "below_count": below.count(),
        "decisions": [(told_at(decision.at, story), decision) for decision in decisions],
        "opts": Story._meta,
    }
