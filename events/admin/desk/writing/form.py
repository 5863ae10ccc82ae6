"""The form of an event: its words, and the places and actors that it names, some of them new."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, Subquery

from events.admin import apart
from events.admin.belonging import OneStoryForm
from events.admin.desk.writing import naming
from events.admin.versioned import VersionedForm
from events.editorial.adding import add_named
from events.models import Actor, Day, Place

LATEST = 50
"""How many days can be chosen without a script."""

NAMED = {"places": Place, "actors": Actor}
"""What of an event may be named, and made so."""


def first_named(model: Any) -> Any:
    """Places or actors, each with the first of its names, and whether another has one of them."""
    names = model._meta.get_field("names").related_model
    of_it = names.objects.filter(**{model._meta.model_name: OuterRef("pk")})
    first = Subquery(of_it.values("name")[:1])
    read_with = ("story", "within") if model is Place else ("story",)
    rows = model.objects.select_related(*read_with)
    return rows.annotate(first_name=first, is_doubled=apart.is_doubled(model))


class EventForm(OneStoryForm, VersionedForm):
    names = ("day", "kind", "places", "actors")
    by = None
    """Who writes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "places" in self.fields:
            self.fields["day"].widget.known = [self.instance.day]
            self._keep_its_day()
            for name in NAMED:
                self.fields[name].widget.known = list(getattr(self.instance, name).all())
        elif "day" in self.fields:
            days = self.fields["day"].queryset.select_related("story").order_by("-date", "-pk")
            self.fields["day"].widget.latest = list(days[:LATEST])

    def _keep_its_day(self):
        """A day whose words were taken down goes on telling its events."""
        if self.instance.day.erased_at:
            others = self.fields["day"].queryset.values("pk")
            self.fields["day"].queryset = Day.objects.filter(Q(pk=self.instance.day_id) | Q(pk__in=others))

    class Meta:
        help_texts = {
            "is_key": "One of those that the story is told in: it stands first on its day, among the key "
            "events of the timeline, and in the story so far on the first page. One or two a day are enough."
        }
        widgets = {
            "headline": forms.Textarea({"rows": 1, "class": "headline", "maxlength": 200, "dir": "auto"})
        }

    def clean_headline(self):
        """It is one line, however it is drawn."""
        return " ".join(self.cleaned_data["headline"].splitlines())

    def clean(self):
        cleaned = super().clean()
        story = self.story(self.cleaned_data)
        if story is not None:
            sort_out_names(self, story, self.by)
        return cleaned

    def story(self, cleaned):
        """That of the day which tells it."""
        if self.instance.pk:
            return self.instance.story
        day = cleaned.get("day")
        return day.story if day else None


def sort_out_names(form: Any, story: Any, by: Any) -> None:
    """Take what was named in ``form`` for rows of ``story``; what is new there is kept as ``form.new``."""
    form.new = {}
    for name, model in NAMED.items():
        typed = getattr(form.fields.get(name), "typed", ())
        if not typed or name not in form.cleaned_data:
            continue
        try:
            found = naming.sorted_out(model, typed, story)
            if found.new:
                naming.insist_on_adding(model, story, by)
        except ValidationError as wrong:
            form.add_error(name, wrong)
            continue
        form.new[name] = found.new
        form.cleaned_data[name] = [*form.cleaned_data[name], *found.known]


def with_new(form: Any, name: str, *, by: Any) -> Any:
    """The places or actors that ``form`` names, those made that are new; None where it has no such field."""
    chosen = form.cleaned_data.get(name)
    made = [
        add_named(NAMED[name], form.instance.story, each, by=by, why="Named in an event.")
        for each in getattr(form, "new", {}).get(name, ())
    ]
    return chosen if chosen is None else [*chosen, *made]
