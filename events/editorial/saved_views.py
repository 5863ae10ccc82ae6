"""How somebody looks at lists of the desk, kept under names of theirs."""

from typing import Any

from events.editorial.checking import check_values
from events.editorial.holding import note_of
from events.editorial.refused import Refused
from events.models import SavedView
from events.models.saved_view import MOST_VIEWS


def save(name: str, query: str, model: str, *, by: Any) -> SavedView:
    """Keep ``query`` of the list of ``model`` under ``name``, in place of what had that name before."""
    name = note_of(name)
    if not name:
        raise Refused("Say what you call this view.")
    if not query:
        raise Refused("This shows the whole list: search or narrow it first, then save how you see it.")
    view = SavedView(person=by, model=model, name=name, query=query)
    check_values(view)
    if SavedView.objects.filter(person=by, model=model).exclude(name=view.name).count() >= MOST_VIEWS:
        raise Refused(f"You keep {MOST_VIEWS} views of this list: take one out first.")
    # Two who press at once, in two tabs, save one.
    saved, _ = SavedView.objects.update_or_create(
        person=by, model=model, name=view.name, defaults={"query": view.query}
    )
    return saved


def take_out(key: int, *, by: Any) -> None:
    """Keep a view of one's own no longer; that of another is none."""
    SavedView.objects.filter(pk=key, person=by).delete()
