"""What the forms of sources and outlets have for a change that waits: why, and what readers are told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.shortcuts import redirect

from events.admin.decision import told_at
from events.admin.desk.differing import Difference, rows_of
from events.admin.versioned import VersionedForm
from events.editorial.guarding import in_use, named_by
from events.editorial.holding import may
from events.models.decision import LONGEST_NOTE
from events.models.length import at_most, limit_words
from events.models.proposal import LONGEST_PUBLIC_NOTE

IN_USE = (
    "Readers see it, or an approval rests on it: what you change here waits as a proposal until a moderator "
    "other than you accepts it. Until then all stays as it is."
)
WAITS = (
    "Not changed yet: it waits as a proposal until a moderator other than you accepts it. Readers and the "
    "desk keep what stands here."
)
SHOWN = 5
"""How many proposals a page lists of its row, the newest first."""


class Said(forms.CharField):
    """What is said of a change. By itself it changes nothing."""

    def __init__(self, label: str, longest: int, about: str) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.Textarea({"rows": 2, "cols": 40}),
            validators=[at_most(longest)],
            help_text=f"{about} {limit_words(longest)}",
        )

    def has_changed(self, initial, data):
        return False


class ProposableForm(VersionedForm):
    """A form of a row of which a change may have to wait."""

    why = Said("Why, for who decides", LONGEST_NOTE, "What shows that it is so, and where to see it.")
    note = Said(
        "What changed, for readers", LONGEST_PUBLIC_NOTE, "In the history of every entry that cites it."
    )

    @property
    def said(self) -> dict[str, str]:
        """What was typed into these, by the names that the verb has for it."""
        return {name: typed for name in ("why", "note") if (typed := self.cleaned_data.get(name))}


class Proposes:
    """An admin of such rows."""

    change_form_template = "admin/events/proposal/of_a_row.html"

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row:
            row.is_in_use = in_use(row)
        return row

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if getattr(obj, "is_in_use", False) and self.has_change_permission(request, obj):
            said = {"fields": ("why", "note"), "description": IN_USE}
            return [*fieldsets, ("As a proposal", said)]
        return fieldsets

    def log_change(self, request, obj, message):
        """What waits has changed nothing of the row: that it was proposed is said of the proposal."""
        return super().log_change(request, obj.proposed or obj, message)

    def response_change(self, request, obj):
        if obj.proposed is None:
            return super().response_change(request, obj)
        messages.info(request, WAITS)
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", obj.pk)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and may(request.user, "events.view_proposal", obj.story):
            context["proposals"] = proposals_of(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def proposals_of(row: Any) -> list[dict[str, Any]]:
    """The latest proposals of ``row``, the one that waits first, with what that would change."""
    found = row.proposals.select_related("story", "source", "outlet", "proposed_by", "decided_by")[:SHOWN]
    latest = sorted(found, key=lambda proposal: proposal.state != proposal.State.OPEN)
    return [
        {
            "proposal": proposal,
            "when": told_at(proposal.proposed_at, row.story),
            "changes": changes_of(proposal),
        }
        for proposal in latest
    ]


def changes_of(proposal: Any) -> list[Difference]:
    """What it would change, while it waits."""
    return rows_of(proposal, named_by(proposal)) if proposal.state == proposal.State.OPEN else []
