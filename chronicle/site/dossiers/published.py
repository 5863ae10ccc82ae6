"""Outlets and sources: who publishes, how it is graded, and what rests on it."""

from datetime import date
from typing import Any

from chronicle import wording
from chronicle.record import cards
from chronicle.site import linked_data
from chronicle.site.dossiers.dossier import Beside, Dossier, linked
from chronicle.site.filters import STANCES
from chronicle.site.linked_data import Data
from chronicle.site.listing import Listing

NATURES = {"agency": "news agency", "official": "official body", "social": "social media account"}
"""What an outlet is, where its code is no word."""


def grade_of(document: Any) -> str:
    """The Admiralty grade of an outlet: “usually reliable (B)”."""
    grade = document.get("reliability", "")
    return f"{cards.RELIABILITY[grade]} ({grade})" if grade in cards.RELIABILITY else ""


class OutletDossier(Dossier):
    """Who publishes: its grade, and its record in this chronicle."""

    template = "chronicle/_of_outlet.html"
    entries: int
    """How many entries cite it."""
    is_past = False
    """Whether it is as it was known at a moment."""

    @property
    def nature(self) -> str:
        nature = self.document.get("nature", "")
        return NATURES.get(nature, nature)

    @property
    def grade(self) -> str:
        return grade_of(self.document)

    @property
    def since(self) -> str:
        """Since when it is graded so."""
        written = self.document.get("reliability_since", "")
        return wording.day_words(date.fromisoformat(written)) if written else ""

    @property
    def below(self) -> list[Beside]:
        """Its latest sources that public entries cite."""
        latest = sorted(self.beside, key=lambda source: (source.dated, source.number), reverse=True)
        return [
            Beside(each.label, each.get_absolute_url(), each.used, cards.published_words(each.dated))
            for each in latest
        ]

    @property
    def sources(self) -> int:
        """How many of its sources public entries cite."""
        return self.term.sources or 0

    @property
    def retracted(self) -> int:
        """How many of these were retracted."""
        return self.term.gone or 0

    @property
    def has_more(self) -> bool:
        return self.sources > len(self.beside)

    @property
    def also(self) -> list[str]:
        return [source.subject for source in self.beside] if self.is_past else []

    def go_back(self, past: Any) -> None:
        self.is_past = True

    def fill(self, listing: Listing) -> None:
        self.entries = len(listing.selection.whole)
        if self.is_past:
            for source in self.beside:
                source.used = len(listing.selection.under(source.subject))
            self.beside = [source for source in self.beside if source.used]

    @property
    def data(self) -> Data:
        kind = "Person" if self.document.get("nature") == "person" else "Organization"
        known = {"name": self.term.label, "sameAs": self.document.get("url")}
        return {"@type": kind, **linked_data.without_unknown(known)}


class SourceDossier(Dossier):
    """One article, statement or broadcast: its outlet, whom it repeats, and what rests on it."""

    template = "chronicle/_of_source.html"
    rests: list[tuple[str, int]]
    """How many entries it supports, disputes and mentions, where any."""

    @property
    def outlet(self) -> list[Beside]:
        return self._linked("outlet", self.term.under)

    @property
    def relays(self) -> list[Beside]:
        """The source whose report it passes on, where there is one."""
        return self._linked("source", self.term.relays)

    @property
    def relayed_by(self) -> list[Beside]:
        """The sources that pass its report on, as far as public entries cite them."""
        return linked(each for each in self.beside if each.relays == self.term.number)

    def _linked(self, facet: str, number: int | None) -> list[Beside]:
        return [
            Beside(each.label, each.get_absolute_url() if each.used else "")
            for each in self.beside
            if (each.facet, each.number) == (facet, number)
        ]

    @property
    def reference(self) -> str:
        """How to cite it, as plain text: who, what, when, where."""
        outlet = self.outlet[0].words if self.outlet else ""
        archived = self.document.get("archived_url", "")
        parts = [
            outlet,
            f"“{self.term.label}”",
            f"[{self.genre.capitalize()}]" if self.genre else "",
            self.published,
            self.document.get("url", ""),
            f"Archived at {archived}" if archived else "",
            "Retracted" if self.document.get("retracted") else "",
        ]
        return ". ".join(part for part in parts if part) + "."

    @property
    def genre(self) -> str:
        return cards.GENRES.get(self.document.get("genre", ""), "")

    @property
    def grade(self) -> str:
        """That of its outlet."""
        return next((grade_of(each.document or {}) for each in self.beside if each.facet == "outlet"), "")

    @property
    def published(self) -> str:
        return cards.published_words(self.document.get("published_on", ""))

    def fill(self, listing: Listing) -> None:
        selection = listing.selection
        counts = ((stance, len(selection.whole & selection.under(f"stance/{stance}"))) for stance in STANCES)
        self.rests = [(stance, number) for stance, number in counts if number]

    @property
    def data(self) -> Data:
        return linked_data.source(self.document, self.outlet[0].words if self.outlet else "")
