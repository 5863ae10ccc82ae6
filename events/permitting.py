"""Who signs in, as Django has it, and what they may do in all stories, in one query where it asks two."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet


class OneQuestion(ModelBackend):
    """Gives what somebody may do themselves with what the groups that they are in may do."""

    def _get_user_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        return Permission.objects.filter(Q(user=user_obj) | Q(group__user=user_obj)).distinct()

    def _get_group_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        return Permission.objects.none()
