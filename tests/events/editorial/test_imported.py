"""What an importer copied or carried on is not published before an editor has looked at it."""

import pytest

from events.editorial import publishing
from events.editorial.imported import not_yet_edited
from events.editorial.refused import Refused
from events.importers.drafts import import_digest
from events.models import Event
from tests.support.cast import fresh, rewrite
from tests.support.importing import FROM, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts(story, editor):
    return import_digest(read(story), story, FROM, by=editor).drafts


def test_a_draft_as_imported_is_not_published(drafts, editor):
    draft = fresh(drafts[0])

    with pytest.raises(Refused, match="headline and text are still as imported"):
        publishing.publish(draft, by=editor, seen=draft.version)


def test_both_headline_and_text_have_to_be_an_editors_own(drafts, editor):
    one = rewrite(drafts[0], editor, headline="The river is two metres higher")
    assert "Its text is still as imported" in not_yet_edited(one)

    both = rewrite(one, editor, text="<p>In the night the river came up by two metres.</p>")
    assert not_yet_edited(both) == ""


def test_a_quotation_may_stay_as_it_was_imported(drafts, editor):
    assert not_yet_edited(rewrite(drafts[0], editor, is_quotation=True)) == ""


def test_a_carried_time_is_confirmed_or_written_anew(drafts, editor):
    carried = Event.objects.filter(carried=True)[0]
    carried = rewrite(carried, editor, is_quotation=True)
    assert "carried on from an earlier passage" in not_yet_edited(carried)

    assert not_yet_edited(rewrite(carried, editor, time_confirmed=True)) == ""
    assert not_yet_edited(rewrite(carried, editor, time_confirmed=False, wording="14:30")) == ""


def test_what_was_written_on_the_desk_is_nobodys_copy(draft):
    assert not_yet_edited(draft) == ""
