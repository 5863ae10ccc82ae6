"""What the list of media can be narrowed by besides its columns: what one has still to do."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from events.models import Material
from events.models.rights import NO_BASIS
from media.models import Asset

SOON = timedelta(days=30)


def without_alt(today: date) -> Q:
    return Q(alt="", asset__kind=Asset.Kind.PICTURE)


def without_right(today: date) -> Q:
    return Q(rights="") | Q(rights__in=NO_BASIS)


def ending(today: date) -> Q:
    return Q(licence_ends__range=(today, today + SOON), taken_down_at=None)


TO_DO: dict[str, tuple[str, Callable[[date], Q]]] = {
    "alt": ("no alternative text", without_alt),
    "rights": ("no right to show it", without_right),
    "credit": ("no credit", lambda today: Q(credit="")),
    "ending": ("licence ends within 30 days", ending),
    "unused": ("in no event", lambda today: Q(uses=None)),
    "pending": ("waits for approval", lambda today: Q(state=Material.State.PENDING)),
    "down": ("taken down", lambda today: Q(taken_down_at__isnull=False)),
}


class ToDo(admin.SimpleListFilter):
    title = "what it lacks"
    parameter_name = "lacks"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, words) for name, (words, _) in TO_DO.items()]

    def queryset(self, request: Any, queryset: Any) -> Any:
        if self.value() not in TO_DO:
            return queryset
        _, condition = TO_DO[self.value()]
        return queryset.filter(condition(timezone.now().date()))
