"""Reading a time phrase into a moment, or refusing it in words that help."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone

from chronicle.clock import Clock
from events.moments.bounds import Bounds, bounds_of
from events.moments.changes import said_of
from events.moments.days import day_of
from events.moments.ends import End
from events.moments.idioms import FILLERS, items_of
from events.moments.items import Contradiction, Days, Item, Offset, Part, Time, Unclear, Weekday
from events.moments.languages import READ
from events.moments.phrases import Phrase, parse
from events.moments.words import LONGEST, SPAN, Token, level, tokens

EXAMPLES = "Try “14:30”, “in the evening” or “the day before at 23:00”."
_ROOM = 60
"""How many characters of a phrase a refusal repeats."""
_SECOND = timedelta(seconds=1)
_OUT_OF_REACH = "The bounds must lie within the years 1 to 9999, in UTC and in the chronicle's time zone."


class Unreadable(ValueError):
    """A phrase that is not a time; its text is a sentence for the editor.

    ``either`` are phrases that are one, where it may be several; ``contradicts`` says that its words do so.
    """

    def __init__(self, sentence: str, either: tuple[str, ...] = (), *, contradicts: bool = False) -> None:
        super().__init__(sentence)
        self.either = either
        self.contradicts = contradicts


@dataclass(frozen=True)
class Moment:
    """When something happened: at some time within, or throughout, a span of time, open at one end or not."""

    earliest: datetime
    """The first instant, aware, in UTC; that of the day or the night told where the start is open."""
    latest: datetime
    """The first instant that is no longer in it, aware, in UTC; always after ``earliest``. Where the end is
    open, the end of the day or the night told."""
    happened_on: date
    """The calendar date, in the chronicle's zone, that it counts on."""
    wording: str
    """The phrase as typed, trimmed."""
    throughout: bool
    """Whether it filled the span, rather than fell somewhere within it."""
    edtf: str
    """The day or days as EDTF (level 0–1); "~" only when the date itself is approximate."""
    open_start: bool = False
    """Whether the wording tells only where it ends; ``earliest`` is then no fact. Never with ``open_end``."""
    open_end: bool = False
    """Whether the wording tells only where it begins; ``latest`` is then no fact."""
    said: str = field(default="", compare=False)
    """What an editor should know of how it was read: a clock time that came twice, or never."""

    @property
    def order(self) -> tuple[datetime, datetime]:
        """The key to sort moments by: what begins first, and of these what ends first, comes first."""
        return self.earliest, self.latest

    def overrule(self, earliest: datetime, latest: datetime, clock: Clock) -> "Moment":
        """The same wording with bounds that the editor gives, to whole seconds, widened where needed.

        Given, both are facts, so neither end is open.
        The day it counts on stays if the new bounds still touch it, else it is the first that they touch.

        :raises Unreadable: when a bound has no time zone, the end does not come after the beginning, or a day
            that they touch leaves the years 1 to 9999 in UTC or in the zone of ``clock``.
        """
        if earliest.tzinfo is None or latest.tzinfo is None:
            raise Unreadable("Both bounds need a time zone.")
        if latest <= earliest:
            raise Unreadable("The end of a moment must come after its beginning.")
        try:
            bounds = _overruled(earliest, latest, self.happened_on, clock)
            return _moment(bounds, self.wording, self.throughout, clock)
        except OverflowError:
            raise Unreadable(_OUT_OF_REACH) from None


def _overruled(earliest: datetime, latest: datetime, happened_on: date, clock: Clock) -> Bounds:
    begins = earliest.astimezone(UTC).replace(microsecond=0)
    ends = latest.astimezone(UTC).replace(microsecond=0)
    if latest.microsecond:
        ends += _SECOND
    first, last = clock.date_of(begins), clock.date_of(ends - _SECOND)
    return Bounds(begins, ends, happened_on if first <= happened_on <= last else first)


def read(phrase: str, *, told_on: date, clock: Clock) -> Moment:
    """The moment that ``phrase`` tells, said on ``told_on``, by the clock of the chronicle.

    An empty phrase is some time on that day.

    :raises Unreadable: when the phrase is not a time, or one whose days leave the years 1 to 9999 in UTC or
        in the zone of ``clock``; with a sentence that says what was understood.
    """
    wording = phrase.strip()
    if len(wording) > LONGEST:
        raise _refusal(wording, _Seen(), f"it is longer than {LONGEST} characters")
    seen = _Seen(level(wording))
    try:
        seen.tokens = tokens(seen.text)
        syntax = parse(_items(seen)) if wording else Phrase(End(part=Part("day")))
        bounds = bounds_of(syntax, told_on, clock)
        moment = _moment(bounds, wording, syntax.throughout, clock)
        said = (
            _of_later_weekdays(syntax, told_on),
            _of_zones(syntax, bounds, clock),
            _of_nights(syntax),
            _of_changes(syntax, bounds, clock),
        )
        return replace(moment, said=" ".join(filter(None, said)))
    except Unclear as unclear:
        either = tuple(_told(wording, *words) for words in unclear.either)
        refusal = _refusal(wording, seen, str(unclear), either)
        refusal.contradicts = isinstance(unclear, Contradiction)
        raise refusal from None
    except OverflowError:
        raise _refusal(wording, seen, "the date is out of reach") from None


def _of_later_weekdays(syntax: Phrase, told_on: date) -> str:
    """That a day of the week, the nearest of its name, lies after the day that tells it."""
    ends = [end for end in (syntax.first, syntax.last) if end and end.weekday is not None and not end.days]
    later = [day for end in ends if (day := day_of(end, told_on)) and day > told_on]
    return " ".join(f"{day:%A} was read as {day.isoformat()}, after the day that tells it." for day in later)


