"""How many time phrases of others are read: ``python tests/measure_time_cues.py [--missed]``.

Reads the vectors that lie beside the checkout in ../shared/data/c-prose/time-cues: the English phrases of
Duckling's corpus and of Recognizers-Text, each with the time that they stand for there. In scope is a phrase
made only of times of day, parts of the day, ranges of these, dates with day and month, and the days
beside the day told of; out of scope is one that names

- a week, month, quarter, season, year or century, a holiday, a weekday;
- a length of time ("for 3 hours", "in 5 minutes", "next two days", "ago"), now, lunch, school or business;
- a month and day in figures without a year, or in an order that only Americans read;
- a time zone other than UTC, a day by its number alone, a bare number, an AM or PM of no hour.

Agreement compares only what both state: the hours when a clock time is given, the dates when day and month or
a neighbouring day is given. Parts of the day begin where a chronicle says, so their hours are not compared;
whether an end counts as itself or a minute, an hour or a day more is not compared either.
"""

import json
import re
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
CUES = ROOT.parent / "shared" / "data" / "c-prose" / "time-cues"
sys.path.insert(0, str(ROOT))

from chronicle.clock import Clock  # noqa: E402 - the path above must come first
from events.moments import Moment, Unreadable, read  # noqa: E402 - the path above must come first

CLOCK = Clock(ZoneInfo("Etc/GMT+2"))
"""The clock of Duckling's corpus, two hours behind UTC."""
DUCKLING_TOLD_ON = date(2013, 2, 12)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
LONGER = r"""
    weeks? | w/c | week-?ends? | wkend | months? | qtr | quarters?(?!\ past|\ to) | \d*q\d
    | \d?\d?\d?\d?h[12](?!\d)
    | seasons? | summer | spring | winter | years? | yr | \d+year | decades? | century | \d+'?s | seventies
    | noughties | tens | ninety | thousands? | hundred | eo[dmy] | boy | b\.c\. | a\.d\. | ad | easter
    | (?:mon|tues?|wed|thur?s?|fri|sat|sun)(?:days?|nesdays?|sdays?|rsdays?|urdays?)?
"""
LENGTHS = r"""
    for\ .*(?:hours?|hrs|minutes|days?) | in\ (?:a|one|two|few|an?)\ .* | in\ \d.* | ago | hence
    | back | within
    | from\ (?:right\ )?now | (?:next|last|past\ few|previous|upcoming|coming)\ (?:\d+|two|three|few)\ ?\w+
    | past\ \d+\ (?:days|weeks|hours?|minutes?)$ | past\ \d+\ minute | (?:last|next)\ (?:minute|hour|day\ in)
    | (?:two|2)\ upcoming | rest | more\ than | less\ than | future | after\ \d+\ days | \d+\ ?days?
    | one\ hour | half\ days | couple | starting
"""
OTHERS = r"""
    now | moment | lunch(?:time)? | school | business | closest | \d+(?:st|nd|rd|th)\ last | ist
    | [cp]st | cet | bst
"""
FIGURES = rf"""
    ^on\ (?:the\ )?\d+(?:st|nd|rd|th)$ | ^\d+$ | \d+\ ?/\ ?\d+ | ^\d+\ ?-\ ?\d+$ | \d\d-\d\d-\d{{4}} | '$
    | ^{MONTH}\ ?,?\ ?(?:\d{{4}})?$ | ^august\ 99$ | ^(?:early|mid|late|during|end\ of)\ {MONTH}$
    | ^(?:at\ the\ )?(?:end|beginning)\ of\ (?:{MONTH}|\d{{4}})$ | ^(?:this|last|next)\ {MONTH}$
    | {MONTH}\ after
    | \b\d{{4}}\ ?,?\ {MONTH} | (?:^|and\ |to\ |between\ ){MONTH}\ \d{{4}} | ^\d{{4}}\ ?[-./]\ ?\d+$
    | \b\d{{4}}\ ?-\ ?\d{{4}} | (?:from|to|in|between|after|before|since|of|through)\ \d{{4}}(?=$|\ )
    | {MONTH}\ \d+\ [ap]m$ | nineteen | twenty- | [-/][a-z]{{3}}[-/]
"""
OUT = re.compile(rf"\b(?:{LONGER}|{LENGTHS}|{OTHERS})\b|{FIGURES}", re.VERBOSE)


@dataclass(frozen=True)
class Vector:
    """A phrase and the first and last instant that others read in it; None where they leave it open."""

    phrase: str
    told_on: date
    begins: datetime | None
    ends: datetime | None


