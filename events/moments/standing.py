"""Whether words that could be a time are one where they stand in prose.

A table of what each kind of time asks of the words around it. The exceptions are English's own: "overnight"
is an adjective after an article, "the day before" goes on to what it is before, a year looks like an hour.
"""

import re
from dataclasses import dataclass

from events.moments.items import Days, Item, Offset, Part, Small, Time, Weekday
from events.moments.words import END, Token, token_at

_MEASURES = (
    "percent per pc million billion thousand hundred km kilometre kilometres kilometer kilometers metre "
    "metres meter meters m cm mm ft feet miles mile ton tons tonne tonnes points votes people persons "
    "men women kg litres degrees dollars euros pounds dead wounded killed injured"
).split()
_LENGTHS = "second seconds minute minutes hour hours day days week weeks".split()
_WAYS = (
    "at by about around approximately approx nearly almost roughly circa shortly soon just right before "
    "after until till since from between towards toward no not near past prior later up"
).split()
_INTO_PARTS = (
    "in on at during this that same late early by before after towards toward until till all throughout "
    "through whole from around about since middle mid overnight small wee first second beginning end "
    "tonight last yesterday previous next following shortly soon just right entire into under later "
    "earlier again already between"
).split()
_DETERMINERS = "the an a of its their his her our my for heavy strong each every".split()
_DATE_LEADERS = "of since until till from by before after for to the and or between through".split()
_JOINERS = "when as while because".split()
_AFTER_NEIGHBOUR = "and that when which in at from by on near".split()
_PREPOSITIONS = (
    "in on by from at to and near into the against with after as when while across along over".split()
)
_OF_A_CLAUSE = "that when he she it they we his her their its".split()
"""Behind "on the night" these say which: "on the night he became king"."""
_NEGATIONS = "not never hardly neither nor".split()
_ISH = re.compile(r"-?ish\b")
_VERBS_IN_S = "was is has as this his its us".split()
_NOUN = re.compile(r"\s(?!(?:an?|the|and|or|but|he|she|it|they|we|i)\b)[a-z]")
_DETERMINED = re.compile(r"\b(?:the|an?|its|his|her|their|our|my)\s*$")
_SURE = re.compile(r"\d\s?[ap]\.?\s?m\b|utc|gmt|yesterday|o'clock")
_FROM_NOUGHT = re.compile(r"\b0\d{3}\b")
_HEADS_ITEM = re.compile(r"\s?[:\u2013\u2014]\s|\s-\s")
_VALUED = re.compile(
    r"\b(?:shares?|stocks?|prices?|priced|index|rates?|yields?|turnout|inflation|barrels?|bonds?|currency|pounds?|dollars?"
    r"|euros?|roubles?|lira|manats?|drams?|magnitude|average|traded|trading|valued|odds|growth|deficit)\b"
    r"|\b(?:stood|stands|remain(?:s|ed)|stayed|peaked|averaged|pegged)\sat\b"
)
"""What figures with a point are values of, and no hours."""
_DOTTED = re.compile(r"\d\.\d\d")
_RECORDING = (
    r"\s(?:the|an?|this|that|its|his|her|their)\s(?:[\w'’]+\s){0,2}"
    r"(?:tape|video|videotape|recording|film|footage|clip|audio|broadcast|livestream|stream|podcast)s?\b"
)
_INTO_RECORDING = re.compile(rf"\s(?:of|into){_RECORDING}")
_WITHIN_RECORDING = re.compile(rf"\s(?:in|on){_RECORDING}")
"""Behind these, "at 2:14:30" counts from where a recording begins; "at 10:00 in a video" may be an hour."""
_SPOKEN = re.compile(r"morning|afternoon|evening|night|dawn|past|quarter")
_CLOCK_SIGNS = re.compile(
    r"(?<=\d)[:h]|\b(?:[ap]m?|[ap]\.\s?m|o'clock|noon|midnight|hrs|hours|utc|gmt|z)\b|[ap]\.?m"
)


def stands(level: str, words: list[Token], first: int, last: int, items: list[Item], *, opens: bool) -> bool:
    """Whether ``items``, the words from ``first`` to ``last``, are a time where they stand."""
    around = _Around(level, words, first, last, opens)
    if (
        around.is_counted
        or around.is_distance
        or around.before.says(*_NEGATIONS, "every", "each")
        or _ISH.match(around.rest)
    ):
        return False
    kinds = {type(item) for item in items}
    rule = next((rule for wanted, rule in _RULES if wanted & kinds), None)
    if rule is None:
        rule = _overnight_stands if Small("overnight") in items else _part_stands
    return rule(around, items)


