"""How PostgreSQL looks up the words of the desk: as many texts as are asked for, in no order, from the index of
words; or the newest first, from that of keys, where it is known that many have them."""

from django.db import migrations

TABLE = "events_desktext"
ARGUMENTS = "(question tsquery, most bigint) RETURNS TABLE (id bigint) LANGUAGE sql STABLE"

IN_NO_ORDER = f"""
CREATE OR REPLACE FUNCTION {TABLE}_matching{ARGUMENTS} SET enable_seqscan = off AS $function$
    SELECT t.id FROM {TABLE} t WHERE t.vector @@ question LIMIT most
$function$
"""
NEWEST = f"""
CREATE FUNCTION {TABLE}_newest{ARGUMENTS} SET enable_seqscan = off SET enable_bitmapscan = off AS $function$
    SELECT t.id FROM {TABLE} t WHERE t.vector @@ question ORDER BY t.id DESC LIMIT most
$function$
"""
BEFORE = f"""
CREATE OR REPLACE FUNCTION {TABLE}_matching{ARGUMENTS} SET enable_seqscan = off AS $function$
    SELECT t.id FROM {TABLE} t WHERE t.vector @@ question ORDER BY t.id + 0 DESC LIMIT most
$function$
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in (IN_NO_ORDER, NEWEST):
            schema_editor.execute(statement, params=None)


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in (f"DROP FUNCTION {TABLE}_newest", BEFORE):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("events", "0030_codebook")]

    operations = [migrations.RunPython(lay, lift)]
