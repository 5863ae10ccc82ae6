"""The screens of the desk with something of each kind on them, to look at each in a browser."""

import pytest
from playwright.sync_api import Page

from events.editorial import moderation
from tests.support.factories import CitationFactory, EventFactory, MaterialFactory, PlaceFactory, show
from tests.support.proposals import propose

SCREENS = (
    "",
    "events/day/{day}/desk/",
    "events/event/{draft}/change/",
    "events/event/{seen}/change/",
    "review/?citation={waits}",
    "review/?medium={medium}",
    "review/?proposal={proposal}",
    "events/event/",
    "events/material/",
    "events/source/{source}/change/",
    "events/place/{place}/change/",
    "events/citation/{waits}/change/",
    "events/material/{medium}/change/",
    "find/?q=bridge",
    "account/",
    "events/event/import-digest/",
)
"""What an editor who moderates gets, by the names that ``shown`` has."""
OF_A_MANAGER = (
    "events/story/",
    *(f"events/story/{{story}}/{page}/" for page in ("change", "people", "policy", "opening")),
)

OPENED = """() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  const boxes = [...document.querySelectorAll("[type=checkbox]:not(:checked)")];
  boxes.filter((one) => one.checkVisibility()).forEach((one) => one.click());
}"""


@pytest.fixture
def shown(editor, moderator, source, media_folder):
    """Something of each kind, in each state that it may be in; the key of each by its name."""
    place = PlaceFactory(name="The bridge")
    draft = EventFactory(headline="Power is back", text="<p>The bridge is lit.</p>", by=editor)
    back = CitationFactory(event=draft, source=source)
    moderation.reject(back, by=moderator, seen=1, code="not_in_source", words="It says 40, not 14.")
    seen = EventFactory(published=True, headline="A road is closed", source=source)
    waits = EventFactory(submitted=True, places=[place], by=editor).citations.get()
    for state in ("approved", "published", "withdrawn"):
        EventFactory(**{state: True}, headline=f"A bridge, {state}")
    medium = MaterialFactory(by=editor, caption="The quay")
    show(draft, medium)
    proposal = propose(source, editor, title="The river falls")
    named = {"draft": draft, "seen": seen, "day": draft.day, "waits": waits, "medium": medium}
    named |= {"proposal": proposal, "source": source, "place": place, "story": draft.day.story}
    return {name: row.pk for name, row in named.items()}


def unfold(page: Page) -> None:
    """Unfold whatever is folded, and tick what can be ticked."""
    page.wait_for_load_state("networkidle")
    page.evaluate(OPENED)
