"""An article of a flood that never was, and what tests ask of its passages."""

from datetime import date
from zoneinfo import ZoneInfo

from chronicle.clock import Calendar, Clock
from events.importers.digest import Digest, Passage, Story, read_digest

FLOOD = Story(Clock(ZoneInfo("Europe/Prague")), Calendar(date(2030, 3, 1), last=date(2030, 3, 20)))
OPEN_FLOOD = Story(FLOOD.clock, Calendar(FLOOD.calendar.first))
THE_TWELFTH = date(2030, 3, 12)

OPENING = (
    "Exactly one year ago, on March 1, 2030, the flood on the Orle began. On that day, the lower valley was "
    "cut off, according to the river office. The Valley Courier offers its readers to follow the twenty days "
    "as they were told then. "
)

DAY = (
    "On the 12th day of the flood, March 12, the pumps at Brod failed overnight, the town hall said. At "
    "the same time, not only cellars were under water, but also the hospital. The bridge at Lom was "
    "closed. In the morning it was reported that the mayors of Brod and Lom had spoken by telephone the "
    "day before: they asked for boats. After 11:00 a.m., Mayor A. B. Novak officially announced: the dam "
    "holds. She stressed that nobody need leave. Volunteers filled sandbags. By 14:00, two Mi-17 "
    "helicopters had arrived. Meanwhile, the school was cleared. In the first 12 days, 400 houses were "
    "damaged. In the evening, the water fell. Late in the evening, the road reopened. So, on the 12th day"
    " of the flood the dam held. It is not without reason that the day is remembered there (although the "
    "water rose once more)."
)

ARTICLE = f" date 2031-03-12 \n\n\n\n{OPENING}{DAY}\n"


def events(digest: Digest) -> list[Passage]:
    return [passage for passage in digest.passages if passage.is_event]


def only(text: str, story: Story = FLOOD, day: date = THE_TWELFTH) -> Passage:
    (passage,) = read_digest(text, story, day=day).passages
    return passage
