"""Addresses of the web in one form, so that two of one document are known for one."""

from urllib.parse import unquote_plus, urlsplit, urlunsplit

TRACKING = {
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid", "igsh",
    "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "oly_anon_id", "oly_enc_id", "vero_id", "s_cid",
    "ref_src", "ref_url", "cmpid", "ncid", "smid", "xtor", "at_medium", "at_campaign", "_openstat", "wt_mc",
}  # fmt: skip
"""Parameters that tell how a reader came, never what is read; ``utm_…`` besides."""

DEFAULT_PORTS = (80, 443)
"""Of http and https, whichever of the two schemes the address has."""


def canonical(url: str) -> str:
    """``url`` with scheme, ``www.``, default port, trailing slash, fragment and tracking folded away.

    What is left of the scheme is https; folding it again changes nothing. What cannot be taken apart comes
    back as it is.
    """
    # What is folded away may leave another slash or white space at the end.
    while (folded := _folded(url)) != url:
        url = folded
    return url


def _folded(url: str) -> str:
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not host:
        return url
    if port not in (None, *DEFAULT_PORTS):
        host = f"{host}:{port}"
    kept = [one for one in parts.query.split("&") if one and not _tracks(one)]
    return urlunsplit(("https", host, parts.path.rstrip("/"), "&".join(kept), ""))


def _host(name: str) -> str:
    """``name`` without each ``www.`` before a name that has a dot of its own; an IPv6 address in brackets."""
    while name.startswith("www.") and "." in name.removeprefix("www."):
        name = name.removeprefix("www.")
    return f"[{name}]" if ":" in name else name


def _tracks(parameter: str) -> bool:
    name = unquote_plus(parameter.partition("=")[0]).lower()
    return name.startswith("utm_") or name in TRACKING
