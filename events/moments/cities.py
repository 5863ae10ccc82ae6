"""Cities and countries that name a time zone of the IANA database, of whose clocks a text may tell."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from chronicle.clock import Clock

_OF_NO_CITY = ("Etc", "US", "Canada", "Mexico", "Brazil", "Chile", "SystemV", "posix", "right")
"""What zones begin with that end with a region or an offset: US/Central, Etc/GMT+3."""
_OF_ANOTHER_NAME = {
    **dict.fromkeys(("Washington", "Boston", "Miami", "Philadelphia", "Atlanta"), "America/New_York"),
    **dict.fromkeys(("San Francisco", "Seattle", "Silicon Valley"), "America/Los_Angeles"),
    **dict.fromkeys(("Houston", "Dallas"), "America/Chicago"),
    **dict.fromkeys(("Delhi", "New Delhi", "Mumbai"), "Asia/Kolkata"),
    **dict.fromkeys(("Munich", "Frankfurt", "Bonn", "Hamburg"), "Europe/Berlin"),
    **dict.fromkeys(("Cape Town", "Pretoria"), "Africa/Johannesburg"),
    **dict.fromkeys(("Geneva", "Bern", "Davos"), "Europe/Zurich"),
    "Abu Dhabi": "Asia/Dubai",
    "Abuja": "Africa/Lagos",
    "Ankara": "Europe/Istanbul",
    "Beijing": "Asia/Shanghai",
    "Brasília": "America/Sao_Paulo",
    "Hanoi": "Asia/Bangkok",
    "Islamabad": "Asia/Karachi",
    "Milan": "Europe/Rome",
    "Ottawa": "America/Toronto",
    "Rabat": "Africa/Casablanca",
    "Strasbourg": "Europe/Paris",
    "Tel Aviv": "Asia/Jerusalem",
    "The Hague": "Europe/Amsterdam",
    "Wellington": "Pacific/Auckland",
}
"""Capitals, and cities that the news often tell of, whose zone is called by another."""
_WINTER, _SUMMER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 7, 1, tzinfo=UTC)


def has_another_clock(words: str, clock: Clock) -> bool:
    """Whether ``words`` begin with a city whose clocks show another time than ``clock``, in winter or summer.

    Of two cities of one name, both must.
    """
    begun = words.split(" ")
    for count in range(len(begun), 0, -1):
        if zones := _by_city().get(" ".join(begun[:count])):
            return all(_offsets(zone) != _offsets(clock.zone.key) for zone in zones)
    return False


@cache
def _by_city() -> dict[str, list[str]]:
    found = {city: [zone] for city, zone in _OF_ANOTHER_NAME.items()}
    for zone in sorted(available_timezones()):
        area, _, city = zone.rpartition("/")
        if area.partition("/")[0] not in _OF_NO_CITY and not city.isupper():
            found.setdefault(city.replace("_", " "), []).append(zone)
    return found


@cache
def _offsets(zone: str) -> tuple[object, object]:
    info = ZoneInfo(zone)
    return info.utcoffset(_WINTER.astimezone(info)), info.utcoffset(_SUMMER.astimezone(info))
