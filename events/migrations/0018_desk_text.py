"""The words that rows of the desk are found by, and beside them what each database searches.

As those of entries: see chronicle/migrations/0002_words.py. U+E001 and a number is the kind of row that a text is
of; with “s” and another, the story besides. Both are made of the key and the story of the text.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "events_desktext"


def _columns(row):
    kind = f"char(0xe001) || ({row}id & 15)"
    return f"{kind} || ' ' || {kind} || 's' || {row}story_id, {row}text"


ADD = f"INSERT INTO {TABLE}_fts(rowid, scope, text) VALUES (new.id, {_columns('new.')});"
TAKE = f"INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, scope, text) VALUES ('delete', old.id, {_columns('old.')});"

ON_SQLITE = [
    f"CREATE VIEW {TABLE}_searched(id, scope, text) AS SELECT id, {_columns('')} FROM {TABLE}",
    f"""
    CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(
        scope, text, content='{TABLE}_searched', content_rowid='id',
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

ON_POSTGRESQL = [
    r"""
    CREATE FUNCTION events_desktext_vector(id bigint, story bigint, words text)
    RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
        SELECT concat_ws(
            ' ', chr(57345) || (id & 15), chr(57345) || (id & 15) || 's' || story,
            string_agg('''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':' || place, ' ')
        )::tsvector
        FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS of_text(word, place)
        WHERE word NOT IN ('', chr(57344))
    $function$
    """,
    f"""
    ALTER TABLE {TABLE} ADD COLUMN vector tsvector
    GENERATED ALWAYS AS (events_desktext_vector(id, story_id, text)) STORED
    """,
    f"CREATE INDEX {TABLE}_vector ON {TABLE} USING gin (vector) WITH (gin_pending_list_limit = 512)",
    # The newest first, by no index of theirs: the planner would walk that for a word that no text has.
    f"""
    CREATE FUNCTION {TABLE}_matching(question tsquery, most bigint)
    RETURNS TABLE (id bigint) LANGUAGE sql STABLE SET enable_seqscan = off AS $function$
        SELECT t.id FROM {TABLE} t WHERE t.vector @@ question ORDER BY t.id + 0 DESC LIMIT most
    $function$
    """,
]
OFF_POSTGRESQL = [
    f"DROP FUNCTION {TABLE}_matching",
    f"ALTER TABLE {TABLE} DROP COLUMN vector",
    "DROP FUNCTION events_desktext_vector",
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
    dependencies = [("events", "0017_fast_desk")]

    operations = [
        migrations.CreateModel(
            name="DeskText",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
                (
                    "story",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.story",
                    ),
                ),
            ],
            options={"verbose_name_plural": "texts of the desk", "default_permissions": ()},
        ),
        migrations.RunPython(lay, lift),
    ]
