"""The guard of the editions stands in tests, is lifted only where asked, and comes back."""

from datetime import UTC, date, datetime

import pytest
from django.db import Error, connection, transaction

from chronicle.models import Chronicle, Edition
from tests.support.emptying import editions_unguarded


@pytest.fixture
def edition(db: None) -> Edition:
    story = Chronicle.objects.create(title="A story", slug="a-story", first_date=date(2020, 9, 27))
    edition = Edition(
        chronicle=story,
        seq=1,
        subject_kind=Edition.Subject.PAGE,
        subject_id=1,
        number=1,
        action=Edition.Action.FIRST,
        document={},
        at=datetime(2020, 11, 8, tzinfo=UTC),
        actor="editor",
    )
    edition.seal()
    edition.save()
    return edition


def refuses_to_empty() -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM chronicle_edition")
    except Error as refusal:
        return "editions are only added" in str(refusal)
    return False


def test_an_edition_can_be_tampered_with_only_while_unguarded(edition: Edition):
    assert refuses_to_empty()

    with editions_unguarded():
        Edition.objects.update(note="tampered")

    assert Edition.objects.get().note == "tampered"
    assert refuses_to_empty()


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_that_commits_begins_with_no_edition(transactional_db: None, time: str, request):
    assert not Edition.objects.exists()

    request.getfixturevalue("edition")

    assert refuses_to_empty()
