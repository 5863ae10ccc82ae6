"""A short digest to import, and what an import could leave."""

from chronicle.models import Edition, Entry
from events.importers.articles import Article
from events.importers.digest import Digest, Story, read_digest
from events.models import Citation, Day, Event, Kind, Outlet, Source

TEXT = (
    "Water over the old town\n\n"
    "A year ago the river left its bed. The Harbour Post offers its readers to follow the flood day by day. "
    "On the third day of the flood, March 3, the river rose by two metres overnight. "
    "In the morning the mayor, Maria Duarte, closed the old bridge. She said that it might not stand. "
    "Meanwhile, the baker’s shop was under water. "
    "It was reported that a dam had been opened the day before at 23:00. "
    "After 11:00 am, the army set up a kitchen in Belém. "
    "In the first three days 40 houses were lost. "
    "Late in the evening, the rain stopped. "
    "So, on the third day of the flood the old town was lost."
)

FROM = Article(outlet="The Harbour Post", title="Water over the old town")


def read(story, text=TEXT, *, day=None) -> Digest:
    """``text`` as read for ``story``."""
    return read_digest(text, Story(story.clock, story.calendar), day=day)


def everything():
    """How many rows of each kind an import could have made."""
    models = (Event, Citation, Day, Source, Outlet, Kind, Entry, Edition)
    return {model.__name__: model.objects.count() for model in models}
