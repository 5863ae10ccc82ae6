"""Who may do what at the desk: one table, from which the groups are made and kept."""

from typing import Any

from django.contrib.auth.models import Group, Permission


class UnknownPermission(Exception):
    """The table names a permission that no model has, or that no migration has made yet."""


def each(verb: str, *models: str) -> set[str]:
    """The permission to ``verb`` each of ``models`` of the desk."""
    return {f"events.{verb}_{model}" for model in models}


WRITTEN = "day event kind place placename actor actorname outlet source citation material use".split()

ROLES: dict[str, set[str]] = {
    "Editors": {
        "events.view_story",
        "events.view_decision",
        *each("view", *WRITTEN),
        *each("add", *WRITTEN),
        *each("change", *WRITTEN),
        # Names, and that an event shows a medium: whatever was decided on stays.
        *each("delete", "placename", "actorname", "use"),
        *each("submit", "event"),
        *each("publish", "event", "day"),
        *each("withdraw", "event"),
        *each("take_down", "material"),
        "events.open_original",
        "events.import_digest",
        *each("view", "proposal"),
    },
    "Moderators": {
        "events.view_story",
        "events.view_decision",
        *each("view", *WRITTEN),
        *each("approve", "citation", "material"),
        *each("reject", "citation", "material"),
        *each("reopen", "citation", "material"),
        *each("take_down", "material"),
        *each("retract", "source"),
        "events.open_original",
        *each("view", "proposal"),
        *each("accept", "proposal"),
    },
    "Managers": {
        "events.view_story",
        "events.view_decision",
        *each("view", *WRITTEN, "text"),
        *each("add", "text"),
        *each("change", "text"),
        *each("publish", "text"),
        *each("view", "proposal"),
        "events.manage_people",
        "events.set_policy_story",
        "events.open_story",
    },
}
"""Each group, and what it may do in every story."""

GROUP_OF = {"editor": "Editors", "moderator": "Moderators", "manager": "Managers"}
"""The group whose permissions a role has in its one story."""


def granting(verb: str) -> set[str]:
    """The roles in a story that bring the permission ``verb`` there."""
    return {role for role, group in GROUP_OF.items() if verb in ROLES[group]}


def set_up(
    groups: Any = Group, permissions: Any = Permission, *, all_known: bool = True
) -> dict[str, tuple[set[str], set[str]]]:
    """Give each group of ``ROLES`` exactly its permissions, making the group where there is none.

    Safe to run again. Returns, for each group that changed, what it was given and what was taken
    from it. A migration hands in the models as they were, and leaves to later migrations what is
    not known yet; otherwise raises UnknownPermission.
    """
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in permissions.objects.select_related("content_type")
    }
    by_pk = {permission.pk: label for label, permission in found.items()}
    changed = {}
    for name, wanted in ROLES.items():
        unknown = wanted - found.keys()
        if unknown and all_known:
            raise UnknownPermission(f"No such permission: {', '.join(sorted(unknown))}. Run “migrate” first.")
        wanted = wanted - unknown
        group, created = groups.objects.get_or_create(name=name)
        had = {by_pk[pk] for pk in group.permissions.values_list("pk", flat=True)}
        if created or had != wanted:
            group.permissions.set([found[label] for label in wanted])
            changed[name] = (wanted - had, had - wanted)
    return changed
