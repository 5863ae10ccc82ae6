"""Rows of one story at a desk of several: told apart where one chooses, kept together where one saves.

Where the desk has one story, nothing of this shows.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.utils.functional import cached_property

from events.admin.fieldsets import without_field
from events.admin.keys import ChoosesByTyping
from events.editorial.refused import Refused
from events.editorial.writing import keep_to_story
from events.models import Day, Event, Story


def several_stories() -> bool:
    return Story.objects.count() > 1


def in_its_story(row: Any) -> str:
    """``row`` with the story that it belongs to. A day says so itself."""
    return str(row) if isinstance(row, Day) else f"{row} ({row.story})"


def belongs(model: type) -> bool:
    """Whether each row of ``model`` is one of a story."""
    return hasattr(model, "story")


def with_stories(rows: Any) -> Any:
    """``rows``, each read with its story."""
    return rows.select_related("day__story" if rows.model is Event else "story")


class NamingStories(AutocompleteJsonView):
    """What is found by typing, with its story where there are several."""

    @cached_property
    def several(self) -> bool:
        return several_stories()

    def get_queryset(self):
        rows = super().get_queryset()
        return with_stories(rows) if self.several and belongs(rows.model) else rows

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        return {**found, "text": in_its_story(obj)} if self.several and belongs(type(obj)) else found


class TellsStoriesApart(ChoosesByTyping):
    """For an admin or its rows: what is chosen says of which story it is, where there are several."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return told_apart(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return told_apart(super().formfield_for_manytomany(db_field, request, **kwargs))


def told_apart(field: Any) -> Any:
    """``field``, its choices named with their story where there are several."""
    if isinstance(field, forms.ModelChoiceField) and belongs(field.queryset.model) and several_stories():
        field.queryset = with_stories(field.queryset)
        field.label_from_instance = in_its_story
    return field


class SaysWhichStory:
    """A filter of a list by rows of stories, which says of which story each is, where there are several."""

    def field_choices(self, field, request, model_admin):
        choices = super().field_choices(field, request, model_admin)
        if not several_stories():
            return choices
        rows = with_stories(field.remote_field.model.objects.all()).in_bulk([key for key, _ in choices])
        return [(key, in_its_story(rows[key])) for key, _ in choices]


class ByRow(SaysWhichStory, admin.RelatedFieldListFilter):
    pass


class ByRowInUse(SaysWhichStory, admin.RelatedOnlyFieldListFilter):
    pass


class OfAStory:
    """An admin of rows that belong to a story, which is not asked for where there is one."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "story" and Story.objects.count() == 1:
            field.widget = forms.HiddenInput()
        return field

    def get_changeform_initial_data(self, request):
        """Where there is one story, it is that one."""
        stories = list(Story.objects.all()[:2])
        ours = {"story": stories[0].pk} if len(stories) == 1 else {}
        return {**ours, **super().get_changeform_initial_data(request)}

    def get_readonly_fields(self, request, obj=None):
        """It stays in its story."""
        fields = super().get_readonly_fields(request, obj)
        return ("story", *fields) if obj and several_stories() else fields

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj is None or several_stories() else without_field(fieldsets, "story")

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        return columns if several_stories() else [column for column in columns if column != "story"]


class OneStoryForm:
    """A form whose row names others: those of another story are refused beside their field."""

    names: tuple[str, ...] = ()
    """The fields in which it does."""

    def story(self, cleaned: dict[str, Any]) -> Story | None:
        """The story of the row, as far as the form tells."""
        return self.instance.story if self.instance.pk else cleaned.get("story")

    def clean(self):
        cleaned = super().clean()
        given = self.cleaned_data
        story = self.story(given)
        if story is not None:
            for name in self.names:
                self.refuse_elsewhere(name, given.get(name), story)
        return cleaned

    def refuse_elsewhere(self, name: str, chosen: Any, story: Story) -> None:
        several = isinstance(self.fields.get(name), forms.ModelMultipleChoiceField)
        for row in chosen or () if several else filter(None, [chosen]):
            try:
                keep_to_story(story, row)
            except Refused as refused:
                self.add_error(name, str(refused))
