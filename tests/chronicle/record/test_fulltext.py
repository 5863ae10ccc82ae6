"""What each database searches follows the table of words through everything that is done to it."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from chronicle.models import EntryWords
from chronicle.record.fulltext import broken_index, mend_index
from chronicle.record.words import FILLER, MOST_BYTES, MOST_PLACES, MOST_WORDS
from tests.support.emptying import settle, unguarded
from tests.support.record import Telling, make_page, make_story, make_term, print_entries
from tests.support.tampering import raw

ON_SQLITE = (
    "SELECT rowid FROM chronicle_entrywords_fts WHERE chronicle_entrywords_fts MATCH %s ORDER BY rowid"
)
FUNCTION = "chronicle_entrywords_vector"
ON_POSTGRESQL = "SELECT sk FROM chronicle_entrywords WHERE vector @@ %s::tsquery ORDER BY sk"


def found(*phrase: str) -> list[int]:
    """The places in time of the entries that the database finds ``phrase`` in."""
    on_postgresql = connection.vendor == "postgresql"
    quoted = [f"'{word}'" for word in phrase]
    question = " <-> ".join(quoted) if on_postgresql else f'"{" ".join(phrase)}"'
    with connection.cursor() as cursor:
        cursor.execute(ON_POSTGRESQL if on_postgresql else ON_SQLITE, [question])
        return [sk for (sk,) in cursor.fetchall()]


def write(entry, **columns: str) -> EntryWords:
    return EntryWords.objects.create(sk=entry.sk, entry=entry, chronicle=entry.chronicle, **columns)


@pytest.fixture
def entries(db):
    page = make_page(make_story())
    kind = make_term(page.chronicle, "kind", "Damage")
    printed = print_entries(page, [Telling(headline=f"Report {n}", kind=kind) for n in range(3)])
    EntryWords.objects.all().delete()
    return printed


@pytest.fixture
def words(entries):
    return write(entries[0], headline="boats", names="at&t a<b", body="ту́т がく हिन्दी 12")


@pytest.mark.parametrize("word", ["boats", "at&t", "a<b", "ту́т", "がく", "हिन्दी", "12"])
def test_each_word_is_found_whole(words, word):
    assert found(word) == [words.sk]
    assert found(word[:-1]) == []


def test_a_phrase_is_found_in_one_column_alone(words):
    assert found("at&t", "a<b") == [words.sk]
    assert found("boats", "at&t") == []
    assert found("a<b", "ту́т") == []


def test_a_filler_keeps_words_apart(entries):
    words = write(entries[0], body=f"one {FILLER} two three")

    assert found("one", "two") == []
    assert found("two", "three") == [words.sk]


def test_it_follows_each_change(entries, words):
    words.body = "rain"
    words.save()
    assert (found("rain"), found("12")) == ([words.sk], [])

    EntryWords.objects.filter(pk=words.pk).update(sk=-5)
    assert found("rain") == [-5]

    write(entries[1], body="rain")
    assert found("rain") == [-5, entries[1].sk]

    entries[0].delete()
    assert found("rain") == [entries[1].sk]
    assert list(broken_index()) == []


def test_rows_in_bulk_replace_others(entries, words):
    changed = EntryWords(sk=words.sk, entry=entries[0], chronicle=entries[0].chronicle, headline="rain")
    columns = ["headline", "names", "body"]

    EntryWords.objects.bulk_create(
        [changed], update_conflicts=True, unique_fields=["sk"], update_fields=columns
    )

    assert (found("rain"), found("boats")) == ([words.sk], [])
    assert list(broken_index()) == []


def test_it_is_taken_back_with_a_transaction(entries, words):
    with transaction.atomic():
        write(entries[1], body="rain")
        EntryWords.objects.filter(pk=words.pk).delete()
        assert (found("rain"), found("boats")) == ([entries[1].sk], [])
        transaction.set_rollback(True)

    assert (found("rain"), found("boats")) == ([], [words.sk])
    assert list(broken_index()) == []


def test_an_entry_has_its_words_once(entries, words):
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryWords.objects.create(sk=1, entry=entries[0], chronicle=entries[0].chronicle, body="rain")

    assert found("rain") == []
    assert list(broken_index()) == []


@pytest.mark.django_db(transaction=True)
def test_it_is_emptied_with_the_database(transactional_db, entries, words):
    with unguarded():
        call_command("flush", interactive=False, verbosity=0)

    assert not EntryWords.objects.exists()
    assert found("boats") == []
    assert list(broken_index()) == []


def test_as_many_words_as_may_be_fit(entries):
    often = " ".join(["often"] * MOST_PLACES)
    many = " ".join(f"w{n}" for n in range(MOST_WORDS - MOST_PLACES - 1)) + " last"

    words = write(entries[0], headline=often, body=many)

    assert found("often") == found("w11749", "last") == [words.sk]
    assert list(broken_index()) == []


def test_the_longest_words_fit_though_names_are_indexed_twice(entries):
    long = [f"{n:05}{'𐓘' * 55}" for n in range(MOST_BYTES // 225)]

    words = write(entries[0], names=" ".join(long))

    assert found(long[-1]) == [words.sk]
    assert list(broken_index()) == []


@pytest.mark.parametrize("word", ["it's", "back\\slash", "a:1", "'x':1a", "(", "!", "<->", "*"])
def test_words_that_no_fold_makes_break_nothing(entries, word):
    write(entries[0], headline=word, body=f"rain {word}")

    assert found("rain") == [entries[0].sk]
    assert list(broken_index()) == []


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "tamper",
    [
        "DELETE FROM chronicle_entrywords",
        "UPDATE chronicle_entrywords SET body = 'rain'",
        "UPDATE chronicle_entrywords SET chronicle_id = chronicle_id + 1",
        "INSERT INTO chronicle_entrywords SELECT 1, headline, names, body, chronicle_id, entry_id + 1 "
        "FROM chronicle_entrywords",
    ],
)
def test_what_differs_from_the_table_is_told_on_sqlite(words, tamper):
    with transaction.atomic():
        for event in ("insert", "delete", "update"):
            raw(f"DROP TRIGGER chronicle_entrywords_fts_{event}")
        raw(tamper)

        (sentence,) = broken_index()
        mend_index()

        assert list(broken_index()) == []
        transaction.set_rollback(True)
    assert sentence.startswith("The index of words is not that of the table chronicle_entrywords (")
    assert list(broken_index()) == []


@pytest.mark.only_on("postgresql")
def test_a_vector_is_made_anew_where_the_way_to_make_it_was_another(words):
    with transaction.atomic():
        settle()
        raw(f"CREATE TEMPORARY TABLE kept AS SELECT pg_get_functiondef('{FUNCTION}'::regproc) AS definition")
        raw(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}(chronicle bigint, headline text, names text, body text) "
            "RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ''::tsvector $$"
        )
        EntryWords.objects.update(body="rain")
        raw("DO $$ BEGIN EXECUTE (SELECT definition FROM kept); END $$")
        assert (found("rain"), len(list(broken_index()))) == ([], 1)

        mend_index()

        assert (found("rain"), list(broken_index())) == ([words.sk], [])
        transaction.set_rollback(True)


@pytest.mark.only_on("postgresql")
def test_what_differs_from_the_table_is_told_on_postgresql(words):
    with transaction.atomic():
        settle()
        raw("ALTER TABLE chronicle_entrywords ALTER COLUMN vector DROP EXPRESSION")
        raw("UPDATE chronicle_entrywords SET body = 'rain'")

        (sentence,) = broken_index()

        transaction.set_rollback(True)
    assert sentence.startswith(f"chronicle_entrywords {words.sk}: its vector is not that of its words.")
    assert list(broken_index()) == []
