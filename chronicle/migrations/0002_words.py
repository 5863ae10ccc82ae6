"""The words of entries, and beside them what each database searches.

Both are given words that chronicle/folding.py made, and neither may cut, join or change one. Three characters
that no word has make other words of them:

- U+E001 and its row id is the chronicle that an entry is of, so that a question is answered out of one without
  a look at the others.
- U+E002 and a word is that word in the headline, U+E003 in headline or names: a word that stands in many
  entries and in few headlines is found in these without a look at the rest.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "chronicle_entrywords"

COLUMNS = "scope, headline, names, body, in_headline, in_names"


def _columns(row):
    """What is searched of a row of the table; U+E000, the filler, stands where no phrase reaches over."""
    named = f"{row}headline || ' ' || char(0xe000) || ' ' || {row}names"
    return ", ".join(
        [
            f"char(0xe001) || {row}chronicle_id",
            *(f"{row}{column}" for column in ("headline", "names", "body")),
            f"char(0xe002) || replace({row}headline, ' ', ' ' || char(0xe002))",
            f"char(0xe003) || replace({named}, ' ', ' ' || char(0xe003))",
        ]
    )


ADD = f"INSERT INTO {TABLE}_fts(rowid, {COLUMNS}) VALUES (new.sk, {_columns('new.')});"
TAKE = f"INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, {COLUMNS}) VALUES ('delete', old.sk, {_columns('old.')});"

# The tokenizer "ascii" takes every character beyond ASCII for part of a word, and changes none; unicode61
# would go by the Unicode of the SQLite at hand. Beginnings of two letters are words of their own to the index,
# or all places of all words that begin so would be put in order before the first is found.
ON_SQLITE = [
    f"CREATE VIEW {TABLE}_searched(sk, {COLUMNS}) AS SELECT sk, {_columns('')} FROM {TABLE}",
    f"""
    CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(
        {COLUMNS}, content='{TABLE}_searched', content_rowid='sk',
        tokenize="ascii tokenchars '&<>'", prefix='2', columnsize=0
    )
    """,
    f"CREATE TRIGGER {TABLE}_fts_insert AFTER INSERT ON {TABLE} BEGIN {ADD} END",
    f"CREATE TRIGGER {TABLE}_fts_delete AFTER DELETE ON {TABLE} BEGIN {TAKE} END",
    f"CREATE TRIGGER {TABLE}_fts_update AFTER UPDATE ON {TABLE} BEGIN {TAKE} {ADD} END",
]
OFF_SQLITE = [
    *(f"DROP TRIGGER {TABLE}_fts_{event}" for event in ("insert", "delete", "update")),
    f"DROP TABLE {TABLE}_fts",
    f"DROP VIEW {TABLE}_searched",
]

# The parser of PostgreSQL would cut AT&T in two, so that the vector is written as a literal, word by word.
# Columns stand one place apart, so that no phrase reaches from one into the next. The filler, U+E000, has its
# place and is no word. A generated column cannot be written past the function.
ON_POSTGRESQL = [
    r"""
    CREATE FUNCTION chronicle_entrywords_vector(chronicle bigint, headline text, names text, body text)
    RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
        SELECT concat_ws(' ', chr(57345) || chronicle, string_agg(
            '''' || mark || replace(replace(word, '\', '\\'), '''', '''''') || ''':' || place, ' '
        ))::tsvector
        FROM (
            SELECT mark, word, place
            FROM unnest(string_to_array(headline, ' ')) WITH ORDINALITY AS of_headline(word, place),
                unnest(ARRAY['', chr(57346), chr(57347)]) AS mark
            UNION ALL
            SELECT mark, word, place + cardinality(string_to_array(headline, ' ')) + 1
            FROM unnest(string_to_array(names, ' ')) WITH ORDINALITY AS of_names(word, place),
                unnest(ARRAY['', chr(57347)]) AS mark
            UNION ALL
            SELECT '', word, place + cardinality(string_to_array(headline, ' '))
                + cardinality(string_to_array(names, ' ')) + 2
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
    # The planner takes a vector for as cheap to look at as a number, and of a word that is told often would
    # rather read the table than the index: eight times as long.
    f"""
    CREATE FUNCTION {TABLE}_matching(question tsquery, most bigint)
    RETURNS TABLE (sk bigint, entry_id bigint) LANGUAGE sql STABLE SET enable_seqscan = off AS $function$
        SELECT words.sk, words.entry_id FROM {TABLE} words WHERE words.vector @@ question LIMIT most
    $function$
    """,
]
OFF_POSTGRESQL = [
    f"DROP FUNCTION {TABLE}_matching",
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
