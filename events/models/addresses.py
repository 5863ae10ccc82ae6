"""Addresses of the web in one form, so that two of one document are known for one."""

import re
from urllib.parse import unquote_plus, urlsplit, urlunsplit

from django.db import models
from django.db.models import Q

SCHEMES = ("http", "https")

TRACKING = {
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh",
    "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "oly_anon_id", "oly_enc_id", "vero_id", "s_cid",
    "ref_src", "ref_url", "cmpid", "ncid", "smid", "xtor", "at_medium", "at_campaign", "_openstat", "wt_mc",
}  # fmt: skip
"""Parameters that tell how a reader came, never what is read; ``utm_…`` besides."""

_ARCHIVED = re.compile(
    r"(?:web\.archive\.org/web|archive\.(?:ph|today|is|li|md|vn|fo|org)(?:/o)?)/(?:\d{4,14}(?:[a-z]{2}_)?\*?/)?"
    r"(?=https?:/{1,2}\w)",
    re.IGNORECASE,
)
"""Where an archive keeps a copy, before the address of what it is a copy of."""

DEFAULT_PORTS = (80, 443)
"""Of http and https, whichever of the two schemes the address has."""


def leads_to_the_web(name: str, *columns: str) -> models.CheckConstraint:
    """That each of ``columns`` is empty or an address of http or https: no other is one for a link."""
    condition = Q()
    for column in columns:
        begins = (Q((f"{column}__istartswith", f"{scheme}://")) for scheme in ("http", "https"))
        condition &= Q(*begins, Q((column, "")), _connector=Q.OR)
    return models.CheckConstraint(
        name=name, condition=condition, violation_error_message="An address begins with http:// or https://."
    )


def canonical(url: str) -> str:
    """``url`` with scheme, ``www.``, default port, trailing slash, fragment and tracking folded away.

    A copy in an archive has the form of what it is a copy of. What is left of the scheme is https; folding it
    again changes nothing. What cannot be taken apart comes back as it is.
    """
    # What is folded away may leave another slash or white space at the end.
    while (folded := _folded(url)) != url:
        url = folded
    return url


SHARED = {
    "facebook.com", "instagram.com", "linkedin.com", "medium.com", "t.me", "telegram.me", "threads.net",
    "tiktok.com", "twitter.com", "vk.com", "x.com", "youtube.com",
}  # fmt: skip
"""Hosts on which many publish, each under a name of their own."""
UNDER_A_NAME = 300


def host_of(url: str) -> str:
    """By what is known who publishes at ``url``: its host, and the account where many share it.

    Empty for what is no address of the web.
    """
    try:
        parts = urlsplit(canonical(url))
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme != "https" or not host:
        return ""
    account = parts.path.strip("/").split("/")[0].lower()
    named = f"{host}/{account}" if host in SHARED and account else host
    return named[:UNDER_A_NAME]


def addresses_in(text: str) -> list[str]:
    """The addresses of the web that ``text`` writes, each once, in their order."""
    found = (word.strip("<>()[]\"'“”,;") for word in text.split())
    return list(dict.fromkeys(word for word in found if host_of(word)))


def _folded(url: str) -> str:
    url = _original(url.strip())
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return url
    if parts.scheme not in SCHEMES or not host:
        return url
    if port not in (None, *DEFAULT_PORTS):
        host = f"{host}:{port}"
    kept = [one for one in parts.query.split("&") if one and not _tracks(one)]
    return urlunsplit(("https", host, parts.path.rstrip("/"), "&".join(kept), ""))


def _original(url: str) -> str:
    """What ``url``, a copy in an archive, is a copy of; else itself."""
    scheme, slashes, rest = url.partition("://")
    archive = _ARCHIVED.match(rest.removeprefix("www.")) if slashes and scheme.lower() in SCHEMES else None
    if archive is None:
        return url
    # Some proxies of archives have one of the two slashes.
    return re.sub(r"^(https?:)/+", r"\1//", rest.removeprefix("www.")[archive.end() :], flags=re.IGNORECASE)


def _host(name: str) -> str:
    """``name`` without each ``www.`` before a name that has a dot of its own; an IPv6 address in brackets."""
    while name.startswith("www.") and "." in name.removeprefix("www."):
        name = name.removeprefix("www.")
    return f"[{name}]" if ":" in name else name


def _tracks(parameter: str) -> bool:
    name = unquote_plus(parameter.partition("=")[0]).lower()
    return name.startswith("utm_") or name in TRACKING
