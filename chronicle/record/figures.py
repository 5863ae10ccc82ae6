"""The figure of a medium: a picture in the sizes that there are of it, with whose it is and by what right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chronicle.record import rights

EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg", "pdf": "pdf", "txt": "txt"}
"""How the name of a file ends, by its format."""

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


@dataclass(frozen=True)
class Source:
    """One picture in one format: its MIME type, and the addresses of its sizes with how wide each is."""

    mime: str
    addresses: str


@dataclass(frozen=True)
class Figure:
    """A medium as a card or a page shows it. ``address`` is empty of what is no picture, or has no file.

    ``shows_it`` is where a covered one is shown; empty of one that is not covered.
    """

    url: str
    caption: str
    alt: str
    credit: str
    rights: str
    warning: str
    shows_it: str
    gone: str
    address: str = ""
    addresses: str = ""
    sources: tuple[Source, ...] = ()
    width: int = 0
    height: int = 0


def figure_of(document: Any, caption: str = "", *, url: str, is_asked: bool = False) -> Figure:
    """The figure of a medium whose page is at ``url``; ``caption`` stands in place of its own.

    What is covered is blurred, unless it ``is_asked`` for.
    """
    covered = document["graphic"] in WARNINGS and not is_asked
    made = [each for each in document["renditions"] if each["blurred"] == covered]
    return Figure(
        url=url,
        caption=caption or document["caption"],
        alt=document["alt"],
        credit=document["credit"],
        rights=rights.words_of(document["rights"]),
        warning=WARNINGS[document["graphic"]] if covered else "",
        shows_it=url + ASKED if covered else "",
        gone=document["taken_down"],
        **_picture(made),
    )


def _picture(made: list[Any]) -> dict[str, Any]:
    jpegs = [each for each in made if each["format"] == "jpeg"]
    if not jpegs:
        return {}
    widest = jpegs[-1]
    return {
        "address": address_of(next((each for each in jpegs if each["width"] >= ENOUGH), widest)),
        "addresses": _addresses(jpegs),
        "sources": tuple(_sources(made)),
        "width": widest["width"],
        "height": widest["height"],
    }


def _sources(made: list[Any]) -> Iterable[Source]:
    for name in OFFERED:
        if sizes := [each for each in made if each["format"] == name]:
            yield Source(f"image/{name}", _addresses(sizes))


def _addresses(sizes: Iterable[Any]) -> str:
    return ", ".join(f"{address_of(each)} {each['width']}w" for each in sizes)


def address_of(rendition: Any) -> str:
    """Where readers get a rendition: it is named by its bytes, and so never another."""
    sha256 = rendition["sha256"]
    return f"/media/{sha256[:2]}/{sha256}.{EXTENSIONS[rendition['format']]}"
