"""What of the desk is open to whom: the stories in which somebody has a role, and the rows of these.

Whatever lists, finds, counts, completes or offers rows to a person takes them from here.
"""

from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Abs
from django.db.models.lookups import In, IsNull

from events.editorial.holding import is_everywhere, verb_on
from events.editorial.moves import ASK_TAKEDOWN, CONFIRM_TAKEDOWN
from events.models import (
    Actor,
    Citation,
    Day,
    Decision,
    Event,
    Kind,
    Material,
    Membership,
    Outlet,
    Place,
    Proposal,
    Source,
    Story,
    Takedown,
    Text,
)
from events.permitting import Held, memberships_of
from events.roles import granting

AnyModel = TypeVar("AnyModel", bound=Model)

STORY_FROM: dict[type[Model], str] = {
    Story: "pk",
    Day: "story",
    Event: "day__story",
    Citation: "event__day__story",
    Kind: "story",
    Place: "story",
    Actor: "story",
    Outlet: "story",
    Source: "story",
    Text: "story",
    Material: "story",
    Proposal: "story",
    Takedown: "story",
    Decision: "told_in",
}
"""The way from a row to its story."""


def stories_of(by: Any, *verbs: str) -> QuerySet[Story]:
    """The stories in which ``by`` may do one of ``verbs``; where none is named, those of any role."""
    if is_everywhere(by, *verbs):
        return Story.objects.all()
    held = memberships_of(by)
    if verbs:
        held = held.filter(role__in=set().union(*map(granting, verbs)))
    return Story.objects.filter(pk__in=held.order_by().values("story"))


def within(rows: QuerySet[AnyModel], by: Any, *verbs: str, held: Held | None = None) -> QuerySet[AnyModel]:
    """Those of ``rows`` that lie in a story in which ``by`` may do one of ``verbs``, or has any role.

    A screen that has read the roles of ``by`` gives them as ``held``: of stories that it is told PostgreSQL
    knows how many rows are in each, and reads a list from its index; of those that it has yet to find it
    guesses that there are few, and reads and sorts all that is in them.
    """
    if is_everywhere(by, *verbs):
        return rows
    if held is None:
        return rows.filter(_in(rows.model, stories_of(by, *verbs).order_by().values("pk")))
    return rows.filter(_in(rows.model, _stories_in(held, verbs)))


def on_what_is_open(rows: QuerySet[Decision], by: Any, *, held: Held) -> QuerySet[Decision]:
    """Those of ``rows`` that are on what ``by`` may look at itself: not every role looks at everything."""
    for subject, verbs in OPEN_TO_FEWER.items():
        if not is_everywhere(by, *verbs):
            # Of a column that is null, SQLite guesses that few rows are, reads these and puts them in order.
            is_on_none: Any = IsNull(Abs(subject), True)
            rows = rows.filter(is_on_none | Q(told_in__in=_stories_in(held, verbs)))
    return rows


def _stories_in(held: Held, verbs: tuple[str, ...]) -> list[int]:
    """The primary keys of the stories in which one of the roles ``held`` grants one of ``verbs``."""
    roles = set().union(*map(granting, verbs))
    return sorted({story for story, role in held if not verbs or role in roles})


def who_may(verb: str, story: Story | None = None) -> QuerySet[Any]:
    """The active accounts that may carry out ``verb`` in every story, or, where one is named, in that one."""
    people: Any = get_user_model().objects
    everywhere: QuerySet[Any] = people.with_perm(verb, backend="django.contrib.auth.backends.ModelBackend")
    if story is None:
        return everywhere
    here = Membership.objects.filter(story=story, ended_at=None, role__in=granting(verb))
    found: QuerySet[Any] = people.filter(
        Q(pk__in=everywhere.values("pk")) | Q(is_active=True, pk__in=here.order_by().values("person"))
    )
    return found


def to_be_looked_at(model: type[Model]) -> tuple[str, ...]:
    """The verbs of which one lets a person look at rows of ``model``."""
    return verb_on("view", model), verb_on("change", model)


OPEN_TO_FEWER = {"text": to_be_looked_at(Text), "takedown": (ASK_TAKEDOWN, CONFIRM_TAKEDOWN.permission)}
"""What somebody who reads decisions may not look at for that, and the verbs of which one lets them."""


def _in(model: type[Model], stories: Any) -> Q:
    # Asked of each for itself: a join may be read from the other end, and then all of it is put in order.
    if model is Citation:
        return Q(Exists(Event.objects.filter(pk=OuterRef("event"), day__story__in=stories)))
    if model is Event:
        return Q(Exists(Day.objects.filter(pk=OuterRef("day"), story__in=stories)))
    # SQLite guesses that few rows are of a story, reads all that are by its index, and puts them in order.
    if model in LISTED_BY_TIME and connection.vendor == "sqlite":
        return Q(In(Abs("story"), stories))
    return Q((f"{STORY_FROM[model]}__in", stories))


LISTED_BY_TIME = (Source, Material, Proposal)
"""What a list reads from an index of its order, which begins with no story."""
