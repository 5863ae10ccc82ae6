"""Makes the desk of a pressed chronicle as large as is asked for, by copies of its rows, each moved on in
time.

    python -m tests.bench.furnishing --times 100

A program of its own, for the database that the environment names. First the desk gets what the made chronicle
lacks: citations that wait or were sent back, events in every state, media, proposals, takedowns, the words of
decisions, and people who may sign in. Then all of it is copied. The record stays as it is: nothing can be
printed there any more.
"""

import argparse
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max
from tqdm import tqdm

import tests.bench.set_up  # noqa: F401 - models can be imported only after it

# isort: split
from django.contrib.admin.models import LogEntry

from events.finding import keeping
from events.finding.telling import BITS, TELLINGS
from events.models import (
    Actor,
    ActorName,
    Author,
    Citation,
    Day,
    Decision,
    Event,
    Material,
    Outlet,
    Place,
    PlaceName,
    Printed,
    Proposal,
    Source,
    Story,
    Takedown,
    TakedownPart,
    Use,
    Words,
)
from events.models.hmac import HmacField
from media.models import Asset
from tests.bench.furniture import SOURCES, furnish

PLACED: Any = Event.places.through
ACTED: Any = Event.actors.through
COPIED: tuple[Any, ...] = (
    *(Day, Source, Event, PLACED, ACTED, Citation, Asset, Material, Use, Proposal, Takedown, TakedownPart),
    *(Decision, Words, Author, Printed, LogEntry),
)
SELDOM: tuple[Any, ...] = (Outlet, Place, PlaceName, Actor, ActorName)
"""What is copied with one copy in ten: of these a story has fewer."""

MOVED = {(Day, "date"), (Event, "earliest"), (Event, "latest"), (Event, "happened_on")}
"""Columns that tell when something happened: they move on by as many days as the chronicle has."""

FIRST_SOURCES = f"SELECT id FROM events_source ORDER BY id LIMIT {SOURCES}"
WHICH = {
    Source: f"id IN ({FIRST_SOURCES})",
    Printed: f"facet = 'entry' OR source_id IN ({FIRST_SOURCES})",
    # Three decisions an event.
    Decision: "id % 3 <> 0 OR (event_id IS NULL AND (citation_id IS NULL OR verb = 'reject'))",
    Words: "decision_id IN (SELECT id FROM events_decision WHERE id <= {decisions} AND "
    "(id % 3 <> 0 OR (event_id IS NULL AND (citation_id IS NULL OR verb = 'reject'))))",
}
"""Which rows of a table are copied, where not all are."""


class Copying:
    """Statements that make copies of the rows that there are when it begins."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.days = (story.last_date - story.first_date).days + 1
        self.highest = {model: _highest(model) for model in (*COPIED, *SELDOM)}
        numbers = Printed.objects.values_list("facet").annotate(Max("number"))
        self.numbers = dict(numbers.order_by())

    def copy(self, number: int) -> Iterator[str]:
        """The statements that make copy ``number``, which counts from 1."""
        models_of_it = (*SELDOM, *COPIED) if number % 10 == 0 else COPIED
        yield from (self._statement(model, number) for model in models_of_it)
        yield from (self._texts(model, number) for model in models_of_it if model in TELLINGS)

    def _texts(self, model: Any, number: int) -> str:
        """What the rows of ``model`` are found by, for their copies."""
        table, step = model._meta.db_table, self.highest[model] * number << BITS
        which = WHICH.get(model, "1 = 1")
        rows = f"SELECT id FROM {table} WHERE id <= {self.highest[model]} AND ({which})"
        return (
            f"INSERT INTO events_desktext (id, story_id, text) SELECT id + {step}, story_id, text "
            f"FROM events_desktext WHERE (id & {(1 << BITS) - 1}) = {TELLINGS[model].code} "
            f"AND (id >> {BITS}) IN ({rows})"
        )

    def _statement(self, model: Any, number: int) -> str:
        quoted = connection.ops.quote_name
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        names = ", ".join(quoted(field.column) for field in fields)
        values = ", ".join(self._value(model, field, number) for field in fields)
        which = WHICH.get(model, "1 = 1").format(decisions=self.highest[Decision])
        table, most = quoted(model._meta.db_table), self.highest[model]
        return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id <= {most} AND ({which})"

    def _value(self, model: Any, field: Any, number: int) -> str:
        """What stands in a column of a copy, in SQL."""
        column = str(connection.ops.quote_name(field.column))
        other = model if field.primary_key else field.related_model
        if other in COPIED or (other in SELDOM and model in SELDOM):
            return f"{column} + {self.highest[other] * number}"
        if (model, field.name) in MOVED:
            return _later(column, self.days * number, field)
        if isinstance(field, models.DateTimeField):
            return f"CASE WHEN {column} IS NOT NULL THEN {_later(column, -number, field)} END"
        return self._other(model, field, column, number)

    def _other(self, model: Any, field: Any, column: str, number: int) -> str:
        if isinstance(field, HmacField) or field.name in ("hmac", "event_hmac", "published_hmac", "sha256"):
            return f"CASE WHEN {column} = '' THEN '' ELSE substr({column}, 1, 56) || '{number:08d}' END"
        if isinstance(field, models.UUIDField) and field.unique:
            sqlite = "lower(hex(randomblob(16)))"
            return "gen_random_uuid()" if connection.vendor == "postgresql" else sqlite
        if model is Printed and field.name == "number":
            return f"number + {number} * CASE facet {self._by_facet()} END"
        if (model, field.name) in {(Outlet, "name"), (Source, "canonical_url"), (Source, "url")}:
            return f"CASE WHEN {column} = '' THEN '' ELSE {column} || '-{number}' END"
        if (model, field.name) == (Source, "fingerprint"):
            return "''"
        return column

    def _by_facet(self) -> str:
        return " ".join(f"WHEN '{facet}' THEN {highest}" for facet, highest in self.numbers.items())


def _highest(model: Any) -> int:
    return model.objects.aggregate(highest=Max("pk"))["highest"] or 0


def _later(column: str, days: int, field: Any) -> str:
    """``column``, a date or a datetime, so many days later, in SQL."""
    is_instant = isinstance(field, models.DateTimeField)
    if connection.vendor == "sqlite":
        form = "%Y-%m-%d %H:%M:%f" if is_instant else "%Y-%m-%d"
        return f"strftime('{form}', {column}, '{days:+d} days')"
    return f"{column} + make_interval(days => {days})" if is_instant else f"{column} + {days}"


def furnish_and_copy(times: int) -> None:
    """Make the desk of the one story of this database ``times`` as large."""
    story = Story.objects.order_by("pk")[0]
    with transaction.atomic():
        furnish(story)
        keeping.rebuild()
    copying = Copying(story)
    with connection.cursor() as cursor:
        for number in tqdm(range(1, times), desc="Copying", unit="copy", disable=None):
            for statement in copying.copy(number):
                cursor.execute(statement)
        story.last_date += timedelta(days=copying.days * (times - 1))
        Story.objects.filter(pk=story.pk).update(last_date=story.last_date)
        for statement in connection.ops.sequence_reset_sql(no_style(), [*COPIED, *SELDOM]):
            cursor.execute(statement)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--times", type=int, required=True, help="how many times as large it becomes")
    times = parser.parse_args().times
    with connection.cursor() as cursor:
        # A desk may take long, and is made anew where it is lost.
        on_postgresql = connection.vendor == "postgresql"
        cursor.execute("SET statement_timeout = 0" if on_postgresql else "PRAGMA synchronous = OFF")
    furnish_and_copy(times)


if __name__ == "__main__":
    main()
