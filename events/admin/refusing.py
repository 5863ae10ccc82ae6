"""Forms whose save a verb may refuse, and admins that then give them back with what was typed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.views.decorators.http import require_safe

from events.admin import signed_out
from events.admin.belonging import OfStories
from events.admin.listing import Listing
from events.editorial.refused import Busy, Refused
from events.models.emptied import Erasable


class RefusableForm(forms.ModelForm):
    """A form that a verb saves."""

    refusal = ""
    """Why the verb refused this save; it comes back as an error of the form."""

    def __init__(self, *args, **kwargs):
        # What is only read is labelled by Django itself, and not by our template.
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned


class WithWords(Listing):
    """A list of rows, without those that were taken down."""

    def get_queryset(self, request, exclude_parameters=None):
        rows = super().get_queryset(request, exclude_parameters)
        return rows.filter(erased_at=None) if issubclass(rows.model, Erasable) else rows


class Refusing(OfStories, admin.ModelAdmin):
    """An admin whose saves go through the verbs."""

    form = RefusableForm

    def get_changelist(self, request, **kwargs):
        """Of what was taken down nothing is left to be listed; by its state it can be asked for."""
        return super().get_changelist(request, **kwargs) if hasattr(self.model, "State") else WithWords

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if "_saveasnew" in request.POST:
            # Django makes a new row of it even where no page offers that.
            raise SuspiciousOperation("No page of the desk saves a row as a new one.")
        typed = signed_out.taken_up(request)
        if typed is not None:
            return self.shown_with(request, typed, signed_out.sentence(typed), object_id, extra_context)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Busy as busy:
            # Likewise, without the lock that could not be had: it is not to be waited for again.
            request.refusal, request.waits_for_nobody = str(busy), True
            return self._changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            # Once more, now with the refusal as an error of the form: what was typed comes back with it.
            request.refusal = str(refused)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def shown_with(self, request, typed, sentence, object_id, extra_context):
        """The form as it would come back with what was ``typed``, under ``sentence``: nothing is saved."""
        # Read for the first time later, they would put an empty POST in the place of this one.
        files = request.FILES
        request.method, request.POST, request._files = "POST", typed, files
        request.refusal, request.waits_for_nobody, request.offer = sentence, True, sentence
        return self._changeform_view(request, object_id, "", extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        """What is shown again was not sent to be saved: nothing of it is called wrong."""
        if offer := getattr(request, "offer", ""):
            context |= {"offer": offer, "errors": None}
            forget_errors(context)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_changeform_initial_data(self, request):
        """What the address asks to begin with, but for what its field could not hold."""
        asked = super().get_changeform_initial_data(request)
        fields = self.get_form(request).base_fields
        return {name: value for name, value in asked.items() if name in fields and holds(fields[name], value)}

    def history_view(self, request, object_id, extra_context=None):
        """Only to be looked at: nothing is sent to it, and what a POST would hold it could not let go of."""
        return require_safe(super().history_view)(request, object_id, extra_context)


def forget_errors(context: dict[str, Any]) -> None:
    """Has the forms of a page say of nothing that is typed in them that it is wrong."""
    context["adminform"].form._errors = ErrorDict()
    for inline in context["inline_admin_formsets"]:
        inline.formset._non_form_errors = ErrorList()
        for form in inline.formset.forms:
            form._errors = ErrorDict()


def holds(field: forms.Field, value: Any) -> bool:
    """Whether ``field`` could hold ``value``."""
    try:
        field.clean(value)
    except ValidationError:
        return False
    return True
