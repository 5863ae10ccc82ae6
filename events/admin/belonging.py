"""Rows of one story at a desk of several: told apart where one chooses, kept together where one saves.

Where the desk has one story, nothing of this shows.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property

from events.admin import apart
from events.admin.fieldsets import without_field
from events.admin.keys import ChoosesByTyping, key_in
from events.admin.listing import MOST_CHOICES, Listed, values_of
from events.admin.reach import Asks, InReach
from events.admin.takable import Takable
from events.editorial.holding import is_everywhere, verb_on
from events.editorial.reach import STORY_FROM, stories_of, within
from events.editorial.refused import Refused
from events.editorial.writing import keep_to_story
from events.models import Day, Event, Material, Story
from events.models.emptied import Erasable
from events.permitting import held_once


def several_stories(by: Any) -> bool:
    """Whether ``by`` has a role in more than one: known with their account and their roles."""
    if hasattr(by, "are_several_stories") and not hasattr(by, "stories_at_hand"):
        return by.are_several_stories if is_everywhere(by) else len({story for story, _ in held_once(by)}) > 1
    return len(stories_at_hand(by)) > 1


def stories_at_hand(by: Any) -> list[Story]:
    """The first stories in which ``by`` has a role, read once a request, whose person they are."""
    if not hasattr(by, "stories_at_hand"):
        by.stories_at_hand = list(stories_of(by)[:MOST_CHOICES])
    return list(by.stories_at_hand)


def in_its_story(row: Any) -> str:
    """``row`` with the story that it belongs to. A day says so itself."""
    return str(row) if isinstance(row, Day) else f"{row} ({row.story})"


def belongs(model: type) -> bool:
    """Whether each row of ``model`` is one of a story."""
    return hasattr(model, "story")


def with_stories(rows: Any) -> Any:
    """``rows``, each read with its story."""
    return rows.select_related("day__story" if rows.model is Event else "story")


MOST_PAGES = 50
"""How far somebody scrolls in what is found by typing."""


class NamingStories(AutocompleteJsonView):
    """What is found by typing, with its story where there are several; nothing that was discarded or taken
    down."""

    @cached_property
    def several(self) -> bool:
        return several_stories(self.request.user)

    def get_queryset(self):
        """The rows up to the page that is asked for, and one more: keys first, as lists of the desk."""
        rows = super().get_queryset()
        if rows.model in (Event, Material):
            rows = rows.exclude(state="discarded")
        if issubclass(rows.model, Erasable):
            rows = rows.filter(erased_at=None)
        page = key_in(self.request.GET.get("page", "")) or 1
        keys = list(rows.values_list("pk", flat=True)[: min(page, MOST_PAGES) * self.paginate_by + 1])
        found = self.model_admin.get_queryset(self.request).filter(pk__in=keys)
        return with_stories(found) if self.several and belongs(rows.model) else found

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        told = apart.told_beside(self.model_admin.model, [row.pk for row in rows])
        self.beside = told | apart.labels(rows)
        return context

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        text = in_its_story(obj) if self.several and belongs(type(obj)) else found["text"]
        found["text"] = apart.with_beside(text, self.beside.get(obj.pk))
        also = [name.name for name in list(obj.names.all())[1:]] if apart.has_names(type(obj)) else []
        return {**found, "also": ", ".join(also)} if also else found


class TellsStoriesApart(Asks, ChoosesByTyping):
    """For an admin or its rows: what can be chosen is of one's stories, and says of which where they are
    several."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return told_apart(super().formfield_for_foreignkey(db_field, request, **kwargs), request.user)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return told_apart(super().formfield_for_manytomany(db_field, request, **kwargs), request.user)


