"""What would go with what is to be taken down, as whoever asks or confirms is shown it; kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from events import press
from events.editorial.refused import Refused
from events.editorial.takedowns import Part, check_parts, desk_row
from events.erasing.rows import has_words, name_of, row_of, with_what_rests_on
from events.models import Story


@dataclass(frozen=True)
class Going:
    """What would go with one part, as whoever asks or confirms is shown it. Kept nowhere."""

    name: str
    said: str
    """What it is called on the desk, or how many editions go."""
    along: list[str]
    """The rows that go with it, each as “citation/3: what it says”."""
    copies: list[str]
    """The editions of other subjects that go with it, each as “entry/4@2,3”: its words were copied there."""


def going_with(story: Story, parts: Sequence[Part]) -> list[Going]:
    """What would go with each of ``parts``, with its words: for those who decide on it. Raises Refused."""
    check_parts(story, parts)
    return [_going(story, part) for part in parts]


def _going(story: Story, part: Part) -> Going:
    row = desk_row(story, part.row) if part.row else row_of(story, part.subject)
    copies = copies_of(story, part)
    if part.editions:
        return Going(str(part), f"of “{row or part.subject}” these editions alone", [], copies)
    along = with_what_rests_on([row])[1:] if row is not None and has_words(row) else []
    said = str(row) if row is not None else "this desk has no row of it"
    return Going(str(part), said, [f"{name_of(each)}: {each}" for each in along], copies)


def copies_of(story: Story, part: Part) -> list[str]:
    """The editions that go with ``part``, as “entry/4@2,3”: its words were copied there. Raises Refused."""
    if not part.subject:
        return []
    try:
        found = press.copies(story, [press.Taking(part.subject, part.editions)])
    except press.CannotTake as cannot:
        raise Refused(str(cannot)) from None
    return [str(Part(copy.subject, copy.editions)) for copy in found]
