"""Importing a digest by the command."""

import io
import re
import sys

import pytest
from django.core.management import CommandError, call_command

from events.models import Event, Source
from tests.support.importing import TEXT, everything


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "digest.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(file, *arguments, **options):
    said = io.StringIO()
    call_command(
        "import_digest",
        str(file),
        "--chronicle",
        "the-flood",
        *arguments,
        stdout=said,
        stderr=said,
        **options,
    )
    return said.getvalue()


def run_named(file, *arguments):
    return run(file, "--outlet", "The Harbour Post", *arguments)


def test_the_command_shows_what_it_reads_and_makes_the_drafts(file, story, editor):
    said = run_named(file)

    assert "Day 3 of The flood: 3 March 2021" in said
    assert "Read from: “On the third day of the flood, March 3”" in said
    assert re.search(r"3 +overnight +2 Mar 21:00 – 3 Mar 06:00 +event +The river rose by two metres", said)
    assert re.search(r"in the morning \(carried on\) +3 Mar 06:00–12:00 +event +The baker’s shop", said)
    assert "not an event: a total" in said
    assert "6 drafts of The flood: day 3, 3 March 2021 added" in said
    assert Event.objects.count() == 6


def test_a_dry_run_needs_no_outlet_and_no_account_and_writes_nothing(file, story):
    before = everything()

    said = run(file, "--dry-run")

    assert "The river rose by two metres" in said
    assert "Dry run: nothing was written." in said
    assert everything() == before


def test_a_second_run_of_the_command_says_that_it_adds_nothing(file, story, editor):
    run_named(file)

    said = run(file)

    assert "Nothing added" in said
    assert "(there already)" in said
    assert Event.objects.count() == 6


def test_the_command_reads_standard_input(story, editor, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))

    assert "6 drafts" in run_named("-")


def test_where_text_and_head_disagree_the_command_names_both_and_takes_date(file, story, editor):
    file.write_text(" date 2021-03-05 \n\n" + TEXT.partition("\n\n")[2])

    with pytest.raises(CommandError) as refusal:
        run_named(file, "--title", "Water")

    assert "3 March 2021" in str(refusal.value)
    assert "5 March 2021" in str(refusal.value)
    assert "--date" in str(refusal.value)
    assert not Event.objects.exists()

    assert "day 5, 5 March 2021" in run_named(file, "--title", "Water", "--date", "2021-03-05")


def test_an_outlet_and_a_title_that_are_missing_are_named_where_nobody_can_be_asked(file, story, editor):
    with pytest.raises(CommandError, match="--outlet"):
        run(file)

    file.write_text(TEXT.partition("\n\n")[2])
    with pytest.raises(CommandError, match="--title"):
        run_named(file)

    assert not Event.objects.exists()


def test_an_outlet_that_is_missing_is_asked_for_at_a_terminal(file, story, editor, monkeypatch):
    terminal = io.StringIO("Radio Estuary\n")
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", terminal)

    said = run(file)

    assert "“Radio Estuary” is a new outlet." in said
    assert Source.objects.get().outlet.name == "Radio Estuary"


def test_the_account_must_be_named_where_several_may_import(file, story, editor, other_editor):
    with pytest.raises(CommandError, match=r"editor, other-editor.*--by"):
        run_named(file)

    run_named(file, "--by", "other-editor")

    assert set(Event.objects.values_list("created_by__username", flat=True)) == {"other-editor"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--by", "nobody"), "There is no account “nobody”."),
        (("--kind", "Nothing"), "There is no kind “Nothing”."),
        (("--date", "3 March"), "“3 March” is not a date"),
        (("--date", "2020-01-01"), "1 January 2020 is not a day of the chronicle"),
        (("--chronicle", "nowhere"), "There is no chronicle “nowhere”. There are: the-flood."),
        (("--url", "ftp://example.org/"), "cannot be saved"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_with_a_sentence(file, story, editor, arguments, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        run_named(file, *arguments)

    assert not Event.objects.exists()


def test_a_database_without_editors_is_told_so(file, story):
    with pytest.raises(CommandError, match="No account may import"):
        run_named(file)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("Café".encode("latin-1"), "not UTF-8 text (byte 4"),
        (b"a" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"", "There is no text"),
        (b"a\0b", "NUL"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(file, story, editor, raw, sentence):
    file.write_bytes(raw)

    with pytest.raises(CommandError, match=re.escape(sentence)):
        run_named(file)


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path, story, editor):
    with pytest.raises(CommandError, match=r"Cannot read .*No such file"):
        run_named(tmp_path / "nothing.txt")
