"""Time words with which a sentence opens and that no grammar reads: "Minutes later, …"."""

import re

from events.moments.words import in_place

_REACH = 200
# "Am 11. März" is German for on that day, "a las 9:30" Spanish for at that hour.
_BEFORE = re.compile(r"[\W_]*(?:the\s|am\s(?=\d{1,2}\.\s)|a\s(?=las?\s\d))?[\W_]*")
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?|\d{4})"
_REPEATED = (
    r"(?:every|each)\s(?:hour|day|night|morning|evening|afternoon|week)\b"
    r"|(?:daily|nightly|hourly|weekly)(?=,)"
)
_OTHER_YEAR = r"in\s(?:the\s)?(?:\w+\s)?[12]\d{3}s?\b"
_RANGE = rf"(?:from|between)\s{_CLOCK}\s(?:to|and|until|till)\s{_CLOCK}\b"
_BARE_HOUR = (
    r"at\s\d{1,2}(?=,|\s(?:the|an?|it|he|she|they|we|his|her|their|its|in|on|all|another|and|there)\b)"
)
_COUNTS = (
    r"(?:an?\s)?(?:few|couple|little|short|long|some|several|many|half\san|an?|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|fifteen|twenty|thirty|forty|\d+)\s(?:\w+\s){0,2}?"
)
_LEADS = (
    r"(?:moments?|minutes?|hours?|seconds?|shortly|soon|at|in|by|before|after|towards?|during|around|about|near|on|the"
    r"|within|until|from|since|later|then|next|that|early|late|just|as\sof|up\sto|no\s(?:sooner|earlier|later)\sthan)\b"
    r"[^,;:.]{0,50}?"
)
_UNITS = (
    r"(?:hours?|minutes?|moments?|seconds|while\s(?:later|after)|lunch\w*|breakfast|dinner|supper|tea\s?time"
    r"|o'clock|half\spast|quarter\s(?:past|to)|\d{1,2}(?:[:.]\d\d){1,2}|\d{1,2}\s?[ap]\.?m|weeks?|months?|fortnight|shift"
    r"|working\sday|rush\shour|weekend|time\slater|first\slight|last\slight|cock-?crow|matins|vespers|watch"
    r"|days?\s(?:later|after|earlier))\b(?:\s(?:later|after(?:wards)?(?=,)|afterwards|earlier)\b)?"
)
_CLAUSE = (
    r"(?:when|once(?!\s(?:more|again))|after(?!\sall\b)|before|until|till|by\sthe\stime|as\ssoon\sas)\s"
    r"[^,;:.]{3,60}(?=,\s)"
)
_TIME_WORDS = re.compile(
    rf"{_REPEATED}|as\sof\s\w+|\d{{1,2}}(?:[:.]\d\d)?-?ish\b|not\s(?:until|before|after|by)\s[\d:.]+|{_OTHER_YEAR}|{_RANGE}|{_BARE_HOUR}"
    rf"|(?:{_COUNTS}|{_LEADS})?\b{_UNITS}|{_CLAUSE}"
)


def unread_opening(sentence: str, begins: int = 0) -> str:
    """Time words with which ``sentence`` opens at ``begins``, that ``find`` does not read; else empty."""
    level = in_place(sentence[begins : begins + _REACH])
    match = _TIME_WORDS.match(level, opening(level))
    return sentence[begins + match.start() : begins + match.end()] if match else ""


def opening(level: str) -> int:
    """Where the first word of a levelled sentence begins, past marks and its article."""
    match = _BEFORE.match(level)
    return match.end() if match else 0
