"""What all dossiers share: a term, what stands beside it, and the names that it has."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import get_language_info

from chronicle.site import linked_data
from chronicle.site.linked_data import Data
from chronicle.site.listing import Listing


@dataclass(frozen=True)
class Beside:
    """A term beside another; ``url`` is empty where nothing public is under it, so that it has no page."""

    words: str
    url: str
    count: int | None = None
    more: str = ""


@dataclass(frozen=True)
class Name:
    """One name as it was printed; ``called`` is its language in words, or its tag where we have none."""

    name: str
    language: str
    used_by: str
    shown: bool

    @property
    def called(self) -> str:
        try:
            return str(get_language_info(self.language)["name"])
        except KeyError:
            return self.language


class Dossier:
    """What stands at the head of the page of a term. It asks nothing of the database itself."""

    template: ClassVar[str]

    def __init__(self, term: Any, beside: list[Any]) -> None:
        """Of a term and those beside it, as ``rows`` reads them."""
        self.term = term
        self.beside = beside
        self.document: Any = term.document or {}

    @property
    def also(self) -> list[str]:
        """Names of the index that ``fill`` will look at."""
        return []

    @property
    def named(self) -> list[str]:
        """Subjects of the terms that it will look at."""
        return []

    def fill(self, listing: Listing) -> None:
        """Learn what the list of its entries knows of what is shown."""

    def go_back(self, past: Any) -> None:
        """Learn what was otherwise at a moment, the term itself and those beside it apart."""

    @property
    def data(self) -> Data:
        """The term in the words of schema.org, its address apart."""
        return {}

    @property
    def picture(self) -> str:
        """The address of the picture that stands beside a link to its page; empty where it has none."""
        return ""

    @property
    def content(self) -> str:
        """The address of the file that it is, for machines; empty of what is none."""
        return ""


class NamedDossier(Dossier):
    """That of a place or an actor, which has several names."""

    @cached_property
    def names(self) -> list[Name]:
        return [
            Name(each["name"], each["language"], each["used_by"], each["preferred"])
            for each in self.document.get("names", ())
        ]

    @property
    def shown(self) -> list[Name]:
        """The names that make its heading, where the chronicle puts them side by side."""
        if self.term.chronicle.name_style != "slash":
            return []
        return [name for name in self.names if name.shown]

    @property
    def data(self) -> Data:
        others = dict.fromkeys(name.name for name in self.names if name.name != self.term.label)
        return linked_data.without_unknown({"name": self.term.label, "alternateName": list(others)})


def linked(terms: Iterable[Any]) -> list[Beside]:
    """``terms``, each of which has a page."""
    return [Beside(term.label, term.get_absolute_url()) for term in terms]
