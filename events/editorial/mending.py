"""Files of media that readers cannot get and should, or can and should not: brought in line again."""

from collections.abc import Callable, Iterator

from django.db import transaction

from events import press
from events.editorial.holding import hold_story
from events.models import Printed, Story

AT_A_TIME = 50
"""Media for which a story is locked at once."""


def mend_files(progress: Callable[[int], object] = lambda done: None) -> Iterator[tuple[str, bool]]:
    """Each of the printed media, in words, of which something else was public, and whether it is mended."""
    for story in Story.objects.order_by("pk"):
        for subjects in _batches(story):
            wrong = _mend(story, subjects)
            left = set(_mend(story, set(wrong))) if wrong else set()
            for subject in wrong:
                yield f"{subject} of {story.slug}", subject not in left
            progress(len(subjects))


def printed_media() -> int:
    """How many media :func:`mend_files` looks at."""
    return Printed.objects.filter(facet="asset").count()


@transaction.atomic
def _mend(story: Story, subjects: set[str]) -> list[str]:
    return press.mend_files(hold_story(story), subjects)


def _batches(story: Story) -> Iterator[set[str]]:
    rows = list(Printed.objects.filter(story=story, facet="asset").order_by("number"))
    for start in range(0, len(rows), AT_A_TIME):
        yield {str(row) for row in rows[start : start + AT_A_TIME]}
