from django.contrib import admin

from events.models import Decision


class ReadOnly:
    """For rows that only verbs add."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class DecisionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("at", "by", "verb", "about", "moved", "reason_code", "note")
    list_display_links = ("at",)
    list_filter = ("verb", "reason_code", ("by", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("by", "event", "citation", "source__outlet", "day__chronicle")
    search_fields = ("note", "event__headline", "source__title", "by__username")

    @admin.display(description="about")
    def about(self, row):
        return str(row.citation or row.event or row.source or row.day)

    @admin.display(description="from, to")
    def moved(self, row):
        return f"{row.from_state} → {row.to_state}" if row.to_state else ""


class DecisionInline(ReadOnly, admin.TabularInline):
    """The history of its parent."""

    model = Decision
    fields = ("at", "by", "verb", "moved", "reason_code", "note")
    readonly_fields = fields
    verbose_name_plural = "history"
    classes = ("collapse",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by", "citation", "event", "source__outlet")

    moved = DecisionAdmin.moved
