"""verify_record finds what was done to editions, sheets and the log, and names it."""

from datetime import timedelta

import pytest
from django.db.models import F

from chronicle import seal
from chronicle.models import Edition, Log, Removal, Sheet
from tests.support.record import LONG_AGO
from tests.support.tampering import found_after, raw

NOBODY = 999_999


def third() -> Edition:
    return Edition.objects.get(seq=3)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"leaf": "0" * 64}, "edition 3: its leaf is not that of its header"),
        ({"by": "desk-forged"}, "edition 3: its leaf is not that of its header"),
        ({"action": "update"}, "edition 3: its leaf is not that of its header"),
        ({"subject": "kind/77"}, "edition 3: its leaf is not that of its header"),
        ({"commitment": "0" * 64}, "edition 3: its leaf is not that of its header"),
        ({"at": LONG_AGO}, "edition 3: it is dated before the one before it"),
        ({"at": F("at") + timedelta(microseconds=1)}, "edition 3: its time is not in whole milliseconds"),
        ({"subject": "kind/1 "}, "edition 3: its subject “kind/1 ” is none that there is"),
        ({"subject": "chapter/1"}, "edition 3: its subject “chapter/1” is none that there is"),
        ({"edition": 7}, "edition 3: it is edition 7 of {subject} out of its order"),
        ({"seq": NOBODY}, "edition 999999: the one before it is missing, or one is too many"),
        ({"chronicle": NOBODY}, "chronicle_edition {pk}: its chronicle is not there."),
    ],
)
def test_finds_a_changed_edition(built, values, said):
    edition = third()
    found = found_after(lambda: Edition.objects.filter(pk=edition.pk).update(**values))

    said = said.format(subject=edition.subject, pk=edition.pk)
    assert any(said in sentence for sentence in found), found


@pytest.mark.only_on("sqlite")
def test_finds_an_action_that_no_table_knows(built):
    with_checks_off = "PRAGMA ignore_check_constraints = "

    def forge():
        raw(with_checks_off + "ON")
        Edition.objects.filter(seq=3).update(action="forgery")
        raw(with_checks_off + "OFF")

    assert "the-44-days: edition 3: its action “forgery” is none that there is." in found_after(forge)


def forge(edition: Edition, **values) -> None:
    """Change an edition and seal it again."""
    for name, value in values.items():
        setattr(edition, name, value)
    edition.leaf = seal.leaf(edition.header()).hex()
    Edition.objects.filter(pk=edition.pk).update(leaf=edition.leaf, **values)


def test_finds_an_edition_that_was_sealed_again(built):
    assert found_after(lambda: forge(third(), by="desk-forged")) == [
        "the-44-days: the root of its log is not that of its editions.",
        "the-44-days: the frontier of its log is not that of its editions.",
    ]


def test_finds_two_editions_that_changed_places(built):
    def swap():
        four = Edition.objects.get(seq=4)
        Edition.objects.filter(seq=3).update(seq=NOBODY)
        forge(four, seq=3)
        forge(Edition.objects.get(seq=NOBODY), seq=4)

    assert any(
        "the root of its log is not that of its editions" in sentence for sentence in found_after(swap)
    )


def remove(seq: int) -> None:
    edition = Edition.objects.get(seq=seq)
    Edition.objects.filter(pk=edition.pk).delete()
    Sheet.objects.filter(commitment=edition.commitment).delete()


def test_finds_a_missing_edition(built):
    found = found_after(lambda: remove(3))

    assert "the-44-days: edition 4: the one before it is missing, or one is too many." in found


def test_finds_a_missing_edition_at_the_beginning(built):
    found = found_after(lambda: remove(1))

    assert "the-44-days: edition 2: the one before it is missing, or one is too many." in found
    assert "the-44-days: chronicle: it has no edition." in found


def test_finds_a_missing_edition_at_the_end(built):
    last = Log.objects.get().size

    assert "the-44-days: the size of its log is not that of its editions." in found_after(
        lambda: remove(last)
    )


