"""The action of a list that copies what is ticked into another story, after a page that asks which."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse

from chronicle import wording
from events.admin.belonging import several_stories
from events.admin.wordless import Unnamed
from events.editorial.copying import copy
from events.editorial.holding import verb_on
from events.editorial.reach import stories_of
from events.editorial.refused import Refused
from events.models import Story

ACTION = "copy_into_another_story"


class IntoForm(forms.Form):
    into = forms.ModelChoiceField(Story.objects.none(), label="Into")

    def __init__(self, *args: Any, stories: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = stories


class Copies(admin.ModelAdmin):
    """An admin of rows that may be copied into another story."""

    actions = (ACTION,)

    def get_actions(self, request):
        """Only for who may add such rows, and has a role in another story too."""
        actions = super().get_actions(request)
        if not several_stories(request.user) or not self.stories_to_copy_into(request):
            actions.pop(ACTION, None)
        return actions

    @admin.action(description="Copy into another story", permissions=["view"])
    def copy_into_another_story(self, request, queryset):
        stories = self.stories_to_copy_into(request)
        form = IntoForm(request.POST if "into" in request.POST else None, stories=stories)
        if not form.is_valid():
            return self.ask_where(request, queryset, form)
        into, copied = form.cleaned_data["into"], 0
        for row in queryset.order_by("pk"):
            try:
                made = copy(row, into=into, by=request.user)
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                # Django's log alone: the verb began its history, and that of what came along.
                admin.ModelAdmin.log_addition(self, request, Unnamed(made), "Copied.")
                copied += 1
        if not copied:
            return None
        words = wording.counted(copied, self.opts.verbose_name, str(self.opts.verbose_name_plural))
        messages.success(request, f"Copied {words} into “{into}”.")
        return None

    def stories_to_copy_into(self, request):
        """Asked once a request: a list offers its actions twice."""
        if not hasattr(request, "stories_to_copy_into"):
            request.stories_to_copy_into = stories_of(request.user, verb_on("add", self.model))
        return request.stories_to_copy_into

    def ask_where(self, request, queryset, form):
        """The page that asks for the story, and sends the same rows again."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Copy into another story",
            "opts": self.opts,
            "form": form,
            "rows": queryset,
            "action": ACTION,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/events/copy_into.html", context)
