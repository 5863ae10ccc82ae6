"""The media of an event: rows below its form, and what keeps readers from seeing them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html

from events.admin.belonging import TellsStoriesApart
from events.admin.desk.media.files import address_of
from events.admin.keys import ChosenOne
from events.admin.reach import RowsBelow
from events.editorial import using
from events.editorial.showing import missing, today, uses_of
from events.models import Event, Material, Use


class MediumOfARow(ChosenOne):
    """Chosen by typing; without a script by its number, which its page tells.

    Asks for no medium that its row was read with: an event may show many.
    """

    template_name = "admin/events/material/of_a_row.html"
    is_empty = False

    def build_attrs(self, base_attrs, extra_attrs=None):
        # What stands in an empty row is its name to who cannot see the head of its column.
        return {**super().build_attrs(base_attrs, extra_attrs), "data-placeholder": "Find a medium"}

    def get_context(self, name, value, attrs):
        return {**super().get_context(name, value, attrs), "is_empty": self.is_empty}


class UseForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["material"].widget.widget.known = [self.instance.material]


class UseFormSet(RowsBelow):
    """Rows to be filled in come after those that are there."""

    def get_queryset(self):
        """Asks for none where its event was read as one that shows no media."""
        if not hasattr(self, "_queryset") and not getattr(self.instance, "shows_media", True):
            self._queryset = self.model._default_manager.none()
        return super().get_queryset()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance.pk is None:
            form.initial["position"] = self.initial_form_count()
        # What a script copies for a further row has no index.
        if form.instance.pk is None and index is not None:
            form.fields["material"].widget.widget.is_empty = True


class UseInline(TellsStoriesApart, admin.TabularInline):
    """What an event shows, in order. Saved by ``save_uses``."""

    model = Use
    form = UseForm
    formset = UseFormSet
    fields = ("picture", "material", "caption", "position")
    readonly_fields = ("picture",)
    autocomplete_fields = ("material",)
    extra = 1
    verbose_name = "medium"
    verbose_name_plural = "media"

    class Media:
        css = {"all": ["events/media.css"]}

    def get_queryset(self, request):
        related = ("material__asset", "material__shown", "material__story")
        return super().get_queryset(request).select_related(*related)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "material":
            # Media begin with their files, on a page of their own.
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_view_related = False
            field.widget.widget = MediumOfARow(db_field, self.admin_site)
        return field

    @admin.display(description="")
    def picture(self, use):
        if use.pk is None or not (address := address_of(use.material.printable, use.material)):
            return ""
        return format_html('<img class="small" src="{}" alt="{}" loading="lazy">', address, use.material.alt)


def save_uses(event: Event, formset: Any, by: Any) -> None:
    """Have ``event``, saved just now, show what its rows say; it is as saved then."""
    rows = [
        form.instance
        for form in formset.forms
        if form not in formset.deleted_forms and form.instance.material_id is not None
    ]
    using.show(event, sorted(rows, key=lambda use: use.position), by=by, seen=event.version)
    event.refresh_from_db()


def shown_by(event: Event) -> list[Material]:
    """The media that ``event`` shows, read once for a page of it."""
    if not hasattr(event, "shown"):
        event.shown = uses_of([event])[event.pk]
    return event.shown


def told_of(event: Event) -> list[dict[str, Any]]:
    """Each medium that ``event`` shows, and what keeps readers from seeing it."""
    on = today(event.story)
    return [{"medium": material, "lacks": missing(material, on)} for material in shown_by(event)]


def media_of(event: Event) -> str:
    """What it shows, and what each of it lacks, for the page of the event."""
    return render_to_string("admin/events/material/of_an_event.html", {"told": told_of(event)})
