"""A publication does not feel the size of the record: as many statements, each of which goes by an index.

What is counted is all that is sent, the statements that open and close the transaction and any savepoint
included, once permissions are known.
"""

import re
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle import triggers
from events.demo.made import building
from events.models import Author, Decision, Printed
from tests.bench import pressing, staging

pytestmark = pytest.mark.django_db
STATEMENTS = {"publish": 20, "approve": 21, "correct": 19}
"""Of each, with terms that readers know. What is approved here rests on a source that is new to its entry."""
READS = ("SELECT", "UPDATE", "DELETE")
ASKED_WHOLE = ("chronicle_removal", "sqlite_sequence", "CONSTANT", "r", "(subquery-", "json_each")
"""What may be read from its beginning: whether anything was taken down, a row a table, what was found, and
what the statement itself brings to be looked up."""
GROWING = re.compile(r"SEARCH (?!chronicle_log ).*\((person_id|story_id|chronicle_id|facet)=\?\)$")
"""An index that leads to all of somebody, or of a story."""
AS_IT_WAS = (
    "NOT EXISTS (SELECT 1 FROM events_author a WHERE a.person_id = NEW.by_id AND (a.hmac IN "
    "(SELECT hmac FROM events_citation WHERE id = NEW.citation_id) OR a.hmac IN "
    "(SELECT hmac FROM events_material WHERE id = NEW.material_id)))"
)


def made(size):
    """What publications are made from, in a chronicle with about as many days and sources as entries."""
    story = building.build(entries=size, days=size, seed=3)
    stage = staging.stage_of(story, staging.people(), Random(3))
    # A moderator who wrote much at other times.
    Author.objects.bulk_create(
        Author(person=stage.people.moderator, hmac=f"{number:064x}") for number in range(1, size)
    )
    return stage


def sent_by(stage, name):
    before, act = pressing.SINGLE[name](stage, 2)
    before()
    with CaptureQueriesContext(connection) as sent:
        act()
    return [query["sql"] for query in sent]


@pytest.mark.parametrize("size", [10, 200])
def test_as_many_statements_whatever_the_size(size):
    stage = made(size)

    assert {name: len(sent_by(stage, name)) for name in STATEMENTS} == STATEMENTS


def plan(statement):
    """The lines of how the database would find it; on PostgreSQL by an index wherever one fits."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} {statement}")
        return [row[-1] for row in cursor.fetchall()]


def read_whole(statements):
    """What is read from its beginning to its end, or as far as all of somebody or of a story goes."""
    lines = [line.strip() for statement in statements for line in plan(statement)]
    scanned = [found[1] for line in lines if (found := re.search(r"(?:^SCAN|Seq Scan on) (\S+)", line))]
    return [table for table in scanned if not table.startswith(ASKED_WHOLE)] + [
        line for line in lines if GROWING.search(line)
    ]


def asked_by(stage):
    return [sql for name in STATEMENTS for sql in sent_by(stage, name) if sql.startswith(READS)]


def test_each_is_found_by_an_index():
    asked = asked_by(made(200))

    assert read_whole(asked) == []


@pytest.mark.only_on("sqlite")
def test_control_without_its_index_the_plan_says_so():
    asked = asked_by(made(200))
    with connection.cursor() as cursor:
        indexes = connection.introspection.get_constraints(cursor, "events_citation")
        [name] = [name for name in indexes if name.startswith("events_citation_event_id_")]
        cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")

    assert "events_citation" in read_whole(asked)


def test_what_is_read_with_much_beside_has_no_order_and_no_limit():
    """With either, PostgreSQL has read all events, or all sources, of a desk of 45,000 to have one sooner."""
    rows = [sql for sql in asked_by(made(10)) if sql.startswith('SELECT "events_')]
    wide = [sql for sql in rows if sql.count(" JOIN ") > 4]

    assert len(wide) >= 2 * len(STATEMENTS)
    assert [sql for sql in wide if re.search(r" ORDER BY [^()]*$| LIMIT [0-9]+$", sql)] == []


def condition(unless, row):
    """What a trigger asks, of a row that is there."""

    def value(found):
        held = row[found[1]]
        return "NULL" if held is None else f"'{held}'" if isinstance(held, str) else str(int(held))

    filled = re.sub(r"(?:NEW|OLD)[.](\w+)", value, unless)
    return f"SELECT 1 WHERE NOT ({filled})"


def asked_of(model, **which):
    row = model.objects.filter(**which).order_by("-pk").values().first()
    table = model._meta.db_table
    return [
        condition(refusal.unless, row)
        for refusal in triggers.REFUSALS
        if refusal.table == table and refusal.event == "INSERT" and refusal.unless
    ]


def test_what_triggers_ask_is_found_by_an_index():
    sent_by(made(200), "approve")

    asked = [*asked_of(Decision, verb="approve"), *asked_of(Printed, facet="entry")]

    assert len(asked) > 5
    assert read_whole(asked) == []


@pytest.mark.only_on("sqlite")
def test_control_a_trigger_that_reads_all_that_somebody_wrote_is_seen():
    sent_by(made(200), "approve")
    row = Decision.objects.filter(verb="approve").values().last()

    assert read_whole([condition(AS_IT_WAS, row)]) != []
