"""What is needed to check the record without trusting the server: checkpoints and proofs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chronicle.record import checkpoints
from chronicle.site import proofs
from chronicle.site.caching import of_chronicle
from chronicle.site.views.errors import NoSuchPage

PLAIN = "text/plain; charset=utf-8"


@of_chronicle()
def checkpoint(request: HttpRequest, chronicle: Any) -> HttpResponse:
    """Origin, size and root of the log as it stands; signed where the server has a key."""
    held = checkpoints.checkpoint_of(chronicle)
    return HttpResponse(checkpoints.signed(held, settings.CHRONICLE_LOG_KEY), content_type=PLAIN)


@of_chronicle()
def inclusion(request: HttpRequest, chronicle: Any, number: int) -> HttpResponse:
    """That an edition is in the log, to be checked by whoever downloads it."""
    proof = proofs.of_edition(chronicle, number)
    if proof is None:
        raise NoSuchPage(f"The log of “{chronicle}” has no edition {number}.")
    response = HttpResponse(str(proof), content_type=PLAIN)
    response["Content-Disposition"] = f'attachment; filename="{proofs.file_of(number)}"'
    response["X-Robots-Tag"] = "noindex"
    return response
