"""Whose words are whose, as they are saved: who may not decide on them, because they wrote them.

Authors of words are all who changed them since somebody else approved them.
"""

from collections.abc import Iterable
from typing import Any

from events.editorial.refused import Refused
from events.models import Author, Event, Words
from events.models.author import APPROVING


def wrote(row: Any, *, by: Any, was: str = "", ever: bool = False) -> None:
    """Note that ``by`` wrote the words of ``row`` as it is saved now; None is nobody, as when a clock moves.

    Who wrote the words that it had before, whose HMAC ``was`` that, wrote these too, unless somebody else
    had approved them; with ``ever`` even then.
    """
    if row.hmac == was:
        return
    people = set() if by is None else {by.pk}
    if was and (ever or not _approved(was)):
        people |= set(Author.objects.filter(hmac=was).values_list("person_id", flat=True))
    Author.objects.bulk_create(
        (Author(person_id=person, hmac=row.hmac) for person in sorted(people)), ignore_conflicts=True
    )


def _approved(hmac: str) -> bool:
    return Words.objects.filter(hmac=hmac, decision__verb__in=APPROVING).exists()


def refuse_alone(events: Iterable[Event], by: Any) -> None:
    """Raises Refused for the first of ``events`` that ``by`` wrote, where its story has others publish it."""
    asked = [event for event in events if event.story.second_person]
    own = (
        set(
            Author.objects.filter(person=by, hmac__in={event.hmac for event in asked}).values_list(
                "hmac", flat=True
            )
        )
        if asked
        else set()
    )
    for event in asked:
        # guard: a second person publishes.
        if event.hmac in own:
            raise Refused(
                f"You wrote words of “{event.headline}”: this story has a second person publish it. Ask "
                "somebody else who may."
            )
