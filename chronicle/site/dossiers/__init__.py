"""What the page of a term says of it before its entries, by its facet."""

from typing import Any

from chronicle.site.dossiers import rows
from chronicle.site.dossiers.dossier import Dossier
from chronicle.site.dossiers.medium import AssetDossier
from chronicle.site.dossiers.named import ActorDossier, KindDossier, PlaceDossier
from chronicle.site.dossiers.published import OutletDossier, SourceDossier

BY_FACET: dict[str, type[Dossier]] = {
    "kind": KindDossier,
    "place": PlaceDossier,
    "actor": ActorDossier,
    "outlet": OutletDossier,
    "source": SourceDossier,
    "asset": AssetDossier,
}


def dossier_of(slug: str, facet: str, number: int) -> Dossier | None:
    """The dossier of the term with that address, in one query; None where there is no such term."""
    found = rows.read(slug, facet, number)
    return BY_FACET[facet](*found) if found else None


def dossier_then(chronicle: Any, facet: str, found: tuple[Any, list[Any]] | None) -> Dossier | None:
    """That of what was ``found`` of a term and those beside it, as ``rows`` reads them, of a ``chronicle`` as
    it was known at a moment."""
    if found is None:
        return None
    term, beside = found
    for each in (term, *beside):
        each.chronicle = chronicle
        chronicle.then.term(each)
    dossier = BY_FACET[facet](term, beside)
    dossier.go_back(chronicle.then)
    return dossier
