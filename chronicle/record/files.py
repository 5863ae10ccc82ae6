"""The files that readers are told of: those of the media that public entries show, by their last editions."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef

from chronicle.models import EntryTerm, Term
from chronicle.record.figures import filename_of
from chronicle.record.reading import SENSELESS, each


def named() -> Iterator[tuple[str, str]]:
    """The name of each such file, with the medium that names it, in words."""
    shown = EntryTerm.objects.filter(term=OuterRef("pk"))
    media = Term.objects.filter(Exists(shown), facet="asset").select_related("chronicle")
    for row in each(media.with_document()):
        by = f"{row.subject} of {row.chronicle.slug}"
        for filename in _files_of(row.document):
            yield filename, by


def _files_of(document: Any) -> list[str]:
    try:
        return [filename_of(rendition) for rendition in document["renditions"]]
    except SENSELESS:
        # That its sheet is not as it was printed, or is not there, is for verify_record to say.
        return []
