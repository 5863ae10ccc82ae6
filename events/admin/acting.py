"""Actions on many rows of a list: what changed since the list was shown is named, and left out.

What was ticked and chosen by somebody who was signed out meanwhile is ticked and chosen again.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpResponseRedirect
from django.utils.html import format_html

from chronicle.wording import counted
from events.admin import signed_out
from events.admin.keys import key_in

SHOWN = "version-of-"
"""How the names of fields begin that say in which version a row was listed."""
MOST_NAMED = 10
AGAIN = "What you ticked is ticked again, with the action that you chose."
ELSEWHERE = "Not on this page, and not ticked: {}."
ACROSS = "You had chosen all pages: choose them once more."


class TicksAgain:
    """An admin whose lists keep what was ticked by somebody who was signed out."""

    def action_checkbox(self, obj):
        """As Django’s, and ticked where it was."""
        told = {"class": "action-select", "aria-label": f"Select this object for an action - {obj}"}
        box = forms.CheckboxInput(told, lambda value: getattr(obj, "is_ticked", False))
        return box.render(ACTION_CHECKBOX_NAME, str(obj.pk))

    def changelist_view(self, request, extra_context=None):
        typed = signed_out.taken_up(request)
        response = super().changelist_view(request, extra_context)
        if typed is not None:
            tick_again(request, getattr(response, "context_data", None) or {}, typed)
        return response


class ActsOnWhatWasShown(TicksAgain):
    """An admin whose lists send along what they show."""

    def action_checkbox(self, obj):
        box = super().action_checkbox(obj)
        return format_html('{}<input type="hidden" name="{}{}" value="{}">', box, SHOWN, obj.pk, obj.version)

    def response_action(self, request, queryset):
        changed = changed_since(request, queryset)
        if not changed:
            return super().response_action(request, queryset)
        tell(request, changed)
        left = {str(row.pk) for row in changed}
        data = request.POST.copy()
        rest = [key for key in data.getlist(ACTION_CHECKBOX_NAME) if key not in left]
        if not rest:
            return HttpResponseRedirect(request.get_full_path())
        data.setlist(ACTION_CHECKBOX_NAME, rest)
        request.POST = data
        return super().response_action(request, queryset)


def changed_since(request: Any, rows: Any) -> list[Any]:
    """The rows that were chosen in another version than they have now."""
    chosen = [key for key in map(key_in, request.POST.getlist(ACTION_CHECKBOX_NAME)) if key is not None]
    shown = {key: request.POST.get(f"{SHOWN}{key}") for key in chosen}
    found = rows.filter(pk__in=[key for key, version in shown.items() if version])
    return [row for row in found if str(row.version) != shown[row.pk]]


def tell(request: Any, changed: list[Any]) -> None:
    """Which rows were left out."""
    for row in changed[:MOST_NAMED]:
        messages.warning(
            request, f"“{row}” was changed since you were shown the list, and is left out: look at it first."
        )
    if len(changed) > MOST_NAMED:
        messages.warning(request, f"So were {len(changed) - MOST_NAMED} more.")


def tick_again(request: Any, context: dict[str, Any], typed: Any) -> None:
    """Ticks in the list of ``context`` what was ``typed``, but for what changed since it was shown."""
    chosen = set(typed.getlist(ACTION_CHECKBOX_NAME))
    rows = [row for row in context["cl"].result_list if str(row.pk) in chosen] if "cl" in context else []
    changed = [row for row in rows if typed.get(f"{SHOWN}{row.pk}", "") not in ("", str(row.version))]
    for row in rows:
        row.is_ticked = row not in changed
    if rows and context["action_form"]:
        context["action_form"].initial["action"] = typed.get("action", "")
    messages.warning(request, " ".join(_said_of(typed, len(rows), len(chosen) - len(rows))))
    tell(request, changed)


def _said_of(typed: Any, here: int, elsewhere: int) -> Iterator[str]:
    """What became of what was ticked, some of it ``here`` on the page."""
    yield signed_out.not_done(typed)
    if here:
        yield AGAIN
    if elsewhere:
        yield ELSEWHERE.format(counted(elsewhere, "row", "rows"))
    if typed.get("select_across") == "1":
        yield ACROSS
