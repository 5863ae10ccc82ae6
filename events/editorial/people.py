"""Who has which role in a story: given, changed, ended, and offered by a link.

Nothing of it is deleted, and each change is a decision on the story.
"""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from events.editorial.holding import hold_story, insist, is_everywhere, may, record
from events.editorial.moves import MANAGE_PEOPLE
from events.editorial.reach import who_may
from events.editorial.refused import Refused
from events.models import Invitation, Membership, Story
from events.models.invitation import GOOD_FOR, hash_of
from events.models.membership import Role
from events.signing import ending, factors

DEED = "say who has which role in this"
USED = "This link was used already: each gives a role once."
ENDED = "This invitation was taken back."
EXPIRED = "This link has expired."
ASK_AGAIN = "Ask whoever sent it to you for another."


@transaction.atomic
def add(story: Story, person: Any, role: str, *, by: Any) -> Membership:
    """Give ``person`` a role in ``story``; their account may sign in to the desk from then on.

    Refused to who may not say who has which role in it, and where they have that role already.
    """
    held = _held(story, by)
    if not person.is_active:
        raise Refused(f"The account “{person}” is closed. An administrator can open it again.")
    made = _given(held, person, role, by=by)
    record(held, "add member", by=by, version=held.version, moved=("", role), note=str(person))
    return made


@transaction.atomic
def end(membership: Membership, *, by: Any) -> None:
    """Take a role from who has it. Refused where nobody could say any more who has which."""
    held = _held(membership.story, by)
    _end(held, membership, by=by)


@transaction.atomic
def change(membership: Membership, role: str, *, by: Any) -> Membership:
    """Give who has one role another in its place: the one ends, the other begins."""
    held, person = _held(membership.story, by), membership.person
    if role == membership.role:
        raise Refused(f"“{person}” is {_called(role)} already.")
    made = _given(held, person, role, by=by)
    _end(held, membership, by=by)
    record(held, "add member", by=by, version=held.version, moved=("", role), note=str(person))
    return made


@transaction.atomic
def reset_factor(membership: Membership, *, by: Any) -> None:
    """Take from who has a role in the story the second factor that they lost, and end their sessions.

    Refused for oneself, whom one's account asks for a factor or a recovery code first, and for whoever has
    more to say than the one who asks: who may in every story, or has a role where ``by`` manages nobody.
    """
    held = _held(membership.story, by)
    if membership.ended_at:
        raise Refused("This role has ended already.")
    _reset(held, membership.person, by)


@transaction.atomic
def reset_factor_everywhere(story: Story, person: Any, *, by: Any) -> None:
    """Likewise of who has a role in every story, kept in the history of ``story``. Refused to who manages
    ``story`` alone; an administrator's is reset by an administrator."""
    _reset(_held(story, by), person, by)


def with_a_role_everywhere() -> QuerySet[Any]:
    """The open accounts that have a role in every story: administrators, and members of the groups."""
    ours = Story._meta.app_label
    granted = Q(groups__permissions__content_type__app_label=ours)
    granted |= Q(user_permissions__content_type__app_label=ours) | Q(is_superuser=True)
    keys = get_user_model().objects.filter(granted, is_active=True).values("pk")
    return get_user_model().objects.filter(pk__in=keys).prefetch_related("groups").order_by("username")


def _reset(held: Story, person: Any, by: Any) -> None:
    if person == by:
        raise Refused("Remove your own under “Your account”, with the factor itself or a recovery code.")
    if not by.is_superuser:
        _refuse_who_is_more(person, by)
    if not factors.has_any(person):
        raise Refused(f"“{person}” has no second factor.")
    factors.reset(person, by=by)
    record(held, "reset factor", by=by, version=held.version, note=str(person))


def _refuse_who_is_more(person: Any, by: Any) -> None:
    theirs = Story.objects.filter(memberships__person=person, memberships__ended_at=None).distinct()
    is_above = is_everywhere(person) and not is_everywhere(by, MANAGE_PEOPLE)
    if person.is_superuser or is_above or not all(may(by, MANAGE_PEOPLE, story) for story in theirs):
        raise Refused(f"“{person}” has a role elsewhere, too: ask an administrator.")


