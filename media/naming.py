"""Which files a row names; whatever none names may be removed once nobody can be waiting for its row."""

from collections.abc import Callable
from pathlib import Path

from media import storage
from media.models import Asset, Publication, Rendition


def is_named(path: Path) -> bool:
    """Whether a row names the file at ``path``, which lies in one of ``storage.FOLDERS``."""
    return path.name in NAMED[storage.folder_of(path)]({path.name})


def public(filenames: set[str]) -> set[str]:
    """Those of ``filenames`` that readers may get."""
    return set(Publication.objects.filter(filename__in=filenames).values_list("filename", flat=True))


def _of_assets(names: set[str]) -> set[str]:
    return set(Asset.objects.filter(sha256__in=names, erased_at=None).values_list("sha256", flat=True))


def _of_renditions(names: set[str]) -> set[str]:
    """Those that were public once stay for as long as they are."""
    rows = Rendition.objects.filter(sha256__in={name.partition(".")[0] for name in names})
    return {row.filename for row in rows} | public(names)


NAMED: dict[str, Callable[[set[str]], set[str]]] = {
    storage.INCOMING: lambda names: set(),
    storage.ORIGINALS: _of_assets,
    storage.RENDITIONS: _of_renditions,
    storage.PUBLIC: public,
}
"""Which names of files are named by a row, for each folder."""
