"""Imports that are begun and not done: each is kept as what is typed into a form is, in a row of its own.

So nothing of one is lost by “Back”, by the end of a session or by a second tab, with scripts or without.
"""

from typing import Any
from uuid import UUID, uuid4

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.http import QueryDict

from events.admin.unsaved import AFTER, TAB, put, without_tokens
from events.models import Unsaved

MOST_OFFERED = 10
_NAMED = 60


def begun(request: Any, address: str) -> list[tuple[Unsaved, str]]:
    """The imports that who asks has begun, the last touched first, and what each is called."""
    rows = Unsaved.objects.filter(person=request.user, address=address).exclude(typed="")
    return [(row, _name_of(row)) for row in rows.order_by("-typed_at")[:MOST_OFFERED]]


def _name_of(row: Unsaved) -> str:
    state = QueryDict(row.typed)
    lines = (state.get("title", "") or state.get("text", "")).strip().splitlines()
    return f"“{lines[0][:_NAMED].strip()}”" if lines else f"begun {naturaltime(row.typed_at)}"


def new_page() -> UUID:
    """Of a page that is being shown."""
    return uuid4()


def found(request: Any, address: str, key: int | None) -> Unsaved | None:
    """What is kept under ``key``, if who asks has begun it."""
    rows = Unsaved.objects.filter(person=request.user, address=address, pk__in=[key or 0])
    return rows.exclude(typed="").first()


def kept(request: Any, address: str, state: QueryDict) -> tuple[Unsaved, bool]:
    """``state`` as it is kept, and whether another page had gone on with the import meanwhile."""
    tab, after = _page(state, TAB) or new_page(), _page(state, AFTER)
    rows = Unsaved.objects.filter(person=request.user, address=address).exclude(typed="")
    apart = after is not None and not rows.filter(tab__in=(tab, after)).exists()
    row, _ = put(request.user, address, tab, without_tokens(state), after=after)
    return row, apart


def forget(request: Any, address: str, state: QueryDict) -> None:
    """It is done."""
    pages = [page for page in (_page(state, TAB), _page(state, AFTER)) if page]
    Unsaved.objects.filter(person=request.user, address=address, tab__in=pages).delete()


def _page(state: QueryDict, name: str) -> UUID | None:
    try:
        return UUID(state.get(name, ""))
    except ValueError:
        return None
