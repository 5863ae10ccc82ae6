"""Each list of the desk is read from an index that has its rows in order: the plan of the database says so.

Nothing is measured here. Where no index has the order, all rows are read and sorted, however many there are.
"""

import json
from itertools import count
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from events.admin.desk import lexicon
from events.editorial import policy
from events.finding import asking
from events.models import Citation, DeskText, Event
from tests.support.cast import make_member
from tests.support.copying import like
from tests.support.factories import EventFactory, KindFactory, OutletFactory, SourceFactory

LISTS = {
    "event_listed": "event/",
    "event_listed_state": "event/?state__exact=draft",
    "event_listed_kind": "event/?kind__id__exact={kind}",
    "citation_listed": "citation/",
    "citation_listed_state": "citation/?state__exact=rejected",
    "citation_listed_stance": "citation/?stance__exact=disputes",
    "citation_listed_grade": "citation/?credibility__exact=3",
    "source_listed": "source/",
    "source_listed_genre": "source/?genre__exact=post",
    "source_listed_outlet": "source/?outlet__id__exact={outlet}",
    "source_listed_language": "source/?language=az",
    "source_listed_retracted": "source/?retracted_at__isnull=False",
    "day_listed": "day/",
    "material_listed": "material/",
    "proposal_listed": "proposal/?state=all",
    "decision_listed": "decision/",
    "decision_listed_verb": "decision/?verb=reject",
    "decision_listed_reason": "decision/?reason_code=inexact",
    "decision_listed_by": "decision/?by__id__exact={person}",
}
"""By the index that each is read from, the lists, and what narrows them."""


NUMBERS = count()


@pytest.fixture
def event(db):
    """One of two kinds, and of two outlets: of one alone no list offers a choice."""
    event = EventFactory(published=True)
    KindFactory(story=event.story, name="Another kind")
    SourceFactory(story=event.story, outlet=OutletFactory(story=event.story, name="Another outlet"))
    return event


@pytest.fixture
def asked(event, admin_client, admin_person, settings):
    """The statement by which the list at an address reads the keys of its page."""
    citation = Citation.objects.select_related("source").get()

    def ask(address: str, client=admin_client) -> str:
        given = {"kind": event.kind_id, "outlet": citation.source.outlet_id, "person": admin_person.pk}
        path = address.format(**given)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/desk/events/{path}").status_code == 200
        table = f"events_{path.partition('/')[0]}"
        keys = f'SELECT "{table}"."id" AS "pk" FROM "{table}"'
        [statement] = [one["sql"] for one in queries if one["sql"].startswith(keys)]
        return statement

    return ask


ORDERED = ("seqscan", "sort", "incremental_sort", "bitmapscan", "hashjoin", "mergejoin")
"""What is left out where rows are to be read in order: a table of few rows is as quickly sorted."""