def test_finds_an_edition_that_nobody_printed(built):
    def add():
        sheet = Sheet.of({"format": 1})
        sheet.save()
        last = Edition.objects.last()
        last.pk, last.seq, last.edition, last.commitment = (
            None,
            last.seq + 1,
            last.edition + 1,
            sheet.commitment,
        )
        last.leaf = seal.leaf(last.header()).hex()
        last.save()

    assert "the-44-days: the size of its log is not that of its editions." in found_after(add)


def a_sheet() -> Sheet:
    return Sheet.objects.get(commitment=third().commitment)


@pytest.mark.parametrize(
    "values",
    [
        lambda sheet: {"document": sheet.document | {"name": "Forged"}},
        lambda sheet: {"document": sheet.document | {"new": None}},
        lambda sheet: {"document": sheet.document | {"format": 1.5}},
        lambda sheet: {"document": [sheet.document]},
        lambda sheet: {"document": "Forged"},
        lambda sheet: {"salt": "0" * 64},
        lambda sheet: {"salt": sheet.salt.upper()},
        lambda sheet: {"salt": sheet.salt[:-1]},
        lambda sheet: {"salt": "no salt"},
    ],
)
def test_finds_a_changed_sheet(built, values):
    sheet = a_sheet()
    found = found_after(lambda: Sheet.objects.filter(pk=sheet.pk).update(**values(sheet)))

    assert f"sheet {sheet.commitment[:12]}: its document is not the one that was printed." in found


def test_finds_sheets_that_were_exchanged(built):
    one, other = (Sheet.objects.get(commitment=Edition.objects.get(seq=seq).commitment) for seq in (3, 4))

    def swap():
        Sheet.objects.filter(pk=one.pk).update(document=other.document, salt=other.salt)
        Sheet.objects.filter(pk=other.pk).update(document=one.document, salt=one.salt)

    found = found_after(swap)
    for sheet in (one, other):
        assert f"sheet {sheet.commitment[:12]}: its document is not the one that was printed." in found


def test_finds_a_sheet_that_is_missing_without_a_takedown(built):
    commitment = third().commitment

    found = found_after(lambda: Sheet.objects.filter(commitment=commitment).delete())

    assert f"edition 3: its sheet {commitment[:12]} is missing, and no takedown removed it." in found


def test_finds_a_sheet_that_no_edition_commits_to(built):
    sheet = Sheet.of({"format": 1})

    assert found_after(sheet.save) == [f"sheet {sheet.commitment[:12]}: no edition commits to it."]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"size": 3}, "the size of its log is not that of its editions"),
        ({"root": "0" * 64}, "the root of its log is not that of its editions"),
        ({"frontier": []}, "the frontier of its log is not that of its editions"),
        ({"last_at": LONG_AGO}, "the last_at of its log is not that of its editions"),
        ({"numbers": {"entry": 1}}, "the numbers of its log is not that of its editions"),
        ({"presented": 77}, "the digest of its log is not that of its editions"),
        ({"digest": "0" * 64}, "the digest of its log is not that of its editions"),
    ],
)
def test_finds_a_changed_log(built, values, said):
    assert f"the-44-days: {said}." in found_after(lambda: Log.objects.update(**values))


@pytest.mark.parametrize("otherwise", [float, bool])
def test_tells_a_number_from_what_is_equal_to_it_in_python(built, otherwise):
    numbers = Log.objects.get().numbers
    one = next(facet for facet, number in numbers.items() if number == 1)
    forged = numbers | {one: otherwise(1)}

    found = found_after(lambda: Log.objects.update(numbers=forged))

    assert "the-44-days: the numbers of its log is not that of its editions." in found


def test_finds_a_log_that_is_not_there(built):
    assert "the-44-days: it has no log." in found_after(Log.objects.all().delete)


def removal(**values):
    return lambda: Removal.objects.create(**values)


def test_finds_a_removal_that_no_takedown_names(built):
    edition = third()
    said = f"removal of {edition.commitment[:12]}: no takedown names it."

    assert found_after(removal(commitment=edition.commitment, edition=edition)) == [said]
    assert found_after(removal(commitment="0" * 64, edition=edition)) == [
        said.replace(edition.commitment[:12], "0" * 12)
    ]
