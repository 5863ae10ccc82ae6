"""The figure of a medium: a picture in the sizes that there are of it, or a document to be saved, with whose
it is and by what right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat

from chronicle.models.term import is_taken
from chronicle.record import rights

EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "pdf": "pdf", "txt": "txt"}
"""How the name of a file ends, by its format."""

FORMATS = {"avif": "AVIF", "webp": "WebP", "jpeg": "JPEG", "pdf": "PDF", "txt": "plain text"}
"""What each format is called."""

MIMES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpeg": "image/jpeg",
    "pdf": "application/pdf",
    "txt": "text/plain",
}
"""What programs call it."""

OFFERED = ("avif", "webp")
"""The formats that a browser may choose from, the best first; who knows neither gets a JPEG."""

ASKED = "?show=yes"
"""What of the address of a medium asks for it as it is, where it is covered."""

ENOUGH = 960
"""How wide, in pixels, a picture is where a browser chooses none."""

WARNINGS = {
    "upsetting": "This picture may upset. It is blurred until you ask for it.",
    "graphic": "This picture is graphic. It is blurred until you ask for it.",
}
WARNINGS_OF_DOCUMENTS = {
    "upsetting": "This document may upset. You get it when you ask for it.",
    "graphic": "This document is graphic. You get it when you ask for it.",
}


NO_WORDS = ("caption", "alt", "credit", "rights", "warning", "shows_it", "gone")
"""What a figure says of its medium."""


@dataclass(frozen=True)
class File:
    """One file to save: its size in pixels in words, of a picture; its format, and how many bytes it has."""

    words: str
    format: str
    size: str
    address: str
    mime: str


@dataclass(frozen=True)
class Source:
    """One picture in one format: its MIME type, and the addresses of its sizes with how wide each is."""

    mime: str
    addresses: str


@dataclass(frozen=True)
class Figure:
    """A medium as a card or a page shows it. ``address`` is empty of what is no picture, or has no file.

    ``shows_it`` is where a covered one is shown; empty of one that is not covered. ``attached`` is the file
    of a document. ``focus`` is where to look, should a part be cut off: in tenths from the left and the top,
    as the classes x3 and y7.
    """

    url: str
    caption: str
    alt: str
    credit: str
    rights: str
    warning: str
    shows_it: str
    gone: str
    is_taken: bool = False
    """Whether it was taken down with all that it was; what is shown of it is just that."""
    address: str = ""
    addresses: str = ""
    sources: tuple[Source, ...] = ()
    width: int = 0
    height: int = 0
    attached: File | None = None
    focus: str = ""


def figure_of(
    document: Any, caption: str = "", *, url: str, is_asked: bool = False, host: str = ""
) -> Figure:
    """The figure of a medium whose page is at ``url``; ``caption`` stands in place of its own.

    ``host`` serves its files, where it is another than this. A card, which is printed, names none. What is
    covered is blurred, and a document not given, unless it ``is_asked`` for.
    """
    if is_taken(document):
        return Figure(url, **dict.fromkeys(NO_WORDS, ""), is_taken=True)
    covered = document["graphic"] in WARNINGS and not is_asked
    made = [each for each in document["renditions"] if each["blurred"] == covered]
    is_picture = document["kind"] == "picture"
    warnings = WARNINGS if is_picture else WARNINGS_OF_DOCUMENTS
    return Figure(
        url=url,
        caption=caption or document["caption"],
        alt=document["alt"],
        credit=document["credit"],
        rights=rights.words_of(document["rights"]),
        warning=warnings[document["graphic"]] if covered else "",
        shows_it=url + ASKED if covered else "",
        gone=document["taken_down"],
        attached=None if is_picture else _attached(made, host),
        focus=_tenths(document["focus"]),
        **_picture(made, host),
    )


def _attached(made: list[Any], host: str) -> File | None:
    return file_of(made[0], host) if made else None


def _tenths(focus: Sequence[str] | None) -> str:
    return " ".join(f"{axis}{round(float(at) * 10)}" for axis, at in zip("xy", focus or (), strict=False))


def _picture(made: list[Any], host: str) -> dict[str, Any]:
    jpegs = [each for each in made if each["format"] == "jpeg"]
    if not jpegs:
        return {}
    widest = jpegs[-1]
    return {
        "address": address_of(next((each for each in jpegs if each["width"] >= ENOUGH), widest), host),
        "addresses": _addresses(jpegs, host),
        "sources": tuple(_sources(made, host)),
        "width": widest["width"],
        "height": widest["height"],
    }


def _sources(made: list[Any], host: str) -> Iterable[Source]:
    for name in OFFERED:
        if sizes := [each for each in made if each["format"] == name]:
            yield Source(MIMES[name], _addresses(sizes, host))


def _addresses(sizes: Iterable[Any], host: str) -> str:
    return ", ".join(f"{address_of(each, host)} {each['width']}w" for each in sizes)


def file_of(rendition: Any, host: str = "") -> File:
    """A rendition as it is offered to be saved."""
    return File(
        f"{rendition['width']} × {rendition['height']}" if rendition["width"] else "",
        FORMATS[rendition["format"]],
        filesizeformat(rendition["bytes"]),
        address_of(rendition, host),
        MIMES[rendition["format"]],
    )


def address_of(rendition: Any, host: str = "") -> str:
    """Where readers get a rendition."""
    name = filename_of(rendition)
    return f"{host}/media/{name[:2]}/{name}"


def filename_of(rendition: Any) -> str:
    """The name of its file: by its bytes, and so never another's."""
    return f"{rendition['sha256']}.{EXTENSIONS[rendition['format']]}"
