"""The way from the page of a row to where one asks that it be taken down."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from events.admin.reach import held
from events.editorial.holding import may, story_of
from events.editorial.moves import ASK_TAKEDOWN
from events.erasing.rows import has_words
from events.models import Decision, Words
from events.models.takedown import DECISION, ROWS

MOST_DECISIONS = 100
"""How many decisions one takedown names at the desk."""


class Takable:
    """An admin whose pages lead there, for who may ask."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if not context["is_popup"]:
            context["take_down"] = address_to_ask(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def address_to_ask(request: Any, row: Any) -> str:
    """Where one asks that ``row`` be taken down; empty where there is nothing to ask, or not for this one."""
    if row is None or row._meta.model_name not in (*ROWS, DECISION):
        return ""
    if not may(request.user, ASK_TAKEDOWN, story_of(row), held(request)) or not has_words(row):
        return ""
    if isinstance(row, Decision):
        return address_to_ask_of([row])
    return reverse(f"admin:events_{row._meta.model_name}_take_down", args=[row.pk])


def those_with_words_first(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """As many of ``decisions`` as an address names: one that has words is left out for no other."""
    texts = Words.objects.filter(decision=OuterRef("pk")).exclude(text="")
    return decisions.order_by(Exists(texts).desc(), "pk")[: MOST_DECISIONS + 1]


def address_to_ask_of(decisions: Iterable[Decision]) -> str:
    """Where one asks that the words of ``decisions`` be taken down; it names at most one too many."""
    keys = [decision.pk for decision in islice(decisions, MOST_DECISIONS + 1)]
    return f"{reverse('admin:decisions_take_down')}?{urlencode({'decision': keys}, doseq=True)}"
