"""What of the desk somebody finds there: whom an admin lets in, and to which rows.

Of a story in which they have no role, and of one that is not there, they are answered the same.
"""

from typing import Any

from django.forms import Textarea, TextInput
from django.forms.models import BaseInlineFormSet

from events.admin.wordless import Wordless
from events.editorial.holding import may, may_at_all, story_of, verb_on
from events.editorial.reach import to_be_looked_at, within
from events.permitting import Held, held_once


def held(request: Any) -> Held:
    """The roles in single stories of who asks, read once a request: for what is shown. Verbs ask again."""
    if not hasattr(request, "held"):
        request.held = held_once(request.user)
    return request.held


class Asks:
    """An admin, or rows below one, whose permissions are given in the story of the row, or everywhere."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """What is typed reads from the side of its own words."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, Textarea | TextInput):
            field.widget.attrs.setdefault("dir", "auto")
        return field

    def allows(self, request: Any, action: str, obj: Any) -> bool:
        """Whether ``action`` is allowed with ``obj``; without one, with any row at all."""
        if action != "view" and getattr(obj, "erased_at", None):
            # What was taken down has no words again.
            return False
        verb = verb_on(action, self.opts.model)
        if obj is None:
            return may_at_all(request.user, verb, held=held(request))
        return may(request.user, verb, story_of(obj), held(request))

    def has_view_permission(self, request, obj=None):
        return any(self.allows(request, action, obj) for action in ("view", "change"))

    def has_add_permission(self, request, obj=None):
        return self.allows(request, "add", obj)

    def has_change_permission(self, request, obj=None):
        return self.allows(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self.allows(request, "delete", obj)

    def has_module_permission(self, request):
        return self.has_view_permission(request) or self.has_add_permission(request)


class InReach(Asks, Wordless):
    """An admin that finds the rows of the stories in which somebody has a role, and no others."""

    def get_queryset(self, request):
        verbs = to_be_looked_at(self.model)
        return within(super().get_queryset(request), request.user, *verbs, held=held(request))


MOST_NEW = 100
"""How many rows may be added below a form at once: for a number sent Django would draw two thousand."""


class RowsBelow(BaseInlineFormSet):
    """Rows below a form, each one of that form's: Django's own take the key of any row that there is."""

    default_error_messages = {
        **BaseInlineFormSet.default_error_messages,
        "too_many_forms": "These are more rows than are saved at once: %(num)d at most.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.max_num = self.absolute_max = len(self.get_queryset()) + MOST_NEW

    def add_fields(self, form, index):
        super().add_fields(form, index)
        # Else what is answered would tell whether another story has a row of that key.
        form.fields[self._pk_field.name].queryset = self.get_queryset()
