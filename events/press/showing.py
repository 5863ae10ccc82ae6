"""The files of media: made before they are printed, and public just as long as an entry shows them."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from chronicle.models import EntryTerm
from chronicle.models.term import number_of
from chronicle.record import cards
from events.models import Material, Printed
from events.press.figures import imprint_of
from media import renditions
from media.models import Asset, Publication, Rendition


def make_ready(material: Material) -> None:
    """Have the renditions of ``material`` carry its words, once approved. Raises what decoding raises."""
    asset, imprint = material.printable, imprint_of(material)
    if material.taken_down_at or material.state != Material.State.APPROVED:
        return
    if asset.imprint != imprint or not asset.renditions.exists():
        renditions.make(asset, imprint=imprint)


def bring_in_line(held: Any, touched: set[str]) -> None:
    """Let readers get the renditions of those of the media ``touched`` that an entry shows, and of no others.

    Whoever rolls the transaction back leaves files that no row names, which are swept away.
    """
    for material, document, wanted in _wanted(held, touched):
        _let_out(material, wanted, by=held.person, note=document.get("taken_down", ""))


def out_of_line(held: Any, subjects: set[str]) -> list[str]:
    """Those of the media with ``subjects`` of which readers can get other files than they are told of."""
    return [
        str(material.printed)
        for material, _, wanted in _wanted(held, subjects)
        if not renditions.is_in_line(_files_of(material), wanted)
    ]


def mend(held: Any, subjects: set[str]) -> None:
    """As :func:`bring_in_line`, and have their files be where the rows say that they are.

    What is lost stays as it is, by its row and without its file.
    """
    for material, document, wanted in _wanted(held, subjects):
        files = _files_of(material)
        _let_out(material, wanted, by=None, note=document.get("taken_down", ""), but=renditions.lost(files))
        renditions.bring_files(files)


def _wanted(held: Any, subjects: set[str]) -> Iterator[tuple[Material, Any, set[str]]]:
    """Each of the media, with its document and the renditions that readers are told of, by their hashes."""
    terms = cards.terms_of(held.chronicle, subjects)
    rows = {term.pk: term for term in terms.values()}
    links = EntryTerm.objects.filter(term__in=rows).order_by()
    shown = {rows[pk].subject for pk in links.values_list("term_id", flat=True).distinct()}
    numbers = [number_of(subject) for subject in subjects]
    printed = Printed.objects.filter(story=held.story, facet="asset", number__in=numbers)
    for row in printed.select_related("asset__asset", "asset__printed").order_by("number"):
        # Its sheet may be gone already: what is taken down together goes one after the other.
        document = terms[str(row)].document or {}
        # Of what was taken down, no document names a file.
        made = document.get("renditions", ()) if str(row) in shown else ()
        wanted = {each["sha256"] for each in made}
        yield row.asset, document, wanted


def _files_of(material: Material) -> list[Asset]:
    """Every file that is or was shown for it."""
    return [material.asset, *material.asset.redactions.all()]


def _let_out(material: Material, wanted: set[str], *, by: Any, note: str, but: Collection[str] = ()) -> None:
    """Have just the renditions of ``material`` with these hashes public, whichever file of it they are of.

    None of those in ``but`` is made public.
    """
    files = _files_of(material)
    for file, gone in _published(files, wanted):
        renditions.take_down(gone, asset=file, by=by, note=note)
    made = Rendition.objects.filter(asset__in=files, sha256__in=wanted).values_list("asset_id", "sha256")
    for file in files:
        if mine := {sha256 for asset, sha256 in made if asset == file.pk and sha256 not in but}:
            renditions.publish(file, mine, by=by)


def _published(files: Iterable[Asset], wanted: set[str]) -> Iterator[tuple[Asset, set[str]]]:
    """The files with a rendition that is public and none of those ``wanted``, each with their hashes."""
    for file in files:
        names = Publication.objects.filter(asset=file).values_list("filename", flat=True)
        if gone := {name.partition(".")[0] for name in names} - wanted:
            yield file, gone
