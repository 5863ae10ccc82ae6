"""What the server of PostgreSQL makes of a question: it asks it as it is, and compiles none."""

import pytest
from django.db import connection, transaction

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("postgresql")]


def is_compiled(how: str) -> bool:
    """Whether the server would compile a question, however little it costs."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL jit_above_cost = 0; {how}")
        cursor.execute("EXPLAIN SELECT count(*) FROM chronicle_entry")
        return any("JIT" in row[0] for row in cursor.fetchall())


def test_the_server_compiles_no_question():
    assert not is_compiled("")


def test_control_left_to_itself_it_would():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = on")
        cursor.execute("SELECT pg_jit_available()")
        if not cursor.fetchone()[0]:
            pytest.skip("This server cannot compile questions at all.")

    assert is_compiled("SET LOCAL jit = on")
