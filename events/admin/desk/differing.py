"""A proposed change beside what stands now, field by field, each run of words marked."""

from dataclasses import dataclass
from typing import Any

from chronicle.site.differences import ADDED, TAKEN, Piece, pieces
from events.editorial.guarding import GUARDED, Named, in_words, values_of
from events.models import Outlet, Proposal


@dataclass(frozen=True)
class Difference:
    """One field: what stays and what is taken out (``now``), what stays and what is put in (``then``)."""

    label: str
    now: list[Piece]
    then: list[Piece]


def rows_of(proposal: Proposal, named: Named) -> list[Difference]:
    """What ``proposal`` changes: of what stands now, or once it is decided of what it was made from.

    ``named`` are the rows that it names.
    """
    row = proposal.subject
    names = [name for name in GUARDED[type(row)] if name in proposal.fields]
    is_open = proposal.state == Proposal.State.OPEN
    now = values_of(row, tuple(names)) if is_open else proposal.base
    return [_difference(row, name, (now[name], proposal.fields[name]), named) for name in names]


def labels_of(proposal: Proposal) -> list[str]:
    """What it changes, each field by its name."""
    return [_label(proposal.subject, name) for name in proposal.fields]


def staying(proposal: Proposal) -> list[str]:
    """What it leaves as it is."""
    row = proposal.subject
    return [_label(row, name) for name in GUARDED[type(row)] if name not in proposal.fields]


def _difference(row: Any, name: str, values: tuple[Any, Any], named: Named) -> Difference:
    found = pieces(*(_told(row, name, value, named) for value in values))
    return Difference(
        _label(row, name),
        [piece for piece in found if piece.how != ADDED],
        [piece for piece in found if piece.how != TAKEN],
    )


def _label(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)


def _told(row: Any, name: str, value: Any, named: Named) -> str:
    """A value in words; an outlet with its grade, which comes with it."""
    words = in_words(type(row), name, value, named)
    if name != "outlet" or not words:
        return words
    graded = named.get((Outlet, value))
    return f"{words} · {graded.get_reliability_display()}" if graded else words
