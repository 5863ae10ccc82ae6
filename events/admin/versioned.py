"""Forms that carry the version a person saw, so that a save over a newer one loses nothing."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django_prose_editor.widgets import ProseEditorWidget
from js_asset import Media

from chronicle import prose
from chronicle.csp import get_nonce
from events.admin.refusing import RefusableForm, Refusing
from events.admin.unsaved import KeepsUnsaved
from events.editorial.holding import hold_story_of


class Seen(forms.IntegerField):
    """The version that the person saw. It is sent along hidden and never counts as a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class VersionedForm(RefusableForm):
    """Refuses to save over a newer version, and then shows both: what was typed stays in the fields,
    what was saved in the meantime stands beside each one that differs.

    The row must be locked before the form is made; ``Versioned.get_object`` does so.
    """

    seen = Seen(required=False)
    each_time = True
    """Whether an old version is refused even where nothing was typed that differs."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.version

    def clean(self):
        cleaned = super().clean()
        if self.is_stale() and (self.each_time or self.has_changed()):
            self.show_both()
        return cleaned

    def is_stale(self) -> bool:
        """Whether the row is not at the version that the page was made from."""
        seen = self.data.get(self.add_prefix("seen"))
        return self.instance.pk is not None and seen != str(self.instance.version)

    def show_both(self) -> None:
        """Puts the saved values beside the typed ones. Saving again is then a choice made on both."""
        who = last_saved_by(self.instance)
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.instance.version
        self.add_error(
            None,
            f"Not saved: {who or 'somebody'} saved a newer version in the meantime. What you typed is still "
            "in the fields; what was saved stands beside each that differs. Saving again keeps yours.",
        )
        for name in self.changed_data:
            saved = in_words(self.fields[name], self.initial.get(name))
            self.add_error(name, f"Saved in the meantime{f' by {who}' if who else ''}: {saved}")


def last_saved_by(row: Any) -> Any:
    """Who is known to have saved ``row`` last, or None."""
    if hasattr(row, "changed_by"):
        return row.changed_by
    entry = (
        LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
        .select_related("user")
        .first()
    )
    return entry.user if entry else None


def in_words(field: forms.Field, value: Any) -> str:
    """A saved value of ``field`` as a person reads it."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(str(row) for row in value or ()) or "(none)"
    if value in (None, ""):
        return "(empty)"
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.filter(pk=value).first())
    if isinstance(field, forms.ChoiceField | forms.TypedChoiceField):
        return str(dict(field.choices).get(value, value))
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y H:i")
    if isinstance(field.widget, ProseEditorWidget):
        return prose.words(value)
    return str(value)


class WithSeen:
    """Puts the hidden version into the first fieldset of rows that this person may change."""

    def get_fieldsets(self, request, obj=None):
        return self.with_seen(super().get_fieldsets(request, obj), request, obj)

    def with_seen(self, fieldsets, request, obj):
        (name, first), *others = fieldsets
        if obj and self.has_change_permission(request, obj):
            first = {**first, "fields": (*first["fields"], "seen")}
        return [(name, first), *others]


class Versioned(WithSeen, KeepsUnsaved, Refusing):
    """An admin whose saves go through the verbs: held, checked and refused in the person's own form."""

    form = VersionedForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50

    def get_object(self, request, object_id, from_field=None):
        """The row; while a save or a deletion is made, held until it is done."""
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST" and not getattr(request, "waits_for_nobody", False):
            hold_story_of(row)
            row = super().get_object(request, object_id, from_field)
        return row

    def render_change_form(self, request, context, *args, **kwargs):
        # The import map of the prose editor is the one inline script of the desk.
        context["media"] = Media.from_media(context["media"], nonce=get_nonce(request))
        return super().render_change_form(request, context, *args, **kwargs)
