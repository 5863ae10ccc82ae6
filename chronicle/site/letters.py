"""Under which letters the names of a facet stand, found without a look at each name."""

from django.db import connection

from chronicle.models import Chronicle

MOST = 150
"""How many letters there are at most: a script of syllables has thousands."""

HELD = """
    s.chronicle_id = %s AND s.facet = %s AND s.whole AND EXISTS (
        SELECT 1 FROM chronicle_term t JOIN chronicle_bitmap b
        ON b.chronicle_id = t.chronicle_id AND b.chunk = 0 AND b.total > 0 AND (
            b.name = t.facet || '/' || t.number OR (t.facet = 'place' AND b.name = 'in/' || t.number)
        )
        WHERE t.id = s.term_id
    )
"""

# The bytes of its first letter, and then one that is no byte of UTF-8: what comes after has another.
BEYOND = {
    "sqlite": """
        CAST(substr(first_names.folded, 1, CASE
            WHEN substr(first_names.folded, 1, 1) < x'80' THEN 1
            WHEN substr(first_names.folded, 1, 1) < x'e0' THEN 2
            WHEN substr(first_names.folded, 1, 1) < x'f0' THEN 3
            ELSE 4 END) || x'ff' AS BLOB)
    """,
    "postgresql": """
        substring(first_names.folded FROM 1 FOR CASE
            WHEN get_byte(first_names.folded, 0) < 128 THEN 1
            WHEN get_byte(first_names.folded, 0) < 224 THEN 2
            WHEN get_byte(first_names.folded, 0) < 240 THEN 3
            ELSE 4 END) || decode('ff', 'hex')
    """,
}

# From each letter to the first name of the next one, by the index.
STATEMENT = """
    WITH RECURSIVE first_names(folded) AS (
        SELECT (SELECT s.folded FROM chronicle_spelling s WHERE {held} ORDER BY s.folded LIMIT 1)
        UNION ALL
        SELECT (
            SELECT s.folded FROM chronicle_spelling s
            WHERE {held} AND s.folded > {beyond} ORDER BY s.folded LIMIT 1
        )
        FROM first_names WHERE first_names.folded IS NOT NULL
    )
    SELECT folded FROM first_names WHERE folded IS NOT NULL LIMIT %s
"""


def letters_of(chronicle: Chronicle, facet: str) -> list[tuple[str, str]]:
    """Each letter under which a name of a term with public entries stands, as it is shown and folded.

    One query, whose steps are as many as the letters.
    """
    statement = STATEMENT.format(held=HELD, beyond=BEYOND[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(statement, [chronicle.pk, facet] * 2 + [MOST])
        found = [bytes(folded).decode()[:1] for (folded,) in cursor.fetchall()]
    return [(letter.upper(), letter) for letter in found]
