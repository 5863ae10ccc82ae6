"""Where somebody goes once they are signed in, and may."""

from typing import Any

from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

LONGEST = 4_000
"""Characters of an address, as it stands in a header."""


def onward(request: Any, otherwise: str = "admin:index") -> str:
    """The address of this site that was asked for before; with ``?window=1`` the page that closes itself."""
    if "window" in request.GET:
        return reverse("admin:signed_in")
    told = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        told, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # What begins otherwise is read as the name of a view; what is longer is no address of ours.
    is_address = told.startswith("/") and len(iri_to_uri(told)) <= LONGEST
    return told if ours and is_address else reverse(otherwise)


def with_next(name: str, address: str) -> str:
    """The address of the page ``name``, from which one goes on to ``address``."""
    return f"{reverse(f'admin:{name}')}?{urlencode({'next': address})}"
