"""Time zones: their names, which of them a typed word calls, and which it may have meant."""

import re
from difflib import get_close_matches
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError

NO_ZONES = {"Factory", "localtime"}
"""What stands among the zones and names none: it is whatever a machine was set to."""

OFFSET = re.compile(r"GMT[+-]")


def known_zones() -> list[str]:
    """The names of all time zones of the IANA database, in order."""
    return sorted(available_timezones() - NO_ZONES)


def as_zone(typed: str) -> str:
    """What was typed for a zone, so that it can be compared: “los  Angeles” as los_angeles."""
    return "_".join(typed.casefold().split())


def cities() -> dict[str, list[str]]:
    """Zones by the name that each ends with, as it is compared. Not those of an offset, whose signs stand the
    other way round: Etc/GMT+3 is UTC−3, which nobody means who types it."""
    found: dict[str, list[str]] = {}
    for zone in known_zones():
        if not OFFSET.search(zone):
            found.setdefault(as_zone(zone.rpartition("/")[2]), []).append(zone)
    return found


def zone_called(typed: str) -> str:
    """The zone with the name ``typed``, in small letters or large; else what was typed.

    A city alone is no name: there are two San Juans, and the opening of a story fixes a zone for good.
    """
    name = as_zone(typed)
    return next((zone for zone in known_zones() if zone.casefold() == name), typed)


def zones_like(typed: str) -> list[str]:
    """At most three zones that may be meant by ``typed``, which is none: begun, held, or misspelled in it."""
    name, known = as_zone(typed), cities()
    begun = [zone for city, zones in known.items() if city.startswith(name) for zone in zones]
    holding = [zone for zones in known.values() for zone in zones if name in zone.casefold()]
    close = get_close_matches(name.rpartition("/")[2], known, n=3, cutoff=0.8)
    misspelled = [zone for city in close for zone in known[city]]
    return list(dict.fromkeys(begun + holding or misspelled))[:3]


def known_zone(name: str) -> None:
    """Refuses a time zone that is not in the IANA database, and names those that may be meant."""
    if name in known_zones():
        return
    alike = zones_like(name)
    meant = "Name a city, such as Baku, or a zone, such as Asia/Baku or UTC."
    if alike:
        *others, last = alike
        meant = f"Did you mean {', '.join(others)} or {last}?" if others else f"Did you mean {last}?"
    raise ValidationError("“%(name)s” is not a time zone. %(meant)s", params={"name": name, "meant": meant})
