"""The rows of an import: what was read of a text, as an editor cut, joined, moved and wrote it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.http import QueryDict

from events.admin.desk.digest_form import day_in
from events.admin.desk.import_names import Known, Said
from events.admin.desk.import_state import SHOWN, cuts_in, marks_of, renumbered
from events.importers.added import Named
from events.importers.articles import there_already
from events.importers.capitals import offered
from events.importers.digest import DayOfText, Digest, Passage
from events.importers.drafts import Row as Wanted
from events.importers.likely import Likely, Told, likely
from events.importers.names import Bearer
from events.importers.pieces import Cut, Piece, cut_before, cuts_of, joined, pieces
from events.importers.preview import Reading, reading_of
from events.models import Actor, Kind, Place, Source, Story

MOST_NAMES = 12
"""How many new names are offered."""


@dataclass
class Row:
    """One row of the page."""

    key: str
    number: int
    piece: Piece
    passage: Passage
    """As it will be imported: with what an editor wrote."""
    day: date
    moved: date | None
    """The day that an editor moved it to."""
    is_asked: bool
    """Whether the date of its day is still asked for."""
    reading: Reading
    own_kind: Kind | None
    """Where it is another than that of all rows."""
    kind: Kind | None
    places: Said
    actors: Said
    is_ticked: bool
    is_there: bool
    is_held: bool
    """Whether its carried time was confirmed."""
    is_quotation: bool
    """Whether its words are marked as a quotation of the article."""
    told: str
    """What was said of its likely duplicate: "own", "cite:7", or nothing yet."""
    twin: Likely | None = None
    carried_from: int = 0
    cuts: list[Cut] = field(default_factory=list)
    split_at: Cut | None = None
    """Where it should be cut, for it tells two clock times."""
    next_key: str = ""
    """The row that may be joined to it."""

    @property
    def cited_at(self) -> int | None:
        return self.twin.event.pk if self.twin and self.told == f"cite:{self.twin.event.pk}" else None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to say if it is told already."""
        return self.twin is not None and self.told != "own" and self.cited_at is None

    @property
    def is_wanted(self) -> bool:
        return self.is_ticked and not self.is_open and self.cited_at is None

    @property
    def becomes_something(self) -> bool:
        return self.is_wanted or self.cited_at is not None

    @property
    def is_unconfirmed(self) -> bool:
        return self.is_ticked and self.passage.carried and not self.is_held

    @property
    def is_to_be_split(self) -> bool:
        return self.is_ticked and self.split_at is not None

    @property
    def is_wrong(self) -> bool:
        return self.is_wanted and bool(self.wrong)

    @property
    def wrong(self) -> str:
        """What keeps it from being imported."""
        return self.reading.refused or self.places.wrong or self.actors.wrong

    @property
    def is_complete(self) -> bool:
        """Whether its draft would lack nothing but approvals, and can be submitted with the import."""
        is_certain = not (self.passage.carried and not self.is_held) and self.split_at is None
        is_understood = not self.passage.note or bool(self.passage.clocks)
        is_sorted = self.kind is not None and bool(self.places.named)
        return self.is_wanted and self.is_quotation and is_certain and is_understood and is_sorted

    @property
    def parts(self) -> str:
        return " ".join(part.key for part in self.piece.parts)

    @property
    def stays_beside(self) -> bool:
        """Whether it is no happening, and nobody has taken it for one."""
        return not (self.passage.is_event or self.is_ticked)


