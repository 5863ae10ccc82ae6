"""What the list of events can be narrowed by besides its columns."""

from django.contrib import admin
from django.db.models import Q

from events.admin.belonging import several_stories
from events.admin.keys import key_in
from events.admin.reach import held
from events.editorial import policy
from events.editorial.reach import within
from events.models import Day

ABOUT = 30
"""How many days a list offers on either side of the one that is chosen."""


class DayFilter(admin.SimpleListFilter):
    """Days of one story: all of them would be a list without end. Those about the one that is chosen, or the
    latest; every day leads to its events from its own page."""

    title = "day"
    parameter_name = "day"

    def lookups(self, request, model_admin):
        days = Day.objects.select_related("story").order_by("story_id", "-date")
        days = within(days, request.user, held=held(request))
        story, chosen = key_in(request.GET.get("day__story__id__exact", "")), self.chosen(days)
        if story is not None:
            days = days.filter(story=story)
        elif chosen is not None:
            days = days.filter(story=chosen.story_id)
        elif several_stories(request.user):
            days = days.none()
        if chosen is not None:
            later = days.filter(date__gt=chosen.date).order_by("story_id", "date")[:ABOUT]
            until = days.filter(date__lte=chosen.date)[: ABOUT + 1]
            days = days.filter(Q(pk__in=later.values("pk")) | Q(pk__in=until.values("pk")))
        shown = sorted(days[: 2 * ABOUT + 1], key=lambda day: day.date)
        return [(str(day.pk), f"Day {day.number}, {day.date:%-d %b %Y}") for day in shown]

    def chosen(self, days):
        """The day that is chosen, if it is one of ``days``."""
        return None if self.key() is None else days.filter(pk=self.key()).first()

    def queryset(self, request, queryset):
        day = self.key()
        return queryset if day is None else queryset.filter(day=day)

    def key(self) -> int | None:
        return key_in(self.value() or "")


class SupportFilter(admin.SimpleListFilter):
    """What readers see with less than its policy asks for, and what moderators are asked about again."""

    title = "support"
    parameter_name = "support"

    def lookups(self, request, model_admin):
        return [("lost", "lost support"), ("asked", "asked again")]

    def queryset(self, request, queryset):
        if self.value() == "lost":
            return queryset.filter(pk__in=policy.below_policy().values("pk"))
        if self.value() == "asked":
            return queryset.filter(policy.asked_again())
        return queryset
