"""The zone said with a clock time: an abbreviation that means one thing, or an offset from UTC."""

from events.moments.items import Time, Unclear
from events.moments.words import Token, token_at

_HOURS = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "zulu": 0,
    "cet": 1,
    "cest": 2,
    "eet": 2,
    "eest": 3,
    "msk": 3,
    "jst": 9,
    "kst": 9,
    "edt": -4,
    "mdt": -6,
    "pdt": -7,
    "akst": -9,
    "akdt": -8,
    "hst": -10,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
}
"""Abbreviations that are used of one offset only, and how many hours that is ahead of UTC."""
_AMERICAN = {"est": -5}
"""Said in America with a.m. or p.m.; on a clock of 24 hours they may be Australia's."""
_AMBIGUOUS = (*_AMERICAN, *"cst cdt ist bst pst mst ast amt gst sst ect wst bdt pkt".split())
_FURTHEST = 14 * 60
_DAY = 24 * 60 * 60
_EVENING = 17
"""The first hour from which closures and curfews last into a morning, however long."""


def zone_at(tokens: list[Token], i: int, time: Time) -> tuple[int | None, int]:
    """The minutes ahead of UTC that are said at ``i``, and how many tokens say so; none of them: 0.

    :raises Unclear: when the abbreviation is used of more than one offset.
    """
    token = token_at(tokens, i)
    if token.category == "offset":
        return _beside(tokens, i, time), 1
    if token.says(*_HOURS):
        after = token_at(tokens, i + 1)
        if after.category == "offset" and token.says("utc", "gmt"):
            return _minutes(after.text), 2
        return _HOURS[token.text] * 60, 1
    if token.says(*_AMERICAN) and time.half in ("am", "pm"):
        return _AMERICAN[token.text] * 60, 1
    if token.says(*_AMBIGUOUS):
        zone = token.text.upper()
        raise Unclear(f"“{zone}” stands for more than one time zone; write the offset, as “UTC-5”")
    return None, 0


def _beside(tokens: list[Token], i: int, time: Time) -> int:
    """The offset written right behind a clock time.

    :raises Unclear: when the two may as well be the hours of one night: "22:00-05:00".
    """
    offset = _minutes(tokens[i].text)
    dated = i > 1 and tokens[i - 2].category == "iso"
    lasting = (-offset * 60 - time.seconds) % _DAY
    may_last = lasting <= _DAY // 2 or time.hour >= _EVENING
    if offset < 0 and not dated and may_last:
        said = f"{tokens[i - 1].text}{tokens[i].text}"
        raise Unclear(f"“{said}” may be a range or an offset; write “UTC{tokens[i].text}” or “to”")
    return offset


def _minutes(text: str) -> int:
    digits = text[1:].replace(":", "")
    hours, past = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    minutes = int(hours) * 60 + int(past)
    if minutes > _FURTHEST or int(past) > 59:
        raise Unclear(f"“{text}” is no offset from UTC")
    return -minutes if text[0] == "-" else minutes
