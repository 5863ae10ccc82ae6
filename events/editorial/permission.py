"""Who may do what at the desk: whatever asks for a permission asks here."""

from typing import Any

from django.contrib.auth import get_permission_codename

from chronicle.models import Chronicle
from events.editorial.refused import Refused
from events.models import Citation, Day, Event

IMPORT = "events.import_digest"
"""The one permission that belongs to no move and no kind of row."""


def may(by: Any, verb: str, story: Chronicle | None) -> bool:
    """Whether ``by`` may carry out ``verb`` in ``story``.

    ``verb`` is the name of a permission, such as ``events.publish_event``. No story: it concerns what
    belongs to no single one (the index, outlets, sources), or the desk as a whole.
    """
    # A role holds for every story so far.
    return bool(by.has_perm(verb))


def may_at_all(by: Any, *verbs: str) -> bool:
    """Whether a screen of ``verbs`` is of any use to ``by``: whether one of them is allowed somewhere."""
    return any(may(by, verb, None) for verb in verbs)


def insist(by: Any, verb: str, story: Chronicle | None, doing: str) -> None:
    """Raises Refused, naming what ``by`` was ``doing`` ("publish this"), unless ``by`` may."""
    if not may(by, verb, story):
        raise Refused(f"You may not {doing}. Ask somebody whose role allows it.")


def insist_on_saving(by: Any, row: Any) -> None:
    """Raises Refused unless ``by`` may add ``row``, or change it where it was saved before."""
    action = "change" if row.pk else "add"
    verb = f"{row._meta.app_label}.{get_permission_codename(action, row._meta)}"
    doing = f"change this {row._meta.verbose_name}" if row.pk else f"add a new {row._meta.verbose_name}"
    insist(by, verb, story_of(row), doing)


def story_of(row: Any) -> Chronicle | None:
    """The story that ``row`` belongs to; None for what any story may use."""
    if isinstance(row, Citation):
        return row.event.day.chronicle
    if isinstance(row, Event):
        return row.day.chronicle
    if isinstance(row, Day):
        return row.chronicle
    return row if isinstance(row, Chronicle) else None