def told_apart(field: Any, by: Any) -> Any:
    """``field``, its choices those of the stories of ``by``, each with its story where these are several."""
    if not isinstance(field, forms.ModelChoiceField) or field.queryset.model not in STORY_FROM:
        return field
    field.queryset = within(field.queryset, by)
    if issubclass(field.queryset.model, Erasable):
        field.queryset = field.queryset.filter(erased_at=None)
    if apart.has_names(field.queryset.model):
        field.queryset = field.queryset.prefetch_related("names")
    if belongs(field.queryset.model) and several_stories(by):
        field.queryset = with_stories(field.queryset)
        field.label_from_instance = in_its_story
    return field


class SaysWhichStory:
    """A filter of a list by rows of one's stories, which says of which story each is, where there are
    several."""

    def field_choices(self, field, request, model_admin):
        """The first of them, and the one that is chosen: however many there are, the list stays short."""
        if field.remote_field.model is Story:
            return [(story.pk, str(story)) for story in stories_at_hand(request.user)]
        ordering = self.field_admin_ordering(field, request, model_admin)
        rows = self.offered(within(field.remote_field.model.objects.all(), request.user), field)
        named = belongs(rows.model) and several_stories(request.user)
        rows = with_stories(rows) if named else rows
        found = list(rows.order_by(*(ordering or rows.model._meta.ordering))[:MOST_CHOICES])
        found += rows.filter(pk__in=self.chosen() - {row.pk for row in found})
        return apart.named(found, in_its_story if named else str)

    def chosen(self):
        """The keys that the address asks for."""
        keys = (key_in(one) for one in self.lookup_val or ())
        return {key for key in keys if key is not None}

    def offered(self, rows, field):
        return rows


class ByRow(SaysWhichStory, admin.RelatedFieldListFilter):
    pass


class ByRowInUse(ByRow):
    """By rows that one of the list names at least."""

    def offered(self, rows, field):
        return rows.filter(Exists(field.model.objects.filter(**{field.name: OuterRef("pk")})))


class ByValue(admin.AllValuesFieldListFilter):
    """By the values of a column that an index begins with."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        keys = [story.pk for story in stories_at_hand(request.user)]
        here = None if is_everywhere(request.user) else keys
        self.lookup_choices = values_of(model, field.name, stories=here)


class OfStories(Listed, Takable, InReach, TellsStoriesApart):
    """An admin of rows of stories: they are found, chosen and narrowed by in one's own stories alone."""

    def get_list_filter(self, request):
        return [self.by_row(one) for one in super().get_list_filter(request)]

    def by_row(self, narrowing: Any) -> Any:
        """``narrowing``, by a filter that offers rows of one's own stories where it goes by rows."""
        if not isinstance(narrowing, str):
            return narrowing
        remote = get_fields_from_path(self.model, narrowing)[-1].remote_field
        return (narrowing, ByRow) if remote and remote.model in STORY_FROM else narrowing


class OfAStory:
    """An admin of rows that belong to a story, which is not asked for where there is one."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "story":
            field.queryset = self.stories_to_add_to(request)
            if field.queryset.count() == 1:
                field.widget = forms.HiddenInput()
        return field

    def stories_to_add_to(self, request):
        return stories_of(request.user, verb_on("add", self.model))

    def get_changeform_initial_data(self, request):
        """Where there is one story, it is that one."""
        stories = list(self.stories_to_add_to(request)[:2])
        ours = {"story": stories[0].pk} if len(stories) == 1 else {}
        return {**ours, **super().get_changeform_initial_data(request)}

    def get_readonly_fields(self, request, obj=None):
        """It stays in its story."""
        fields = super().get_readonly_fields(request, obj)
        return ("story", *fields) if obj and several_stories(request.user) else fields

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or several_stories(request.user):
            return fieldsets
        return without_field(fieldsets, "story")

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        if several_stories(request.user):
            return columns
        return [column for column in columns if column != "story"]


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
        if name not in self.changed_data:
            return
        several = isinstance(self.fields.get(name), forms.ModelMultipleChoiceField)
        for row in chosen or () if several else filter(None, [chosen]):
            try:
                keep_to_story(story, row)
            except Refused as refused:
                self.add_error(name, str(refused))
