"""The rows of the record, by their subjects."""

from collections.abc import Callable
from datetime import date
from typing import Any

from chronicle.documents import is_subject
from chronicle.models import Chronicle, Entry, Page, Term, Text

ROWS: dict[str, Callable[[str], tuple[Any, dict[str, Any]]]] = {
    "page": lambda name: (Page, {"date": date.fromisoformat(name)}),
    "text": lambda name: (Text, {"name": name}),
    "entry": lambda name: (Entry, {"number": int(name)}),
}
"""By facet, the model of the rows of its subjects, and how one is known."""


def row_of(chronicle: Chronicle, subject: str) -> Any:
    """The row of a subject, with its document; None where there is none."""
    if not is_subject(subject):
        return None
    facet, _, name = subject.partition("/")
    if facet == "chronicle":
        return Chronicle.objects.filter(pk=chronicle.pk).with_document().first()
    try:
        model, known = ROWS.get(facet, lambda name: (Term, {"facet": facet, "number": int(name)}))(name)
    except ValueError:
        return None
    row = model.objects.filter(chronicle=chronicle, **known).with_document().first()
    if row is not None:
        row.chronicle = chronicle
    return row
