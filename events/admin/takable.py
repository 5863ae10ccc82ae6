"""The way from the page of a row to where one asks that it be taken down."""

from typing import Any

from django.urls import reverse

from events.admin.reach import held
from events.editorial.holding import may
from events.editorial.moves import ASK_TAKEDOWN
from events.models.takedown import ROWS


class Takable:
    """An admin whose pages lead there, for who may ask."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if not context["is_popup"]:
            context["take_down"] = address_to_ask(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def address_to_ask(request: Any, row: Any) -> str:
    """Where one asks that ``row`` be taken down; empty where there is nothing to ask, or not for this one."""
    if row is None or row._meta.model_name not in ROWS or row.erased_at:
        return ""
    if not may(request.user, ASK_TAKEDOWN, row.story, held(request)):
        return ""
    return reverse(f"admin:events_{row._meta.model_name}_take_down", args=[row.pk])