@dataclass(frozen=True)
class _Around:
    """Words in their sentence."""

    level: str
    words: list[Token]
    first: int
    last: int
    opens: bool

    @property
    def before(self) -> Token:
        return self.words[self.first - 1] if self.first else END

    @property
    def after(self) -> Token:
        return token_at(self.words, self.last + 1)

    @property
    def start(self) -> Token:
        return self.words[self.first]

    @property
    def said(self) -> str:
        return self.level[self.start.begin : self.words[self.last].end]

    @property
    def rest(self) -> str:
        return self.level[self.words[self.last].end :][:40]

    @property
    def hangs_on(self) -> bool:
        """Whether more figures stand right before or behind: "3.20.1"."""
        before = self.level[: self.start.begin][-2:]
        return bool(re.match(r"[.:]\d", self.rest) or re.search(r"\d[.:]$", before))

    @property
    def is_counted(self) -> bool:
        """Whether it counts something: "by 10:00 metres", "at 30 %"."""
        last = self.words[self.last]
        things = (
            last.category == "number" and self.after.text.endswith("s") and not self.after.says(*_VERBS_IN_S)
        )
        measured = (things or self.after.text in _MEASURES) and not self.pauses
        return measured or self.rest.lstrip()[:1] in ("%", "°", "$", "€")

    @property
    def is_distance(self) -> bool:
        """Whether it only tells how far off: "89 seconds before midnight"."""
        return self.before.says(*_LENGTHS) and self.start.says("before", "after", "past", "to", "from")

    @property
    def is_adjective(self) -> bool:
        """Whether it only says which: "The 12:00 train was late", "the 9.15 to Brod"."""
        led = _DETERMINED.search(self.level[: self.start.begin][-12:])
        following = _NOUN.match(self.rest.removeprefix("."))
        leads_on = self.after.says("to", "from")
        return bool(led and following) and (leads_on or not self.after.says(*_PREPOSITIONS))

    def counts_in_recording(self, clock: Time) -> bool:
        """Whether it is a place in a recording: "at 2:14:30 of the tape"."""
        within = clock.fine and _WITHIN_RECORDING.match(self.rest)
        return bool(within or _INTO_RECORDING.match(self.rest))

    @property
    def pauses(self) -> bool:
        return self.after is END or bool(re.match(r"\s*(?:[.,;:!?…)]|-\s|$)", self.rest))


def _clock_stands(around: _Around, items: list[Item]) -> bool:
    """A clock needs a sign that it is one: a colon, a.m., a word such as "at" before it."""
    # "Changed to 11 p.m." and "of 14:00" are the hours of other things.
    is_adjective = isinstance(items[0], Time) and around.is_adjective
    if any(isinstance(item, Time) and around.counts_in_recording(item) for item in items):
        return False
    if around.hangs_on or is_adjective or {"to", "of"} & {around.start.text, around.before.text}:
        return False
    if any(word.named for word in around.words[around.first : around.last + 1]):
        return True
    return _has_sign(around, items)


def _has_sign(around: _Around, items: list[Item]) -> bool:
    led = around.opens or around.start.text in _WAYS or any(map(_is_day, items))
    if _CLOCK_SIGNS.search(around.said):
        return led or _SURE.search(around.said) is not None
    if _DOTTED.search(around.said):
        if not around.opens and _VALUED.search(around.level):
            return False
        return led or _SPOKEN.search(around.said) is not None
    return _SPOKEN.search(around.said) is not None or _digits_stand(around)


def _digits_stand(around: _Around) -> bool:
    """ "estimated at 1000" is a count; "At 1430, …" and "at 0630" are hours."""
    if around.opens and _HEADS_ITEM.match(around.rest):
        return True
    if not around.start.says("at"):
        return False
    # "At 1400 homes the power failed" counts homes.
    counts = around.after.text.endswith("s") and not around.after.says(*_VERBS_IN_S)
    return _FROM_NOUGHT.search(around.said) is not None or (around.opens and (around.pauses or not counts))


def _is_day(item: Item) -> bool:
    return isinstance(item, Days | Weekday | Offset)


def _is_day_alone(item: Item) -> bool:
    return isinstance(item, Days) and not item.first.month


def _date_stands(around: _Around, items: list[Item]) -> bool:
    if any(map(_is_day_alone, items)):
        # "The 11th Brigade" is no day; "On the 11th, …" is one.
        return around.start.says("on") and around.pauses
    if around.opens or around.start.says("on"):
        return True
    if around.start.says(*_DATE_LEADERS):
        return False
    parted = Small("night of") in items or any(isinstance(item, Part | Weekday) for item in items)
    return parted and not around.before.says(*_DATE_LEADERS, *_DETERMINERS, "next", "last")


def _neighbour_stands(around: _Around, items: list[Item]) -> bool:
    """A neighbouring day; today says nothing, and what comes later is told only where it opens."""
    days = sum(item.days for item in items if isinstance(item, Offset))
    if days == 0:
        return Small("night of") in items or any(isinstance(item, Part) for item in items)
    if around.words[around.last].says("before", "after") and not _ends_there(around):
        # "The day before the vote" is another day.
        return False
    return around.opens or (days < 0 and _past_stands(around))


def _ends_there(around: _Around) -> bool:
    return around.pauses or around.after.says(*_AFTER_NEIGHBOUR)


def _past_stands(around: _Around) -> bool:
    leads_elsewhere = ("of", "since", "until", "till", "from", "for", "by", "to")
    if around.before.says(*leads_elsewhere) or around.start.says(*leads_elsewhere):
        return False
    goes_on = around.words[around.last].says("before", "after", "earlier", "ago", "day")
    return not goes_on or around.pauses or around.after.says(*_AFTER_NEIGHBOUR)


def _overnight_stands(around: _Around, items: list[Item]) -> bool:
    if _DETERMINED.search(around.level[: around.start.begin][-12:]) or around.before.says(*_DETERMINERS):
        return False
    if around.opens or around.pauses:
        return True
    return around.after.says(*_PREPOSITIONS) or around.before.says(*_JOINERS)


def _part_stands(around: _Around, items: list[Item]) -> bool:
    if around.start.named:
        return around.opens
    if around.is_adjective or _is_of_another(around):
        return False
    if around.opens and (Small("all") in items or _HEADS_ITEM.match(around.rest)):
        return True
    return around.start.text in _INTO_PARTS


def _is_of_another(around: _Around) -> bool:
    """Whether it is the part of another day: "the morning of the vote", "on the night he was crowned"."""
    if around.after.says("of", "to", "into") or around.before.says("of", "for"):
        return True
    return around.after.says(*_OF_A_CLAUSE) and around.start.says("on")


_RULES = (
    ({Time}, _clock_stands),
    ({Days, Weekday}, _date_stands),
    ({Offset}, _neighbour_stands),
)
"""What each kind of time asks, the most telling first."""
