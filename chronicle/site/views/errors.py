from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


class NoSuchPage(Http404):
    """An address that leads nowhere, with a sentence for the reader."""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere (404)."""
    sentence = str(exception) if isinstance(exception, NoSuchPage) else ""
    return render(request, "404.html", {"sentence": sentence}, status=404)
