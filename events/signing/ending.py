"""What ends sessions by itself: a closed account, another password, the last role that ends."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from events.models import Claim, Membership
from events.signing import sessions

ENDING = {"password", "is_active", "is_staff", "is_superuser"}
"""What of an account ends sessions when it changes."""


def connect() -> None:
    account = get_user_model()
    user_logged_in.connect(_begin, dispatch_uid="events.signing.begin")
    user_logged_out.connect(_end_claims, dispatch_uid="events.signing.claims")
    post_save.connect(_account_was_saved, sender=account, dispatch_uid="events.signing.account")
    m2m_changed.connect(_groups_changed, sender=account.groups.through, dispatch_uid="events.signing.groups")
    for granted in (account.user_permissions, Group.permissions):
        uid = f"events.signing.{granted.through.__name__}"
        m2m_changed.connect(_permissions_changed, sender=granted.through, dispatch_uid=uid)
    pre_delete.connect(_group_goes, sender=Group, dispatch_uid="events.signing.group")
    post_delete.connect(_group_is_gone, sender=Group, dispatch_uid="events.signing.group")


def without_any_role(person: Any) -> None:
    """End the sessions of ``person`` where nothing at the desk is theirs any more."""
    if Membership.objects.filter(person_id=person.pk, ended_at=None).exists():
        return
    # What a row that was read before remembers of its permissions is of then.
    now = get_user_model().objects.get(pk=person.pk)
    if not now.has_module_perms("events"):
        sessions.end_all(now)


def _begin(sender: Any, request: Any, **kwargs: Any) -> None:
    sessions.begin(request)
    sessions.end_idle()


def _end_claims(sender: Any, user: Any, **kwargs: Any) -> None:
    """Nobody is at what they claimed once they are gone; what was handed to them waits for them."""
    claims = Claim.objects.filter(person=user, handed_by=None)
    # Who keeps nothing signs out without a write.
    if user is not None and claims.exists():
        claims.delete()


def _account_was_saved(
    sender: Any, instance: Any, created: bool, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    if created or raw or (update_fields and not ENDING & set(update_fields)):
        return
    if instance.is_active and instance.is_staff:
        sessions.end_outdated(instance)
        if not update_fields or "is_superuser" in update_fields:
            without_any_role(instance)
    else:
        sessions.end_all(instance)


def _groups_changed(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any
) -> None:
    """Somebody left groups, or a group lost people."""
    if action not in ("post_remove", "post_clear"):
        return
    people = get_user_model().objects.filter(pk__in=pk_set or ()) if reverse else [instance]
    for person in people:
        without_any_role(person)


def _permissions_changed(
    sender: Any, instance: Any, action: str, reverse: bool, model: Any, pk_set: Any, **kwargs: Any
) -> None:
    """A group, or a person, lost permissions; ``model`` is what the other side has."""
    if action not in ("post_remove", "post_clear"):
        return
    holders = model.objects.filter(pk__in=pk_set or ()) if reverse else [instance]
    for holder in holders:
        for person in holder.user_set.all() if isinstance(holder, Group) else [holder]:
            without_any_role(person)


def _group_goes(sender: Any, instance: Any, **kwargs: Any) -> None:
    instance.had = list(instance.user_set.all())


def _group_is_gone(sender: Any, instance: Any, **kwargs: Any) -> None:
    for person in instance.had:
        without_any_role(person)