def duckling() -> list[Vector]:
    vectors = []
    for line in (CUES / "duckling-phrases.jsonl").read_text().splitlines():
        row = json.loads(line)
        if "Holiday" in row["kind"] or "Holiday" in row["value"]:
            continue
        stamps = re.findall(r"\((\d+), (\d+), (\d+), (\d+), (\d+), (\d+)\)", row["value"])[:2]
        texts = ["{:0>4}-{:0>2}-{:0>2} {:0>2}:{:0>2}:{:0>2}".format(*stamp) for stamp in stamps]
        times = [datetime.fromisoformat(text) for text in texts]
        begins, ends = (*times, None, None)[:2]
        if row["kind"] == "datetimeOpenInterval" or "(2013, 2, 12, 4, 30, 0)," in row["value"]:
            begins = ends = None  # open, or from "now": nothing to compare with
        vectors.append(Vector(row["phrase"], DUCKLING_TOLD_ON, begins, ends))
    return vectors


def recognizers() -> list[Vector]:
    vectors = []
    for path in sorted(CUES.glob("recognizers-text_*.json")):
        for row in json.loads(path.read_text()):
            told_on = datetime.fromisoformat(
                (row.get("Context") or {}).get("ReferenceDateTime", "2016-11-07")
            )
            for result in row["Results"]:
                if result["Type"] != "duration" or "day" in result["Text"]:
                    stamps = re.findall(
                        r"\d{4}-\d\d-\d\d(?:[T ][\d:]+)?|\d\d:\d\d:\d\d", str(result["Value"])
                    )
                    vectors.append(Vector(result["Text"], told_on.date(), *_pair(stamps, told_on.date())))
    return vectors


def _pair(stamps: list[str], told_on: date) -> tuple[datetime | None, datetime | None]:
    # Of several readings the last pair is the one in the past, which is nearer for a chronicle.
    whole = [stamp if "-" in stamp else f"{told_on} {stamp}" for stamp in stamps]
    times = [datetime.fromisoformat(stamp) for stamp in whole]
    return (times[-2], times[-1]) if len(times) >= 2 else (None, None)


def in_scope(vector: Vector) -> bool:
    phrase = vector.phrase.casefold().strip()
    return not OUT.search(phrase) and not re.fullmatch(r"(?:full|whole|all)[- ]?(?:week|month|year)", phrase)


def agrees(vector: Vector, moment: Moment) -> bool | None:
    """Whether what both state is the same; None when the vector states nothing that can be compared."""
    if vector.begins is None:
        return None
    phrase = vector.phrase.casefold()
    begins, ends = (at.astimezone(CLOCK.zone).replace(tzinfo=None) for at in moment.order)
    if re.search(r"about|approx|around", phrase):
        begins, ends = begins + timedelta(minutes=30), ends - timedelta(minutes=30)
    dated = re.search(rf"{MONTH}\b.*\d|\d.*{MONTH}\b|of {MONTH}|yesterday|tomorrow|today|\d{{4}}-", phrase)
    parted = re.search(r"morning|afternoon|evening|night|tonite", phrase)
    clock = re.search(r"\d *[ap]\.? ?m|\d[:h]\d|\d{3}|\bnoon|past|half|\bat ", phrase)
    if not clock:
        clock = not dated and not parted
    same = True
    if dated:
        # Others look ahead for a date without its year; a chronicle takes the nearest.
        same = begins.replace(year=2000).date() == vector.begins.replace(year=2000).date()
    if clock and not (parted and not re.search(r"\d|eight", phrase)):
        same = same and begins.time() == vector.begins.time()
        if vector.ends and ends - begins != timedelta(minutes=1):
            over = (vector.ends - ends) % timedelta(days=1)
            same = same and over in (timedelta(0), timedelta(minutes=1), timedelta(hours=1))
    return same


def main() -> None:
    for name, vectors in (("Duckling", duckling()), ("Recognizers-Text", recognizers())):
        scope = {vector.phrase: vector for vector in vectors if in_scope(vector)}
        missed, differing, compared, agreed = [], [], 0, 0
        for vector in scope.values():
            try:
                moment = read(vector.phrase, told_on=vector.told_on, clock=CLOCK)
            except Unreadable as refusal:
                missed.append(f"{vector.phrase!r}: {refusal}")
                continue
            same = agrees(vector, moment)
            compared += same is not None
            agreed += bool(same)
            if same is False:
                differing.append(
                    f"{vector.phrase!r}: {moment.earliest:%F %T} – {moment.latest:%F %T}, {vector}"
                )
        read_count = len(scope) - len(missed)
        print(
            f"{name}: {len(vectors)} phrases, {len(scope)} in scope, {read_count} of them read"
            f" ({read_count / len(scope):.0%}); {agreed} of {compared} that can be compared agree"
        )
        if "--missed" in sys.argv:
            print(*("  not read " + line for line in missed), sep="\n")
            print(*("  differs " + line for line in differing), sep="\n")
        if "--scope" in sys.argv:
            print(*(f"  in  {vector.phrase}" for vector in scope.values()), sep="\n")
            print(*(f"  out {vector.phrase}" for vector in vectors if not in_scope(vector)), sep="\n")


if __name__ == "__main__":
    if not CUES.is_dir():
        sys.exit("The vectors do not lie beside this checkout, in ../shared/data/c-prose/time-cues.")
    main()
