"""What a session is told by: which browser on what, and from which neighbourhood of addresses."""

import ipaddress
import re
from typing import Any

from django.conf import settings

BROWSERS = {
    "Edge": r"\bEdgA?/",
    "Opera": r"\bOPR/",
    "Samsung Internet": r"\bSamsungBrowser/",
    "Firefox": r"\b(Firefox|FxiOS)/",
    "Chrome": r"\b(HeadlessChrome|Chrome|Chromium|CriOS)/",
    "Safari": r"\bSafari/",
}
"""The first that is found: each also calls itself by the later ones."""

SYSTEMS = {
    "iPhone": r"\biPhone\b",
    "iPad": r"\biPad\b",
    "Android": r"\bAndroid\b",
    "Windows": r"\bWindows\b",
    "macOS": r"\bMac OS X\b|\bMacintosh\b",
    "ChromeOS": r"\bCrOS\b",
    "Linux": r"\bLinux\b",
}

NETWORKS = {4: 24, 6: 64}
"""How many bits of an address name its neighbourhood: a household or an office, not one machine."""

_PORT = re.compile(r"\[(.+)\](?::\d+)?|([\d.]+):\d+")
"""How some proxies write an address."""


def device_of(request: Any) -> str:
    """The browser in words, “Firefox on Windows”, as it says itself."""
    said = request.META.get("HTTP_USER_AGENT", "")
    browser = _first(BROWSERS, said) or "A browser"
    system = _first(SYSTEMS, said)
    return f"{browser} on {system}" if system else browser


def prefix_of(request: Any) -> str:
    """The neighbourhood from which was asked, “203.0.113.0/24”; empty where nothing tells it."""
    try:
        address = ipaddress.ip_address(_address(request))
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return str(ipaddress.ip_network(f"{address}/{NETWORKS[address.version]}", strict=False))


def _address(request: Any) -> str:
    """Behind a proxy, the last address that it wrote down: whatever stands before it a visitor may invent."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    last = told.rpartition(",")[2].strip()
    with_port = _PORT.fullmatch(last)
    return (with_port[1] or with_port[2] if with_port else last) or request.META.get("REMOTE_ADDR", "")


def _first(patterns: dict[str, str], said: str) -> str:
    return next((name for name, pattern in patterns.items() if re.search(pattern, said)), "")
