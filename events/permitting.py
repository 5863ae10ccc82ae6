"""Who signs in, as Django has it, and what they may do: everywhere and in single stories, in one query."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from events.models import Membership, Revision, Story, Unsaved

Held = Collection[tuple[int, str]]
"""Roles in stories: the primary key of each story, and the role."""

NO_STORY = Cast(None, IntegerField())


def memberships_of(by: Any) -> QuerySet[Membership]:
    """The roles in single stories that ``by``, whose account is active, has now."""
    return Membership.objects.filter(person_id=by.pk, person__is_active=True, ended_at=None)


def held_by(by: Any) -> Held:
    """The roles in single stories that ``by`` has at this moment: one question, asked anew at each call."""
    return set(memberships_of(by).values_list("story_id", "role"))


def held_once(by: Any) -> Held:
    """Likewise, read with what ``by`` may do everywhere: for what is shown to them of one request."""
    if by.is_superuser or not by.is_active:
        # Who may do everything, or nothing, does so without a role.
        return ()
    by.get_all_permissions()
    held: Held = by.held
    return held


def granted_to(by: Any) -> tuple[set[str], Held]:
    """The names of what ``by`` and the groups that they are in may do in every story, and their roles."""
    allowed = Permission.objects.filter(Q(user=by) | Q(group__user=by)).distinct().order_by()
    everywhere = allowed.values_list(NO_STORY, "content_type__app_label", "codename")
    roles = memberships_of(by).order_by().values_list("story_id", "role", Value(""))
    rows = list(everywhere.union(roles, all=True))
    return (
        {f"{app}.{name}" for story, app, name in rows if story is None},
        {(story, role) for story, role, _ in rows if story is not None},
    )


class OneQuestion(ModelBackend):
    """Reads with an account what a page asks of it first."""

    def get_user(self, user_id: Any) -> Any:
        """Whoever is signed in, and whether there is any of what pages ask for besides: something that they
        are to be told of, words that they typed and did not save, a second story."""
        own = {"person": OuterRef("pk")}
        people = get_user_model().objects.annotate(
            is_told=Exists(Revision.objects.filter(tells=OuterRef("pk"))),
            has_unsaved=Exists(Unsaved.objects.filter(**own).exclude(typed="")),
            are_several_stories=Exists(Story.objects.order_by()[1:2]),
        )
        person = people.filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What somebody may do themselves, with what the groups that they are in may do; asked once."""
        if obj is not None or not user_obj.is_active or user_obj.is_superuser:
            return super().get_user_permissions(user_obj, obj)
        allowed, user_obj.held = granted_to(user_obj)
        return allowed

    def _get_group_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        return Permission.objects.none()
