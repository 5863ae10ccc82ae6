"""What terms are looked up by: their names, folded."""

from collections.abc import Callable
from typing import Any

from chronicle import folding
from chronicle.models import Term
from chronicle.models.term import is_taken

MOST_OF_A_SPELLING = 200
"""How many characters of a name can be looked up."""


def spellings_of(facet: str, document: Any) -> dict[tuple[bytes, str], bool]:
    """What a term is looked up by, folded, each with the name that it is of, and whether it is the whole.

    Each of its names from each of its words on, so that “Karabakh” finds “Nagorno Karabakh”. There are as
    many sources as entries, and their titles are sentences: they are looked up from their beginning alone.
    Media have no names, and what was taken down has none any more.
    """
    if is_taken(document):
        return {}
    starts = 1 if facet == "source" else None
    found: dict[tuple[bytes, str], bool] = {}
    for name in _NAMES[facet](document):
        words = folding.words(name)
        for at in range(len(words))[:starts]:
            # Of a long name that repeats itself, what is kept of its end may be what is kept of the whole.
            found.setdefault((" ".join(words[at:])[:MOST_OF_A_SPELLING].encode(), name), at == 0)
    return found


def _of_name(document: Any) -> list[str]:
    return [document["name"]]


def _of_title(document: Any) -> list[str]:
    return [document["title"]]


def _of_names(document: Any) -> list[str]:
    return [name["name"] for name in document["names"]]


_NAMES: dict[str, Callable[[Any], list[str]]] = {
    "kind": _of_name,
    "outlet": _of_name,
    "source": _of_title,
    "place": _of_names,
    "actor": _of_names,
    "asset": lambda _document: [],
}


COLUMNS = ("chronicle", "term", "facet", "folded", "name", "whole")


def rows_of(term: Term, document: Any) -> list[tuple[Any, ...]]:
    """The rows by which ``term``, which is saved, is looked up: the values of ``COLUMNS``."""
    return [
        (term.chronicle_id, term.pk, term.facet, folded, name, whole)
        for (folded, name), whole in sorted(spellings_of(term.facet, document).items())
    ]
