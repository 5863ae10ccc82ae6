"""What terms are looked up by: their names, folded."""

from collections.abc import Callable
from typing import Any

from chronicle import folding
from chronicle.models import Spelling, Term

MOST_OF_A_SPELLING = 200
"""How many characters of a name can be looked up."""


def spellings_of(facet: str, document: Any) -> set[tuple[bytes, str]]:
    """What a term is looked up by, folded, each with the name that it is of.

    Each of its names from each of its words on, so that “Karabakh” finds “Nagorno Karabakh”. There are as
    many sources as entries, and their titles are sentences: they are looked up from their beginning alone.
    """
    names = _NAMES[facet](document)
    starts = 1 if facet == "source" else None
    return {
        (" ".join(words[at:])[:MOST_OF_A_SPELLING].encode(), name)
        for name in names
        for words in [folding.words(name)]
        for at in range(len(words))[:starts]
    }


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
}


def rows_of(term: Term, document: Any) -> list[Spelling]:
    """The rows by which ``term``, which is saved, is looked up."""
    return [
        Spelling(chronicle_id=term.chronicle_id, term=term, facet=term.facet, folded=folded, name=name)
        for folded, name in sorted(spellings_of(term.facet, document))
    ]