def _of_zones(syntax: Phrase, bounds: Bounds, clock: Clock) -> str:
    """That a time was said in another zone than the chronicle's, and what it is in that."""
    ends = ((syntax.first, bounds.earliest), (syntax.last, bounds.latest))
    told = [(end.time, at if not end.open_start else bounds.latest) for end, at in ends if end and end.time]
    said = [_converted(time, at.astimezone(clock.zone)) for time, at in told]
    return " ".join(dict.fromkeys(filter(None, said)))


def _converted(time: Time, at: datetime) -> str:
    here = at.utcoffset()
    if time.offset is None or here is None or here == timedelta(minutes=time.offset):
        return ""
    there = at.astimezone(timezone(timedelta(minutes=time.offset)))
    return f"{there:%H:%M} in {there:%Z} was read as {at:%H:%M} by the chronicle’s clock."


def _of_nights(syntax: Phrase) -> str:
    """That a whole night was read as the one with which the day begins."""
    whole = syntax.throughout and syntax.last is None and syntax.first.part == Part("night")
    return "This is read as the night that the day begins with, from 00:00." if whole else ""


def _of_changes(syntax: Phrase, bounds: Bounds, clock: Clock) -> str:
    """What a change of clocks does to the hours of a phrase."""
    ends = ((syntax.first, bounds.earliest), (syntax.last, bounds.latest))
    said = [said_of(end.time, _day_at(end, at, clock), clock) for end, at in ends if end]
    return " ".join(dict.fromkeys(filter(None, said)))


def _day_at(end: End, at: datetime, clock: Clock) -> date:
    """The day of ``end``: that of its bound, of which an open one may be the midnight after."""
    return clock.date_of(at if not end.open_start else at - timedelta(microseconds=1))


@dataclass
class _Seen:
    """What the reader has seen of a phrase, for the words of a refusal."""

    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


def _items(seen: _Seen) -> list[Item]:
    found, seen.unknown = items_of(seen.tokens)
    seen.unknown += _parts_alone(seen.tokens, found)
    if seen.unknown or not found:
        raise Unclear("it does not tell a time")
    return found


def _parts_alone(tokens: list[Token], items: list[Item]) -> list[int]:
    """The places of parts of the day in other languages, of which nothing beside them says what they mean.

    A word alone may be of several languages, which part the day in their own ways.
    """
    kinds = set(map(type, items))
    beside_day, beside_clock = bool(kinds & {Days, Offset, Weekday}), Time in kinds
    named = [(i, token.named) for i, token in enumerate(tokens) if token.named]
    return [i for i, one in named if not (beside_clock or (beside_day and not one.leans))]


def _moment(bounds: Bounds, wording: str, throughout: bool, clock: Clock) -> Moment:
    """The moment between ``bounds``.

    :raises OverflowError: when a day that it touches leaves the years 1 to 9999.
    """
    first, last = clock.date_of(bounds.earliest), clock.date_of(bounds.latest - datetime.resolution)
    for day in {bounds.day, first, last}:
        # Pages and indexes ask where the days of a moment begin and end, so these must have an answer.
        clock.day_bounds(day)
    edtf = _edtf(bounds.about, "~") if bounds.about else _edtf((first, last))
    return Moment(
        earliest=bounds.earliest,
        latest=bounds.latest,
        happened_on=bounds.day,
        wording=wording,
        throughout=throughout,
        edtf=edtf,
        open_start=bounds.open_start,
        open_end=bounds.open_end,
    )


def _edtf(days: tuple[date, ...], mark: str = "") -> str:
    return "/".join(f"{day.isoformat()}{mark}" for day in sorted(set(days)))


def _told(wording: str, stands: str, instead: str) -> str:
    """``wording`` with other words in the place of some, or after all."""
    return re.sub(re.escape(stands), instead, wording, count=1) if stands else f"{wording} {instead}"


def _refusal(wording: str, seen: _Seen, reason: str, either: tuple[str, ...] = ()) -> Unreadable:
    known, lost = _runs(seen)
    if lost:
        what = f"Understood {known}; not {lost}." if known else "Nothing in it was understood."
    elif known:
        what = f"Understood {known}, but {reason}."
    else:
        what = f"{reason[:1].upper()}{reason[1:]}."
    # Words that are not understood may be of another language.
    languages = f"{READ} " if any(map(str.isalpha, lost)) else ""
    return Unreadable(f"Could not read {_shown(wording)}. {what} {languages}{EXAMPLES}", either)


def _runs(seen: _Seen) -> tuple[str, str]:
    """What was understood and what was not, each as the runs of words that stand together."""
    unknown = set(seen.unknown)
    for i in reversed(range(len(seen.tokens) - 1)):
        # "of" goes with the words that it leads to.
        if i + 1 in unknown and seen.tokens[i].text in FILLERS:
            unknown.add(i)
    runs: dict[bool, list[str]] = {False: [], True: []}
    begin = 0
    for i, token in enumerate(seen.tokens):
        last = i + 1 == len(seen.tokens)
        if last or (i in unknown) != (i + 1 in unknown):
            runs[i in unknown].append(_shown(seen.text[begin : token.end].strip(" ,.")))
            begin = token.end
    return ", ".join(runs[False][:3]), ", ".join(runs[True][:3])


def _shown(text: str) -> str:
    """``text`` in quotation marks, cut short, and safe to print and to store."""
    cut = text if len(text) <= _ROOM else text[: _ROOM - 1].rstrip() + "…"
    cut = cut.replace(SPAN, "–")
    return "“" + "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut) + "”"