@transaction.atomic
def invite(story: Story, role: str, *, by: Any) -> tuple[Invitation, str]:
    """Make a link that gives a role in ``story`` once; the invitation, and the secret part of its link."""
    held, token = _held(story, by), secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        story=held,
        role=_known(role),
        token_hash=hash_of(token),
        made_by=by,
        expires_at=timezone.now() + GOOD_FOR,
    )
    record(held, "invite", by=by, version=held.version, moved=("", role))
    return made, token


@transaction.atomic
def end_invitation(invitation: Invitation, *, by: Any) -> None:
    """Take an invitation back before it is used."""
    held = _held(invitation.story, by)
    now = Invitation.objects.get(pk=invitation.pk)
    if now.accepted_at or now.ended_at:
        raise Refused(USED if now.accepted_at else "This invitation was taken back already.")
    now.ended_by, now.ended_at = by, timezone.now()
    now.save(update_fields=["ended_by", "ended_at"])
    record(held, "end invitation", by=by, version=held.version, moved=(now.role, ""))


def invitation_of(token: str) -> Invitation | None:
    """The invitation whose link has that secret part, whatever became of it."""
    rows = Invitation.objects.select_related("story", "made_by")
    return rows.filter(token_hash=hash_of(token)).first()


def spent(invitation: Invitation) -> str:
    """Why nobody can use ``invitation`` any more, in sentences; empty while somebody can."""
    by = invitation.made_by
    if invitation.accepted_at:
        return f"{USED} {ASK_AGAIN}"
    if invitation.ended_at:
        return f"{ENDED} {ASK_AGAIN}"
    if invitation.expires_at <= timezone.now():
        return f"{EXPIRED} {ASK_AGAIN}"
    # What somebody could not give any more is no longer given in their name.
    if not (by.is_active and may(by, MANAGE_PEOPLE, invitation.story)):
        return f"{ENDED} Who made it may not invite any more."
    return ""


@transaction.atomic
def accept(invitation: Invitation, *, person: Any) -> Membership:
    """Give ``person`` the role that they were invited to; the link is used then."""
    held = hold_story(invitation.story)
    now = Invitation.objects.select_related("story", "made_by").get(pk=invitation.pk)
    if why := spent(now):
        raise Refused(why)
    made = _given(held, person, now.role, by=now.made_by)
    now.accepted_by, now.accepted_at = person, timezone.now()
    now.save(update_fields=["accepted_by", "accepted_at"])
    note = f"{person}, invited by {now.made_by}"
    record(held, "join", by=person, version=held.version, moved=("", now.role), note=note)
    return made


def _held(story: Story, by: Any) -> Story:
    held = hold_story(story)
    insist(by, MANAGE_PEOPLE, held, DEED)
    return held


def _given(story: Story, person: Any, role: str, *, by: Any) -> Membership:
    open_now = {"person": person, "story": story, "role": _known(role), "ended_at": None}
    if Membership.objects.filter(**open_now).exists():
        raise Refused(f"“{person}” is {_called(role)} of “{story}” already.")
    made = Membership.objects.create(person=person, story=story, role=role, added_by=by)
    if not person.is_staff:
        person.is_staff = True
        person.save(update_fields=["is_staff"])
    return made


def _end(story: Story, membership: Membership, *, by: Any) -> None:
    now = Membership.objects.select_related("person").get(pk=membership.pk)
    if now.ended_at:
        raise Refused("This role has ended already.")
    if now.role == Role.MANAGER:
        _keep_somebody_who_manages(story, now)
    now.ended_by, now.ended_at = by, timezone.now()
    now.save(update_fields=["ended_by", "ended_at"])
    record(story, "end member", by=by, version=story.version, moved=(now.role, ""), note=str(now.person))
    ending.without_any_role(now.person)


def _keep_somebody_who_manages(story: Story, leaving: Membership) -> None:
    managing = Membership.objects.filter(
        story=story, role=Role.MANAGER, ended_at=None, person__is_active=True
    )
    if not managing.exclude(pk=leaving.pk).exists() and not who_may(MANAGE_PEOPLE).exists():
        raise Refused(
            f"“{leaving.person}” is the only one who can say who has which role in “{story}”. "
            "Make somebody else a manager first."
        )


def _known(role: str) -> str:
    if role not in Role.values:
        raise Refused("Choose a role: editor, moderator or manager.")
    return role


def _called(role: str) -> str:
    """``role`` in a sentence: “an editor”."""
    word = Role(role).label.lower()
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
