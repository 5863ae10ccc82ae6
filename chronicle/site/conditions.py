"""What the conditions of a request come to, by the tag of what it asks for (RFC 9110, 13)."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

ANOTHER = "What is here is not what you named. Ask for it without If-Match to see what it is now.\n"


def answered_by(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304 or 412, in a sentence, where a condition asks for it; None where what is asked for is to be sent.

    Nothing here has a date, so that none is a condition (13.1.4), as Django takes it to be.
    """
    found = get_conditional_response(request, etag=tag)
    if found is None or found.status_code != 412:
        return found
    if "If-Match" not in request.headers:
        return None
    return HttpResponse(ANOTHER, status=412, content_type="text/plain; charset=utf-8")
