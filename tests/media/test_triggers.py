"""What the database refuses of files whoever asks: to change an original, or what was done with it."""

import pytest
from django.db import Error, connection, transaction

from chronicle import triggers as laid
from media import triggers
from media.models import Asset, Custody
from tests.support.emptying import settle
from tests.support.pictures import OURS
from tests.support.tampering import raw

SEALED = "A file that was uploaded is never changed."
SEALED_BY = "media_asset_update_sealed_refused"
CHANGES = {
    "id": "id + 1000",
    "collection": "'00000000000000000000000000000009'",
    "sha256": "'f'",
    "byte_count": "byte_count + 1",
    "kind": "'document'",
    "mime": "'text/html'",
    "width": "width + 1",
    "height": "NULL",
    "frames": "2",
    "name": "'other.jpg'",
    "made_from_id": "id",
    "added_at": "'2001-01-01 00:00:00+00:00'",
    "boxes": "'[[0, 0, 1, 1]]'",
}
REFUSED = [
    *((SEALED_BY, f"UPDATE media_asset SET {column} = {value}", SEALED) for column, value in CHANGES.items()),
    ("media_custody_update_refused", "UPDATE media_custody SET note = 'x'", triggers.ONLY_ADDED),
    ("media_custody_update_refused", "UPDATE media_custody SET at = at", triggers.ONLY_ADDED),
    (
        "media_custody_update_refused",
        "UPDATE media_custody SET note = '', by_name = 'x'",
        triggers.ONLY_ADDED,
    ),
    (SEALED_BY, "UPDATE media_asset SET name = ''", SEALED),
    (SEALED_BY, "UPDATE media_asset SET erased_at = '2001-01-01 00:00:00+00:00'", SEALED),
    ("media_custody_delete_refused", "DELETE FROM media_custody", triggers.ONLY_ADDED),
]
TRUNCATED = [
    ("media_custody_truncate_refused", "TRUNCATE media_custody", triggers.ONLY_ADDED),
    ("media_custody_truncate_refused", "TRUNCATE media_asset CASCADE", triggers.ONLY_ADDED),
]


@pytest.fixture
def asset(db):
    found = Asset.objects.create(
        collection=OURS,
        sha256="a" * 64,
        byte_count=10,
        kind="picture",
        mime="image/jpeg",
        width=20,
        height=10,
        name="x.jpg",
        likeness=1,
    )
    Custody.tell(found, "added", by=None)
    settle()
    return found


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Asset, Custody)]


def attempt(statement: str) -> str:
    try:
        with transaction.atomic():
            raw(statement)
    except Error as refusal:
        return str(refusal)
    return ""


def test_every_refusal_of_files_is_tried():
    ours = {refusal.name for refusal in laid.REFUSALS if refusal.table.startswith("media_")}

    assert ours == {name for name, _, _ in REFUSED + TRUNCATED}
    assert {column.removesuffix("_id") for column in CHANGES} == {
        field.name for field in Asset._meta.fields
    } - {"likeness", "focus_x", "focus_y", "imprint", "erased_at"}


@pytest.mark.parametrize(("name", "statement", "sentence"), REFUSED)
def test_the_database_refuses(asset, name, statement, sentence):
    before = everything()

    assert sentence in attempt(statement)

    assert everything() == before


@pytest.mark.parametrize(("name", "statement", "sentence"), REFUSED)
def test_control_without_that_trigger_it_does_not(asset, name, statement, sentence):
    with transaction.atomic():
        raw(
            f"DROP TRIGGER {name}"
            + (f" ON {name.partition('_')[0]}_{name.split('_')[1]}" if ON_TABLE else "")
        )
        assert sentence not in attempt(statement)
        transaction.set_rollback(True)


ON_TABLE = connection.vendor == "postgresql"


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize(("name", "statement", "sentence"), TRUNCATED)
def test_postgresql_refuses_to_truncate(asset, name, statement, sentence):
    before = everything()

    assert sentence in attempt(statement)

    assert everything() == before


def test_what_is_no_fact_of_the_bytes_may_change(asset):
    asset.focus_x, asset.focus_y, asset.imprint = 0.1, 0.9, {"credit": "A. Person"}

    asset.save()

    asset.refresh_from_db()
    assert (asset.focus_x, asset.imprint) == (0.1, {"credit": "A. Person"})


def test_an_asset_that_has_custody_cannot_be_removed(asset):
    with pytest.raises(Error), transaction.atomic():
        raw("DELETE FROM media_asset")
        settle()
        connection.check_constraints()
