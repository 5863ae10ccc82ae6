"""What is printed of media. Pure: reads no row that it is not given."""

from collections.abc import Mapping
from typing import Any

from chronicle.record import rights
from events.models import Material
from events.models.rights import Graphic
from media.models import Asset

Document = dict[str, Any]


def asset_fields(material: Material, subjects: Mapping[tuple[str, int], str]) -> Document:
    """The fields of a medium, whose file and renditions are read with it.

    Where exactly it was taken, who is shown and what the original is called are not among them.
    """
    asset, gone = material.printable, material.taken_down_reason
    return {
        "caption": material.caption,
        "alt": material.alt,
        "credit": material.credit,
        "rights": material.rights,
        "rights_note": material.rights_note,
        "licence_ends": material.licence_ends.isoformat() if material.licence_ends else "",
        "shows": material.shows,
        "taken": material.taken,
        "place": subjects[("place", material.place_id)] if material.place_id else "",
        "source": subjects[("source", material.source_id)] if material.source_id else "",
        "url": material.url,
        # IPTC's list is of pictures, and the desk fills in the usual one.
        "source_type": material.source_type if asset.kind == Asset.Kind.PICTURE else "",
        "graphic": material.graphic,
        "kind": asset.kind,
        "mime": asset.mime,
        "width": asset.width,
        "height": asset.height,
        "focus": _focus(material),
        "renditions": [] if gone else _renditions(material),
        "taken_down": gone,
    }


def until_approved(before: Document, material: Material) -> Document:
    """What readers see of a medium whose words or picture wait for review: ``before``, as it was approved.

    Where to look, and that it was taken down, waits for nobody.
    """
    gone = material.taken_down_reason
    return {
        **before,
        "focus": _focus(material),
        "renditions": [] if gone else before["renditions"],
        "taken_down": gone,
    }


def _focus(material: Material) -> list[str] | None:
    asset = material.printable
    return None if asset.focus_x is None else [_share(asset.focus_x), _share(asset.focus_y)]


def _share(of_a_side: Any) -> str:
    return f"{of_a_side:.4f}"


def _renditions(material: Material) -> list[Document]:
    """What readers may get of it; blurred ones only of what is covered until a reader asks for it."""
    is_covered = material.graphic != Graphic.NONE
    return [
        {
            "width": each.width,
            "height": each.height,
            "format": each.format,
            "sha256": each.sha256,
            "bytes": each.byte_count,
            "blurred": each.blurred,
        }
        for each in material.printable.renditions.all()
        if is_covered or not each.blurred
    ]


def imprint_of(material: Material) -> dict[str, str]:
    """The words that its renditions carry: its credit, by what right it is shown, and how it came to be."""
    return {
        "credit": material.credit,
        "rights": rights.words_of(material.rights),
        "source_type": material.source_type,
    }
