"""Makes a pressed chronicle several times as large: by copies of its entries, each moved on in time.

    python -m tests.bench.replicating --times 10

A program of its own, for the database that the environment names. What is copied is what readers are
answered from: entries with their links and words, their days, and the sources of each. Sheets are shared, so
that cards tell the moments of the first. The log and its editions stay as they are: nothing can be printed
there any more.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max
from tqdm import tqdm

import tests.bench.set_up  # noqa: F401 - models can be imported only after it

# isort: split
from chronicle.models import Bitmap, Chronicle, Entry, EntryTerm, EntryWords, Page, Spelling, Term
from chronicle.models.term import number_of
from chronicle.record import bitmaps
from chronicle.record.columns import LOW_BITS
from chronicle.record.indexed import Index
from chronicle.record.reading import each

LOW = (1 << LOW_BITS) - 1
A_DAY = 24 * 60 << 12
"""How much later, above the low bits, the ``sk`` of the same time on the next day is."""


@dataclass(frozen=True)
class Step:
    """By how much each number of a copy is higher than that of the copy before it."""

    days: int
    entry: int
    number: int
    page: int
    link: int
    term: int
    source: int
    spelling: int

    def times(self, copy: int) -> "Step":
        return Step(**{name: step * copy for name, step in vars(self).items()})


def step_of(chronicle: Chronicle) -> Step:
    sources = Term.objects.filter(chronicle=chronicle, facet="source")
    return Step(
        days=(chronicle.last_date - chronicle.first_date).days + 1,
        entry=_highest(Entry.objects, "pk"),
        number=_highest(Entry.objects, "number"),
        page=_highest(Page.objects, "pk"),
        link=_highest(EntryTerm.objects, "pk"),
        term=_highest(Term.objects, "pk"),
        source=_highest(sources, "number"),
        spelling=_highest(Spelling.objects, "pk"),
    )


def _highest(rows: Any, column: str) -> int:
    return rows.aggregate(highest=Max(column))["highest"]


def replicate(times: int) -> None:
    """Make the one chronicle of this database ``times`` as large."""
    chronicle = Chronicle.objects.get()
    step = step_of(chronicle)
    with connection.cursor() as cursor:
        for copy in tqdm(range(1, times), desc="Copying", unit="copy", disable=None):
            for statement in copying(step, step.times(copy)):
                cursor.execute(statement)
    fill_bitmaps(chronicle, step, times)
    chronicle.last_date += timedelta(days=step.days * (times - 1))
    chronicle.save()


def copying(first: Step, by: Step) -> Iterator[str]:
    """The statements that make one copy of what is numbered up to ``first``, moved ``by`` so much."""
    sk = f"(((sk >> {LOW_BITS}) + {by.days * A_DAY}) << {LOW_BITS}) | (((sk & {LOW}) + {by.entry}) & {LOW})"
    days = {name: _later(name, by.days, "date") for name in ("happened_on", "told_on", "date")}
    instants = {name: _later(name, by.days, "datetime") for name in ("earliest", "latest")}
    entry, number = {"entry_id": f"entry_id + {by.entry}"}, f"number + {by.number}"
    of_source = f"CASE WHEN facet = 'source' THEN term_id + {by.term} ELSE term_id END"
    sources = f"facet = 'source' AND id <= {first.term}"
    yield _copy(
        Entry, f"id <= {first.entry}", id=f"id + {by.entry}", number=number, sk=sk, **days, **instants
    )
    yield _copy(
        Page, f"id <= {first.page}", id=f"id + {by.page}", number=f"number + {by.days}", date=days["date"]
    )
    yield _copy(Term, sources, id=f"id + {by.term}", number=f"number + {by.source}")
    yield _copy(
        Spelling,
        f"facet = 'source' AND id <= {first.spelling}",
        id=f"id + {by.spelling}",
        term_id=f"term_id + {by.term}",
    )
    yield _copy(EntryTerm, f"id <= {first.link}", id=f"id + {by.link}", term_id=of_source, sk=sk, **entry)
    yield _copy(EntryWords, f"entry_id <= {first.entry}", sk=sk, **entry)


def _copy(model: Any, which: str, **changed: str) -> str:
    """Rows of ``model`` once more, with other values where ``changed`` says."""
    quoted = connection.ops.quote_name
    columns = [field.column for field in model._meta.concrete_fields]
    values = ", ".join(changed.get(column, quoted(column)) for column in columns)
    table = quoted(model._meta.db_table)
    return (
        f"INSERT INTO {table} ({', '.join(map(quoted, columns))}) SELECT {values} FROM {table} WHERE {which}"
    )


def _later(column: str, days: int, kind: str) -> str:
    """``column``, a date or a datetime, so many days later."""
    if connection.vendor == "sqlite":
        return f"{kind}({column}, '+{days} days')"
    return f"{column} + {days}" if kind == "date" else f"{column} + make_interval(days => {days})"


def fill_bitmaps(chronicle: Chronicle, step: Step, times: int) -> None:
    """Make the bitmaps anew: by the documents, moved as each copy is."""
    index = Index()
    for place in each(Term.objects.filter(chronicle=chronicle, facet="place").with_document()):
        index.within[place.subject] = place.document["within"]
    entries = Entry.objects.filter(pk__lte=step.entry).with_document()
    for entry in tqdm(each(entries), total=step.number, desc="Indexing", unit="entry", disable=None):
        for copy in range(times):
            by = step.times(copy)
            index.add(entry.pk + by.entry, moved(entry.document, by), entry.parts)
    Bitmap.objects.filter(chronicle=chronicle).delete()
    bitmaps.save(index.gathered.rows(chronicle.pk))


def moved(document: Any, by: Step) -> Any:
    """``document`` of a copy."""
    moment, days = document["moment"], timedelta(days=by.days)
    dates = {name: str(date.fromisoformat(moment[name]) + days) for name in ("happened_on", "told_on")}
    instants = {
        name: (datetime.fromisoformat(moment[name]) + days).isoformat() for name in ("earliest", "latest")
    }
    cited = [
        {**citation, "source": f"source/{number_of(citation['source']) + by.source}"}
        for citation in document["citations"]
    ]
    return {**document, "moment": {**moment, **dates, **instants}, "citations": cited}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--times", type=int, required=True, help="how many times as large it becomes")
    times = parser.parse_args().times
    with connection.cursor() as cursor:
        # A copy may take long, and is made anew where it is lost.
        on_postgresql = connection.vendor == "postgresql"
        cursor.execute("SET statement_timeout = 0" if on_postgresql else "PRAGMA synchronous = OFF")
    replicate(times)


if __name__ == "__main__":
    main()
