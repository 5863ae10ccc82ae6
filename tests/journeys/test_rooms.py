"""How many files of the project one journey passes, so that whoever changes it need not open more.

``python -m pytest tests/journeys/test_rooms.py`` prints them.
"""

import pytest

from tests.support.desk import Desk
from tests.support.factories import CitationFactory, EventFactory
from tests.support.tracing import files_run

pytestmark = pytest.mark.django_db
LIMITS = {"publish": 45, "approve": 45, "read a filtered day": 33}
"""The most files, models and templates apart. Lower one when a change makes its journey shorter.

Every answer passes what says who may keep it, on which conditions, and whether a server has it; each
statement waits for its lock in one place; what an address asks for is bounded; what was changed since is
marked, and how a reader looks at a day is asked; it may be of a moment, and says where others are. What a day
lists is read in one question with its key events. The key of a session that a cookie names is looked at
before anybody could ask for it.

At the desk, what somebody may do is read in one question, whoever waits for others is told so, and what is
saved is found by its words. Roles of a story, what a moderator was shown and what is the same evidence are
asked on the way to the verbs. Whose session it is, whether a second factor was shown, whether it is sent
twice or by somebody who was signed out, and whether they are to be told of a conflict is asked of each
request. The verbs themselves pass one more than before, as to what an import leaves to be done:
tests/events/press/test_budget.py.
"""


@pytest.fixture
def passed(capsys):
    """Counts the files that a journey passes, by a way that was gone before, and prints them."""

    def count(journey, act):
        files = files_run(act)
        with capsys.disabled():
            print("\n" + "\n  ".join([f"{journey}: {len(files)} files", *files]))
        return len(files)

    return count


def test_publishing(passed, editor):
    before = EventFactory(approved=True)
    event = EventFactory(approved=True, text="<p>The city closed the bridge.</p>", wording="14:30")
    desk = Desk(editor)
    desk.press(before, "publish")

    assert passed("publish", lambda: desk.press(event, "publish")) <= LIMITS["publish"]

    event.refresh_from_db()
    assert event.state == "published"


def test_approving(passed, moderator):
    event = EventFactory(published=True)
    before, citation = CitationFactory(event=event), CitationFactory(event=event)
    desk = Desk(moderator)
    desk.press(before, "approve")

    assert passed("approve", lambda: desk.press(citation, "approve")) <= LIMITS["approve"]

    citation.refresh_from_db()
    assert citation.state == "approved"


def test_reading_a_filtered_day(passed, client):
    EventFactory(published=True, wording="14:30")
    address = "/the-flood/day-3/?kind=1&part=afternoon"
    client.get(address)

    assert passed("read a filtered day", lambda: client.get(address)) <= LIMITS["read a filtered day"]
