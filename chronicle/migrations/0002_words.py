"""The words of entries, and beside them what each database searches.

Both are given words that chronicle/folding.py made, and neither may cut, join or change one. Which chronicle
an entry is of is a word there as well, which begins with a character that no word has, so that a question is
answered out of one chronicle without a look at the others.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "chronicle_entrywords"

# The tokenizer "ascii" takes every character beyond ASCII for part of a word, and changes none; unicode61
# would go by the Unicode of the SQLite at hand. Short beginnings are words of their own to the index, or all
# places of all words that begin so would be put in order before the first is found.
ON_SQLITE = [
    f"""
    CREATE VIEW {TABLE}_scoped AS
    SELECT sk, char(0xe001) || chronicle_id AS scope, headline, names, body FROM {TABLE}
    """,
    f"""
    CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(
        scope, headline, names, body, content='{TABLE}_scoped', content_rowid='sk',
        tokenize="ascii tokenchars '&<>'", prefix='1 2 3', columnsize=0
    )
    """,
    f"""
    CREATE TRIGGER {TABLE}_fts_insert AFTER INSERT ON {TABLE} BEGIN
        INSERT INTO {TABLE}_fts(rowid, scope, headline, names, body)
        VALUES (new.sk, char(0xe001) || new.chronicle_id, new.headline, new.names, new.body);
    END
    """,
    f"""
    CREATE TRIGGER {TABLE}_fts_delete AFTER DELETE ON {TABLE} BEGIN
        INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, scope, headline, names, body)
        VALUES ('delete', old.sk, char(0xe001) || old.chronicle_id, old.headline, old.names, old.body);
    END
    """,
    f"""
    CREATE TRIGGER {TABLE}_fts_update AFTER UPDATE ON {TABLE} BEGIN
        INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, scope, headline, names, body)
        VALUES ('delete', old.sk, char(0xe001) || old.chronicle_id, old.headline, old.names, old.body);
        INSERT INTO {TABLE}_fts(rowid, scope, headline, names, body)
        VALUES (new.sk, char(0xe001) || new.chronicle_id, new.headline, new.names, new.body);
    END
    """,
]
OFF_SQLITE = [
    *(f"DROP TRIGGER {TABLE}_fts_{event}" for event in ("insert", "delete", "update")),
    f"DROP TABLE {TABLE}_fts",
    f"DROP VIEW {TABLE}_scoped",
]

# The parser of PostgreSQL would cut AT&T in two, so that the vector is written as a literal, word by word.
# Columns stand one place apart, so that no phrase reaches from one into the next. The filler, U+E000, has its
# place and is no word. A generated column cannot be written past the function.
ON_POSTGRESQL = [
    r"""
    CREATE FUNCTION chronicle_entrywords_vector(chronicle bigint, headline text, names text, body text)
    RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
        SELECT concat_ws(' ', chr(57345) || chronicle, string_agg(
            '''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':' || place || weight, ' '
        ))::tsvector
        FROM (
            SELECT word, place, 'A' AS weight
            FROM unnest(string_to_array(headline, ' ')) WITH ORDINALITY AS of_headline(word, place)
            UNION ALL
            SELECT word, place + cardinality(string_to_array(headline, ' ')) + 1, 'B'
            FROM unnest(string_to_array(names, ' ')) WITH ORDINALITY AS of_names(word, place)
            UNION ALL
            SELECT word, place + cardinality(string_to_array(headline, ' '))
                + cardinality(string_to_array(names, ' ')) + 2, 'C'
            FROM unnest(string_to_array(body, ' ')) WITH ORDINALITY AS of_body(word, place)
        ) AS of_all
        WHERE word NOT IN ('', chr(57344))
    $function$
    """,
    f"""
    ALTER TABLE {TABLE} ADD COLUMN vector tsvector
    GENERATED ALWAYS AS (chronicle_entrywords_vector(chronicle_id, headline, names, body)) STORED
    """,
    # A list of what waits to be sorted in is read from end to end by each question: it is kept short.
    f"CREATE INDEX {TABLE}_vector ON {TABLE} USING gin (vector) WITH (gin_pending_list_limit = 512)",
]
OFF_POSTGRESQL = [
    f"ALTER TABLE {TABLE} DROP COLUMN vector",
    "DROP FUNCTION chronicle_entrywords_vector",
]


def lay(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in ON_POSTGRESQL if on_postgresql else ON_SQLITE:
        schema_editor.execute(statement, params=None)


def lift(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in OFF_POSTGRESQL if on_postgresql else OFF_SQLITE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("chronicle", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="EntryWords",
            fields=[
                ("sk", models.BigIntegerField(primary_key=True, serialize=False)),
                ("headline", models.TextField(blank=True)),
                ("names", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                (
                    "chronicle",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="chronicle.chronicle",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="chronicle.entry",
                    ),
                ),
            ],
            options={"verbose_name_plural": "words of entries"},
        ),
        migrations.AddIndex(
            model_name="entrywords",
            index=models.Index(fields=["chronicle", "sk"], name="entry_words_in_time"),
        ),
        migrations.RunPython(lay, lift),
    ]
