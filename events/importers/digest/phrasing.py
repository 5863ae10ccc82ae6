"""Time words in prose, and the phrases for `events.moments.read` that mean the same, most exact first."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from events.importers.digest.dates import written
from events.importers.digest.ordinals import CARDINAL, number_in

CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])[:.][0-5]?\d(?:\s?(?:[ap]\.\s?m\.|[ap]\.?\s?m\b))?(?![\d.:]*\d|\s?%)"
    r"|(?:[01]?\d)\s?(?:[ap]\.\s?m\.|[ap]\.?\s?m\b)|(?:[01]\d|2[0-3])[0-5]\d\s?h(?:ou)?rs\b"
    r"|(?:1[0-2]|[1-9])\s?o['’]clock\b|12\s(?:noon|midnight)\b|(?:noon|midday|midnight)\b)"
)
PLAIN_CLOCK = (
    r"(?:(?:[01]?\d|2[0-4]):[0-5]\d(?:\s?(?:[ap]\.\s?m\.|[ap]\.?\s?m\b))?(?![:\d])"
    r"|(?:[01]?\d)(?:\.\d\d)?\s?(?:[ap]\.\s?m\.|[ap]\.?\s?m\b))"
)
ABOUT = r"(?:at\s)?(?:about|around|approximately|nearly|almost|roughly|near)"
WAY = (
    rf"(?:(?:{ABOUT}|(?:shortly|soon|just|right)\s(?:after|before)"
    r"|by|before|after|until|till|from|since|towards?|at)\s)"
)
PART = r"(?:morning|afternoon|evening|night)"
SHADE = r"(?:(?:very\s)?(?:early|late)\s)"
HOUR_OF_SKY = r"(?:dawn|daybreak|sunrise|sunset|dusk|nightfall|noon|midday|midnight)"
BEFORE = (
    rf"(?:(?:on\s)?the\s(?:day|night|evening|morning|afternoon)\sbefore|(?:on\s)?the\sprevious\s(?:day|{PART})"
    rf"|on\sthe\seve(?=,)|yesterday(?:\s{PART})?|last\snight|{CARDINAL}\sdays?\s(?:earlier|ago|before)|a\sday\searlier)"
)
AT_THAT = rf"(?:,?\s(?P<at>{WAY}{CLOCK}|{SHADE}?in\sthe\s{PART}|at\snight))?"

Phrases = Callable[[re.Match[str], date], tuple[str, ...]]


def _way(words: str) -> str:
    words = words.lower().strip()
    if words.startswith(("shortly", "soon", "just", "right")):
        return f"shortly {words.split()[-1]}"
    for way, signs in (
        ("about", ("about", "around", "approx", "nearly", "almost", "roughly", "near")),
        ("after", ("after", "from", "since")),
        ("before", ("before", "until", "till")),
        ("towards", ("toward",)),
        ("by", ("by",)),
    ):
        if any(sign in words for sign in signs):
            return way
    return ""


def _clock(words: str) -> str:
    words = re.sub(r"\s+", " ", words.lower()).strip()
    words = words.replace("12 noon", "noon").replace("12 midnight", "midnight").replace("’", "'")
    four = re.match(r"(\d\d)(\d\d)\s?h", words)
    if four:
        return f"{four[1]}:{four[2]}"
    half = re.search(r"([ap])\.?\s?m\.?$", words)
    figures = re.match(r"(\d+)(?:[:.](\d+))?", words)
    if not figures:
        return words
    minutes = f":{int(figures[2]):02d}" if figures[2] else ""
    suffix = f" {half[1]}m" if half else (" o'clock" if "clock" in words else "")
    return f"{figures[1]}{minutes}{suffix}"


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


def at_clock(match: re.Match[str], _told_on: date) -> tuple[str, ...]:
    return (_joined(_way(match["way"] or ""), _clock(match["clock"])),)


def between(match: re.Match[str], _told_on: date) -> tuple[str, ...]:
    return (f"between {_clock(match['first'])} and {_clock(match['second'])}",)


def in_part(match: re.Match[str], _told_on: date) -> tuple[str, ...]:
    words = match[0].lower()
    part = next(iter(re.findall(PART, words)), "night")
    shade = next((word for word in ("early", "late") if re.search(rf"\b{word}\b", words)), "")
    return _joined(shade, _in_the(part)), _in_the(part)


def near_part(match: re.Match[str], _told_on: date) -> tuple[str, ...]:
    way, part = _way(match["way"]), match["part"].lower().replace("nightfall", "night")
    return (f"in the {part}" if way == "about" else f"{way} {part}",)


def at_sky(match: re.Match[str], _told_on: date) -> tuple[str, ...]:
    known = {"daybreak": "dawn", "sunrise": "dawn", "nightfall": "dusk", "sunset": "dusk"}
    sky = match["sky"].lower()
    way = _way(match["way"] or "") or "at"
    return f"{way} {sky}", f"{way} {known.get(sky, sky)}"


def whole(match: re.Match[str], _told_on: date) -> tuple[str, ...]:
    part = match["part"].lower()
    if "during" not in match[0].lower():
        return (f"all {part}",)
    return ("" if part == "day" else _in_the(part),)


def day_before(match: re.Match[str], _told_on: date) -> tuple[str, ...]:
    words, at = match["before"].lower(), (match["at"] or "").lower().lstrip(", ")
    if clock := re.search(CLOCK, at):
        at = _joined(_way(at[: clock.start()]) or "at", _clock(clock[0]))
    days = re.match(rf"({CARDINAL})\sdays?", words)
    count = number_in(days[1]) if days else 1
    base = f"{count} days earlier" if count and count > 1 else "the day before"
    part = re.search(r"night|evening|morning|afternoon", words)
    if part and not at:
        if part[0] == "night":
            return ("overnight",)
        at = _in_the(part[0])
    return _joined(base, at), base


def on_date(match: re.Match[str], told_on: date) -> tuple[str, ...]:
    day = written(match["date"])
    named = re.search(PART, match["part"] or "", re.IGNORECASE)
    part = named[0].lower() if named else ""
    if day is None or day.fits(told_on):
        return (_in_the(part),)
    if part == "night" and _ends_on(told_on, match["to"] or "") and day.fits(told_on - timedelta(days=1)):
        return ("overnight",)
    return _joined("on", part and f"the {part} of", str(day)), f"on {day}"


def _ends_on(day: date, to: str) -> bool:
    """Whether a span of days that ends with the words ``to`` ("-12", " to the 12") ends on ``day``."""
    following = re.search(r"\d+", to)
    return following is not None and int(following[0]) == day.day


def _in_the(part: str) -> str:
    """The phrase for a part of the day that tells it; empty for no part."""
    if part == "night":
        return "at night"
    return f"in the {part}" if part else ""


def fixed(*phrases: str) -> Phrases:
    """Phrases that do not depend on the words matched."""
    return lambda _match, _told_on: phrases
