"""Kinds, places and actors: what they are called, and which places lie in which."""

from typing import Any

from django.urls import reverse

from chronicle.record import bitmaps
from chronicle.site import linked_data
from chronicle.site.candidates import Indexed
from chronicle.site.dossiers import rows
from chronicle.site.dossiers.dossier import Beside, Dossier, NamedDossier
from chronicle.site.linked_data import Data
from chronicle.site.listing import Listing
from chronicle.site.selection import names_of

KILOMETRE = 1000


class KindDossier(Dossier):
    """What sort of thing is said to have happened."""

    template = "chronicle/_of_kind.html"

    @property
    def data(self) -> Data:
        known = {"name": self.term.label, "description": self.document.get("description")}
        return {"@type": "DefinedTerm", **linked_data.without_unknown(known)}


class ActorDossier(NamedDossier):
    """Who is said to have acted, spoken or suffered."""

    template = "chronicle/_of_actor.html"

    @property
    def data(self) -> Data:
        # What is a state is disputed of some; nobody is called one here.
        natures = {"person": "Person", "organisation": "Organization"}
        return {"@type": natures.get(self.document.get("nature", ""), "Thing"), **super().data}


class PlaceDossier(NamedDossier):
    """Where something is said to have happened: where it lies, and what lies in it."""

    template = "chronicle/_of_place.html"
    above: list[Beside]
    """The places that it lies in, the nearest first."""
    below: list[Beside]
    """What lies in it and in no other place between, the most used first."""

    @property
    def has_more(self) -> bool:
        return len(self.beside) > rows.MOST

    @property
    def also(self) -> list[str]:
        return names_of("place", [str(place.number) for place in self.beside])

    @property
    def named(self) -> list[str]:
        return [f"place/{number}" for number in self.term.lineage]

    def go_back(self, past: Any) -> None:
        self.term.lineage = past.lineage_of(self.term)

    def fill(self, listing: Listing) -> None:
        known = listing.facets.indexed
        above = [number for number in self.term.lineage if f"place/{number}" in known.known]
        self.above = [self._known(number, known) for number in above]
        counted = (self._counted(place, listing) for place in self.beside)
        self.below = [each for each in counted if each.count]
        self.below.sort(key=lambda each: (-(each.count or 0), each.words))
        del self.below[rows.MOST :]

    def _known(self, number: int, known: Indexed) -> Beside:
        place = known.known[f"place/{number}"]
        address = [self.term.chronicle.slug, "place", number, place.slug]
        return Beside(place.label, reverse("term", args=address))

    def _counted(self, place: Any, listing: Listing) -> Beside:
        names = names_of("place", [str(place.number)])
        under = bitmaps.union(listing.selection.under(name) for name in names)
        return Beside(place.label, place.get_absolute_url(), len(under))

    @property
    def coordinates(self) -> str:
        """“39.7583 N, 46.7483 E”, as exactly as it was printed; empty where it was not."""
        latitude, longitude = self.document.get("latitude", ""), self.document.get("longitude", "")
        if not (latitude and longitude):
            return ""
        return f"{_degrees(latitude, 'N', 'S')}, {_degrees(longitude, 'E', 'W')}"

    @property
    def precision(self) -> str:
        """How exact they are: “to 500 m”, “to 2.5 km”; empty where that was not printed."""
        metres = int(self.document.get("precision") or 0)
        if not metres:
            return ""
        return f"to {metres} m" if metres < KILOMETRE else f"to {metres / KILOMETRE:.10g} km"

    @property
    def data(self) -> Data:
        known: Data = {"@type": "Place", **super().data}
        if self.coordinates:
            known["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": self.document["latitude"],
                "longitude": self.document["longitude"],
            }
        return known


def _degrees(text: str, positive: str, negative: str) -> str:
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{plain.lstrip('-')} {negative if plain.startswith('-') else positive}"