def steps_of(statement: str, *, without: tuple[str, ...] = ORDERED) -> list[tuple[str, str]]:
    """What the database does for ``statement``: each step, with the index that it reads, if any."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # A statement that was prepared before an index was dropped is not planned anew.
            cursor.execute(f"EXPLAIN QUERY PLAN {statement} -- {next(NUMBERS)}")
            return [(row[3], _index_in(row[3])) for row in cursor.fetchall()]
        for way in without:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        found = cursor.fetchone()[0]
        plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
        return list(_nodes(plan))


def _index_in(step: str) -> str:
    _, _, rest = step.partition(" INDEX ")
    return rest.split(" ")[0].rstrip(":")


def _nodes(plan):
    yield plan["Node Type"], plan.get("Index Name", "")
    for node in plan.get("Plans", ()):
        yield from _nodes(node)


def is_in_order(statement: str, index: str) -> bool:
    """Whether the rows come from ``index``, and are put into no other order afterwards."""
    steps = steps_of(statement)
    sorts = any("FOR ORDER BY" in step or step in ("Sort", "Incremental Sort") for step, _ in steps)
    return index in {read for _, read in steps} and not sorts


def leave_narrower(index: str) -> None:
    """On PostgreSQL, which of a few rows would as soon read all in order and leave some out."""
    whole = "_".join(index.split("_")[:2])
    if connection.vendor == "postgresql" and whole != index:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {whole}")


@pytest.mark.parametrize("index", LISTS)
def test_a_list_is_read_from_the_index_of_its_order(asked, index):
    statement = asked(LISTS[index])
    leave_narrower(index)

    assert is_in_order(statement, index), steps_of(statement)


@pytest.mark.parametrize("index", LISTS)
def test_control_without_that_index_it_is_not(asked, index):
    statement = asked(LISTS[index])
    leave_narrower(index)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {index}")

    assert not is_in_order(statement, index)


@pytest.mark.parametrize("role", ["editor", "moderator"])
@pytest.mark.parametrize("index", LISTS)
def test_so_is_that_of_whoever_has_a_role_in_the_story_alone(asked, event, index, role, client):
    client.force_login(make_member("of-the-story", event.story, role))
    statement = asked(LISTS[index], client)
    leave_narrower(index)

    assert f"({event.story.pk})" in statement, statement
    assert is_in_order(statement, index), steps_of(statement)


@pytest.mark.parametrize("of", ["place", "actor"])
def test_the_names_that_a_list_is_ordered_by_are_read_from_an_index(asked, of):
    statement, index = asked(f"{of}/"), f"{of}_names_in_order"

    assert index in {read for _, read in steps_of(statement)}
    if connection.vendor == "sqlite":
        assert f"COVERING INDEX {index}" in " ".join(step for step, _ in steps_of(statement))


def waiting_first() -> str:
    rows = Citation.objects.filter(turn__isnull=False).order_by("turn", "submitted_at", "pk").values("pk")
    with CaptureQueriesContext(connection) as queries:
        list(rows[:10])
    return queries[0]["sql"]


def test_what_waits_for_review_is_read_from_its_index(db):
    assert is_in_order(waiting_first(), "citation_queue"), steps_of(waiting_first())


def test_control_without_the_index_of_the_queue_it_is_sorted(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX citation_queue")

    assert not is_in_order(waiting_first(), "citation_queue")


NARROWED = {
    "event_supported": "event/?support=lost",
    "citation_queue": "event/?support=asked",
    "citation_asked_again": "event/?support=asked",
}
"""By an index that few rows are found in, the lists that are narrowed to these."""


@pytest.fixture
def many(event):
    """A thousand events that nothing is to be done about, and a citation of each; PostgreSQL is told so."""
    events = Event.objects.bulk_create(like(event) for _ in range(1000))
    citation = event.citations.get()
    Citation.objects.bulk_create(like(citation, event=one, key=uuid4()) for one in events)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE events_event, events_citation")


WALKS = {"event_listed", "event_by_state", "event_due"}
"""By these half of all events are read: in the order of the list, or that have a state."""


def reads_first(statement: str, index: str) -> bool:
    """Whether ``index`` is read, and not each event in the order of the list."""
    steps = steps_of(statement, without=())
    read = {read for _, read in steps}
    return index in read and not WALKS & read


@pytest.mark.parametrize("index", NARROWED)
def test_what_few_rows_have_is_not_looked_for_in_all(asked, many, index):
    statement = asked(NARROWED[index])

    assert reads_first(statement, index), steps_of(statement)


@pytest.mark.parametrize("index", NARROWED)
def test_control_without_the_index_it_would_be(asked, many, index):
    statement = asked(NARROWED[index])
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {index}")

    assert not reads_first(statement, index)


FOUND_BY_OTHERS = {
    "below their policy": lambda citation: policy.below_policy(),
    "that rest on a source": lambda citation: policy.resting_on(citation.source),
}


@pytest.mark.parametrize("asked_for", FOUND_BY_OTHERS)
def test_published_events_that_are_found_by_something_else_are_not_looked_for_by_their_state(
    event, many, asked_for
):
    with CaptureQueriesContext(connection) as queries:
        list(FOUND_BY_OTHERS[asked_for](event.citations.get()))

    for query in queries:
        steps = steps_of(query["sql"], without=())
        assert not WALKS & {read for _, read in steps}, steps


def test_names_are_compared_with_a_text_only_of_what_has_a_word_of_it_where_comparing_is_slow(event):
    """With SQLite to compare thousands with each citation in review took longer than all else on its page."""
    with CaptureQueriesContext(connection) as queries:
        lexicon.of(event.story, "The Old Bridge was closed.")

    steps = " ".join(step for step, _ in steps_of(queries[0]["sql"], without=()))
    assert steps.count("events_desktext_fts") == (2 if connection.vendor == "sqlite" else 0), steps


SENT_BACK = {"citation_listed_state": "events_citation", "material_listed_state": "events_material"}


def sent_back(client, table: str) -> str:
    """The statement that finds what of ``table`` was sent back to whoever asks."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/desk/sent-back/").status_code == 200
    keys = f'SELECT "{table}"."changed_at"'
    return next(one["sql"] for one in queries if one["sql"].startswith(keys))


@pytest.mark.parametrize("index", SENT_BACK)
def test_what_was_sent_back_is_read_from_the_index_of_its_state(event, admin_client, index):
    statement = sent_back(admin_client, SENT_BACK[index])
    leave_narrower(index)

    assert is_in_order(statement, index), steps_of(statement)


@pytest.mark.parametrize("index", SENT_BACK)
def test_control_without_that_index_it_is_sorted(event, admin_client, index):
    statement = sent_back(admin_client, SENT_BACK[index])
    leave_narrower(index)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {index}")

    assert not is_in_order(statement, index)


def found_by_a_word() -> list[tuple[str, str]]:
    if connection.vendor == "sqlite":
        return steps_of("SELECT rowid FROM events_desktext_fts WHERE events_desktext_fts MATCH '\"storm\"'")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN (FORMAT JSON) SELECT t.id FROM events_desktext t WHERE t.vector @@ '''storm'''::tsquery"
        )
        found = cursor.fetchone()[0]
        return list(_nodes((json.loads(found) if isinstance(found, str) else found)[0]["Plan"]))


def test_a_word_is_looked_up_in_the_index_of_words(event):
    assert DeskText.objects.exists()
    steps = found_by_a_word()

    if connection.vendor == "sqlite":
        assert "VIRTUAL TABLE INDEX" in steps[0][0]
    else:
        assert "events_desktext_vector" in {index for _, index in steps}


@pytest.mark.only_on("postgresql")
def test_control_without_the_index_of_words_every_text_is_read(event):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX events_desktext_vector")

    assert "Seq Scan" in {step for step, _ in found_by_a_word()}


@pytest.mark.parametrize("index", ["event_listed", "citation_listed"])
def test_of_a_word_that_many_have_the_rows_of_a_list_are_asked_in_its_order(asked, monkeypatch, index):
    monkeypatch.setattr(asking, "MOST_KEYS", 0)
    statement = asked(f"{LISTS[index]}?q=bridge")

    assert is_in_order(statement, index), steps_of(statement)


def test_of_a_word_that_few_have_no_row_is_asked(asked):
    statement = asked("event/?q=bridge")

    assert "events_desktext" not in statement


def test_control_without_the_index_of_the_list_all_that_have_the_word_are_sorted(asked, monkeypatch):
    monkeypatch.setattr(asking, "MOST_KEYS", 0)
    statement = asked("event/?q=bridge")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX event_listed")

    assert not is_in_order(statement, "event_listed")
