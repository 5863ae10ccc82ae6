"""What the page of a term says of it before its entries, by its facet."""

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
