from pathlib import Path

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from chronicle.csp import csp_override
from chronicle.record.figures import EXTENSIONS, MIMES
from chronicle.site.conditions import answered_by
from chronicle.site.views.errors import NoSuchPage
from media import storage

TYPES = {ending: MIMES[name] for name, ending in EXTENSIONS.items()} | {"txt": "text/plain; charset=utf-8"}
"""What a public file is, by how its name ends."""

DOCUMENTS = ("pdf", "txt")
NO_FILE = "No entry shows a picture or document with this address: none ever did, or it does no longer."
A_YEAR = 365 * 24 * 60 * 60

SANDBOX = {"default-src": ["'none'"], "frame-ancestors": ["'none'"], "sandbox": []}
"""Whatever such a file holds, it runs nothing and is of no origin."""


@csp_override(SANDBOX)
@cache_control(public=True, max_age=A_YEAR, immutable=True)
@require_safe
def rendition(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """A file that readers may get: it is named by its bytes, and never another. Documents are to be saved.

    Whether there ever was one of a name is not told: 410 is for the medium, which has a page and a reason.
    """
    tag = f'"{name[:64]}"'
    file = opened(folder, name)
    ending = Path(name).suffix.removeprefix(".")
    response: HttpResponseBase | None = answered_by(request, tag)
    if response is None:
        response = FileResponse(
            file, content_type=TYPES[ending], as_attachment=ending in DOCUMENTS, filename=name
        )
    else:
        file.close()
    response["ETag"] = tag
    return response


def opened(folder: str, name: str):
    """The public file of that name; only in its own folder has it an address."""
    try:
        if folder == name[:2]:
            return storage.public(name).open("rb")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        pass
    raise NoSuchPage(NO_FILE)
