"""How a place or an actor is added that is known by its name alone: named in an event, or in a text."""

from typing import Any

from events.editorial.checking import check_values
from events.editorial.remembering import remember
from events.editorial.writing import save_named
from events.models import Story


def add_named(model: Any, story: Story, name: str, *, by: Any, why: str) -> Any:
    """A new row of ``model``, Place or Actor, under ``name``; ``why`` begins its history. Raises Refused."""
    row = save_named(model(story=story), by=by)
    called = row.names.model(**{row.names.field.name: row}, name=name)
    check_values(called)
    called.save()
    remember(row, by=by, before={}, why=why)
    return row
