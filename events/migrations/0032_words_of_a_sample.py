"""Whether many texts of the desk have some words, as a sample of the table tells PostgreSQL without its index."""

from django.db import migrations

PAGES = 250
"""How many pages of the table are read. They hold about two thousand texts, and some of every kind."""
MORE_THAN = 6
"""In more than so many of these the words must stand, which they would not by chance."""

# Pages are counted, not texts: the texts of one page were written together, and may have a rare word in common.
# So there are at least as many as is reckoned. The sample is the same each time, so that a search is, too.
ARE_MANY = f"""
CREATE FUNCTION events_desktext_are_many(question tsquery, most bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $function$
DECLARE
    page CONSTANT integer := current_setting('block_size');
    share CONSTANT real := least(1, {PAGES}::real * page / greatest(page, pg_relation_size('events_desktext')));
BEGIN
    RETURN (
        SELECT count(DISTINCT (t.ctid::text::point)[0]) > greatest({MORE_THAN}, most * share)
        FROM events_desktext t TABLESAMPLE SYSTEM (100 * share) REPEATABLE (1)
        WHERE t.vector @@ question
    );
END
$function$
"""
NO_MORE = "DROP FUNCTION events_desktext_are_many"


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ARE_MANY, params=None)


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_MORE, params=None)


class Migration(migrations.Migration):
    dependencies = [("events", "0031_words_that_many_have")]

    operations = [migrations.RunPython(lay, lift)]