class Table:
    """All rows of ``days`` as ``sent``; where the page was not shown yet, as they were read."""

    def __init__(self, story: Story, source: Source | None, days: list[DayOfText], sent: QueryDict) -> None:
        self.story, self.source, self.days = story, source, days
        passages = [passage for day in days for passage in day.digest.passages]
        self.state = renumbered(sent, passages)
        self.marks = marks_of(passages)
        self.is_new = SHOWN not in sent
        self.kinds = list(Kind.objects.filter(story=story, erased_at=None))
        self.fingerprint = days[0].digest.fingerprint
        self.known = Known(story)
        self.rows = self._rows()

    @property
    def digest(self) -> Digest:
        """What all days have in common: title, head, language."""
        return self.days[0].digest

    def _rows(self) -> list[Row]:
        found = pieces(self.days, cuts_in(self.state))
        found = joined(found, self.state.getlist("joined"))
        there = there_already([one.whole for one in found], self.source)
        rows = [self._row(number, one, there) for number, one in enumerate(found, 1)]
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            if following and following.piece.place == row.piece.place:
                row.next_key = following.key
        self._find_carried(rows)
        self._find_twins(rows)
        return rows

    def _row(self, number: int, piece: Piece, there: set[str]) -> Row:
        passage = self._edited(piece)
        moved = self._moved(piece)
        own_kind = self._kinds_by_key.get(self._value("kind", piece))
        day = moved or self.days[piece.place].digest.day
        return Row(
            key=piece.key,
            number=number,
            piece=piece,
            passage=passage,
            day=day,
            moved=moved,
            is_asked=not moved and bool(self.days[piece.place].question),
            reading=reading_of(passage, day, self.story.clock),
            own_kind=own_kind,
            kind=own_kind or self._kinds_by_key.get(self.state.get("kind", "")),
            places=self._names(piece, "place"),
            actors=self._names(piece, "actor"),
            is_ticked=self._is_ticked(piece),
            is_there=passage.text in there,
            is_held=self._value("held", piece) == "yes",
            is_quotation=self._value("quoted", piece) == "yes",
            told=self._value("told", piece),
            cuts=[] if piece.parts else cuts_of(passage.text),
            split_at=self._split_at(piece),
        )

    @cached_property
    def _kinds_by_key(self) -> dict[str, Kind]:
        return {str(kind.pk): kind for kind in self.kinds}

    def _value(self, name: str, piece: Piece) -> str:
        return self.state.get(f"{name}-{piece.key}", "").strip()

    def _is_ticked(self, piece: Piece) -> bool:
        if self.is_new:
            return piece.whole.is_event
        return piece.key in self.state.getlist("passage")

    def _edited(self, piece: Piece) -> Passage:
        """The passage with the words that an editor gave it; a time that they wrote is theirs."""
        passage = piece.whole
        when = self.state.get(f"when-{piece.key}")
        if when is not None and when.strip() != passage.phrase:
            passage = replace(passage, phrase=when.strip(), carried=False, note="")
        return replace(passage, headline=self._value("headline", piece) or passage.headline)

    def _moved(self, piece: Piece) -> date | None:
        """The day that an editor moved it to."""
        return day_in(self._value("day", piece))

    def _names(self, piece: Piece, facet: str) -> Said:
        words = self.state.get(f"{facet}s-{piece.key}")
        return self.known.said(
            self.known.named_in(piece.whole.text, facet) if words is None else words, facet
        )

    def _split_at(self, piece: Piece) -> Cut | None:
        passage = piece.whole
        if piece.parts or not passage.clocks or piece.key in self.state.getlist("whole"):
            return None
        return cut_before(passage.text, passage.clocks[-1])

    def _find_carried(self, rows: list[Row]) -> None:
        by_cue: dict[tuple[int, str], int] = {}
        for row in rows:
            cue = (row.piece.place, row.passage.cue)
            if row.passage.carried:
                row.carried_from = by_cue.get(cue, 0)
            elif row.passage.cue:
                by_cue[cue] = row.number

    def _find_twins(self, rows: list[Row]) -> None:
        found = likely(
            (
                Told(
                    key=row.key,
                    text=f"{row.passage.headline} {row.passage.text}",
                    days=frozenset({row.day, row.reading.happened_on or row.day}),
                    places=row.places.keys,
                )
                for row in rows
                if row.passage.is_event and not row.is_there
            ),
            self.story,
            self.source,
        )
        for row in rows:
            row.twin = found.get(row.key)

    @cached_property
    def new_names(self) -> list[tuple[str, int, str]]:
        """The names to be offered, how often each is said, and what was said of it."""
        said = {one.partition(":")[2]: one.partition(":")[0] for one in self.state.getlist("name")}
        texts = [passage.text for day in self.days for passage in day.digest.passages]
        found = offered(texts, self.known.names)[:MOST_NAMES]
        return [(name, times, said.get(name, "")) for name, times in found]

    def call(self, choice: str) -> None:
        """Gives a new name to the rows that say it, as a place or an actor, and takes it from the others."""
        facet, _, name = choice.partition(":")
        says = re.compile(rf"\b{re.escape(name)}\b")
        for row in self.rows:
            for box, said in (("places", row.places), ("actors", row.actors)):
                names = [one for one in map(str.strip, said.words.split(",")) if one and one != name]
                if name and box == f"{facet}s" and says.search(row.passage.text):
                    names.append(name)
                self.state[f"{box}-{row.key}"] = ", ".join(names)

    def wanted(self, sure: Iterable[date], *, submits: bool) -> list[Wanted]:
        """What is to be imported of the days that are ``sure``; what is complete ``submits`` at once."""
        days = set(sure)
        chosen = [row for row in self.rows if row.day in days and not row.is_asked and row.becomes_something]
        known = self.known.rows(box for row in chosen for box in (row.places, row.actors))
        return [
            Wanted(
                passage=row.passage,
                day=row.day,
                kind=row.kind,
                places=_rows_of(row.places, known),
                actors=_rows_of(row.actors, known),
                time_confirmed=row.passage.carried and row.is_held,
                cited_at=row.cited_at,
                is_quotation=row.is_quotation,
                submits=submits and row.is_complete,
            )
            for row in chosen
        ]


def _rows_of(box: Said, known: Mapping[Bearer, Place | Actor]) -> tuple[Named, ...]:
    """What ``box`` names: rows of the desk, and the names of those that are to be added."""
    return tuple(one if isinstance(one, str) else known[one] for one in box.named)
