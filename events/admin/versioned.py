"""Forms that carry the version a person saw, so that a save over a newer one loses nothing."""

from typing import Any

from django import forms
from django.db import models
from js_asset import Media

from chronicle.csp import get_nonce
from events.admin.acting import ActsOnWhatWasShown
from events.admin.conflict import Merges
from events.admin.refusing import RefusableForm, Refusing
from events.admin.revisions import Remembers
from events.admin.unsaved import KeepsUnsaved
from events.editorial.holding import hold_story_of
from events.editorial.remembering import revisions_of


class Seen(forms.IntegerField):
    """The version that the person saw. It is sent along hidden and never counts as a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class VersionedForm(RefusableForm):
    """Refuses to save over a newer version; then both are shown (see events.admin.conflict).

    The row must be locked before the form is made; ``Versioned.get_object`` does so.
    """

    seen = Seen(required=False)
    meets_newer = False
    """Whether it was made from an older version than the one that is saved."""
    each_time = True
    """Whether an old version is refused even where nothing was typed that differs."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.version

    def clean(self):
        self.meets_newer = self.is_stale() and (self.each_time or self.has_changed())
        cleaned = super().clean()
        if self.meets_newer:
            self.refuse_to_overwrite()
        return cleaned

    def is_stale(self) -> bool:
        """Whether the row is not at the version that the page was made from."""
        seen = self.data.get(self.add_prefix("seen"))
        return self.instance.pk is not None and seen != str(self.instance.version)

    def refuse_to_overwrite(self) -> None:
        """Has nothing be saved; what becomes of either is asked on a page of its own."""
        who = last_saved_by(self.instance)
        self.add_error(
            None,
            f"Not saved: {who or 'somebody'} saved a newer version in the meantime. What you typed is still "
            "here: saving shows both.",
        )


def last_saved_by(row: Any) -> Any:
    """Who is known to have saved ``row`` last, or None."""
    if hasattr(row, "changed_by"):
        return row.changed_by
    last = revisions_of(row).filter(saved=True).first()
    return last.by if last else None


class WithSeen:
    """Puts the hidden version into the first fieldset of rows that this person may change."""

    def get_fieldsets(self, request, obj=None):
        return self.with_seen(super().get_fieldsets(request, obj), request, obj)

    def with_seen(self, fieldsets, request, obj):
        (name, first), *others = fieldsets
        if obj and self.has_change_permission(request, obj):
            first = {**first, "fields": (*first["fields"], "seen")}
        return [(name, first), *others]


class Versioned(WithSeen, Merges, Remembers, ActsOnWhatWasShown, KeepsUnsaved, Refusing):
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
            self.note_before(request, row)
        return row

    def render_change_form(self, request, context, *args, **kwargs):
        # The import map of the prose editor is the one inline script of the desk.
        context["media"] = Media.from_media(context["media"], nonce=get_nonce(request))
        return super().render_change_form(request, context, *args, **kwargs)
