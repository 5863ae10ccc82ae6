"""What people write in a line of the desk, behind words of ours, reads from its own side all the same."""

from events.editorial import moderation, policy
from events.editorial.stories import POLICY
from events.models import Event
from tests.support.desk import Desk

ARABIC = "قال الوزير: «نعم»، ثم غادر."
APART = f"<bdi>{ARABIC}</bdi>"


def test_a_note_behind_its_reason_is_apart(citation, editor, moderator):
    moderation.reject(citation, by=moderator, seen=citation.version, code="inexact", words=ARABIC)
    desk = Desk(editor)

    pages = (desk.open(citation), desk.get("index"), desk.get("sent_back"))

    assert [APART in page.text for page in pages] == [True, True, True]


def test_a_headline_in_a_list_is_apart(published, admin_person):
    story = published.story
    Event.objects.update(headline=ARABIC)
    needed = {name: getattr(story, name) for name in POLICY} | {"citations_needed": 9}
    policy.set_policy(story, by=admin_person, seen=story.version, **needed)

    assert APART in Desk(admin_person).get("policy", story.pk).text
