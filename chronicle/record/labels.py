"""What a term is called, and so in its address."""

from collections.abc import Callable
from typing import Any

from django.utils.text import Truncator

from chronicle.models.chronicle import Chronicle

LONGEST = 300
LONGEST_OF_A_MEDIUM = 80
"""What a medium shows may be told at length; it is called by the beginning of that."""


def label_of(facet: str, document: Any, chronicle: Chronicle) -> str:
    """What the term of ``facet`` with ``document`` is called in ``chronicle``."""
    return _LABELS[facet](document, chronicle)[:LONGEST]


def _name(document: Any, _chronicle: Chronicle) -> str:
    return str(document["name"])


def _title(document: Any, _chronicle: Chronicle) -> str:
    return str(document["title"])


def _names(document: Any, chronicle: Chronicle) -> str:
    """The names that are shown, put together in the style of the chronicle."""
    names = document["names"]
    shown = [name["name"] for name in names if name["preferred"]]
    first, *others = shown or [name["name"] for name in names[:1]] or ["(without a name)"]
    if not others or chronicle.name_style == "first":
        return str(first)
    if chronicle.name_style == "brackets":
        return f"{first} ({', '.join(others)})"
    return " / ".join([first, *others])


def _medium(document: Any, _chronicle: Chronicle) -> str:
    words = document["caption"] or document["shows"] or document["alt"] or document["kind"].capitalize()
    return Truncator(" ".join(words.split())).chars(LONGEST_OF_A_MEDIUM)


_LABELS: dict[str, Callable[[Any, Chronicle], str]] = {
    "kind": _name,
    "outlet": _name,
    "source": _title,
    "place": _names,
    "actor": _names,
    "asset": _medium,
}
