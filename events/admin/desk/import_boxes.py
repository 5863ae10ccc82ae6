"""The days of an import as its page shows them, each to be confirmed, and what is still to be looked at."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from chronicle.wording import day_words
from events.admin.desk.import_rows import Row, Table
from events.importers.digest.reading import why_no_day


@dataclass
class Box:
    """One day, with its rows; ``place`` is that in the text where its date is asked for."""

    day: date
    number: int
    evidence: str
    question: str = ""
    choices: tuple[date, ...] = ()
    place: int = 0
    is_sure: bool = False
    rows: list[Row] = field(default_factory=list)
    others: list["Box"] = field(default_factory=list)
    """The other days, to which its rows may be moved."""

    @property
    def name(self) -> str:
        return f"day {self.number}" if self.number else day_words(self.day)

    @property
    def is_taken(self) -> bool:
        return self.is_sure and not self.question

    @property
    def told(self) -> list[Row]:
        return [row for row in self.rows if not row.stays_beside]

    @property
    def beside(self) -> list[Row]:
        """What is no happening."""
        return [row for row in self.rows if row.stays_beside]

    @property
    def why_beside(self) -> str:
        reasons = Counter(row.passage.why_not for row in self.beside)
        return ", ".join(f"{why} ({times})" if times > 1 else why for why, times in reasons.items())


@dataclass(frozen=True)
class Check:
    """One thing to look at before the import; ``rows`` are the numbers of those that it is about."""

    words: str
    is_done: bool = False
    rows: str = ""


def boxes_of(table: Table, sure: set[date]) -> list[Box]:
    """The days of the rows of ``table``, in the order of the calendar; ``sure`` are the confirmed ones."""
    asked, dated = _days_of(table, sure)
    for row in table.rows:
        if row.is_asked:
            asked[row.piece.place].rows.append(row)
        else:
            dated.setdefault(row.day, _moved_to(row.day, table, sure)).rows.append(row)
    boxes = [*(box for box in dated.values() if box.rows), *asked.values()]
    boxes.sort(key=lambda box: (box.day, box.place))
    for box in boxes:
        box.others = [other for other in boxes if other is not box and not other.question]
    return boxes


def _days_of(table: Table, sure: set[date]) -> tuple[dict[int, Box], dict[date, Box]]:
    """The days of the text: those whose date is asked for, by their places, and the others."""
    asked: dict[int, Box] = {}
    dated: dict[date, Box] = {}
    for place, day in enumerate(table.days):
        on, number, evidence = day.digest.day, day.digest.day_number, day.digest.evidence
        if day.question:
            asked[place] = Box(on, number, evidence, day.question, day.choices, place)
        else:
            dated.setdefault(on, Box(on, number, evidence, is_sure=on in sure))
    return asked, dated


def _moved_to(day: date, table: Table, sure: set[date]) -> Box:
    """A day that the text does not tell, to which an editor moved rows."""
    calendar = table.story.calendar
    wrong = why_no_day(day, calendar)
    number = 0 if wrong else calendar.number_of(day)
    return Box(day, number, "rows that you moved", wrong, is_sure=day in sure)


def taken(boxes: list[Box]) -> list[Row]:
    """The rows that become drafts."""
    rows = [row for box in boxes if box.is_taken for row in box.rows]
    return [row for row in rows if row.is_wanted and not row.is_there]


def cited(boxes: list[Box]) -> list[Row]:
    """The rows that are cited at events that are there."""
    return [row for box in boxes if box.is_taken for row in box.rows if row.cited_at is not None]


def checks_of(table: Table, boxes: list[Box]) -> list[Check]:
    """What is to be looked at before the import, and what was."""
    return [*map(_of_day, boxes), *_of_rows(table)]


def _of_day(box: Box) -> Check:
    name = f"{box.name[0].upper()}{box.name[1:]}"
    if box.question:
        return Check(f"{name}: say which date")
    return Check(f"{name} confirmed", is_done=True) if box.is_sure else Check(f"{name}: confirm it")


def _of_rows(table: Table) -> list[Check]:
    undecided = _those(table, "is_open")
    found = [
        _check(_those(table, "is_unconfirmed"), "carried time", "carried times"),
        _check(_those(table, "is_to_be_split"), "sentence with two times", "sentences with two times"),
        _check(_those(table, "is_wrong"), "row that cannot be taken so", "rows that cannot be taken so"),
        _check(undecided, "likely duplicate: say what it is", "likely duplicates: say what they are"),
    ]
    done = len(_those(table, "twin")) - len(undecided)
    if done:
        found.append(Check(f"{done} likely duplicate{'s' if done > 1 else ''}, decided", is_done=True))
    return [check for check in found if check]


def _those(table: Table, what: str) -> list[Row]:
    return [row for row in table.rows if getattr(row, what)]


def _check(rows: list[Row], one: str, several: str) -> Check | None:
    if not rows:
        return None
    numbers = ", ".join(str(row.number) for row in rows)
    return Check(f"{len(rows)} {one if len(rows) == 1 else several}", rows=numbers)
