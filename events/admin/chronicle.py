from events.admin.refusing import Refusing
from events.editorial.stories import RELIED_ON, is_printed, save_chronicle


class ChronicleAdmin(Refusing):
    list_display = ("title", "slug", "first_date", "last_date", "zone", "citations_needed")
    search_fields = ("title", "slug")
    fieldsets = (
        (None, {"fields": ("title", "slug", "description")}),
        ("Its days", {"fields": (("first_date", "first_number"), "last_date", "zone")}),
        ("Parts of the day", {"fields": ("morning_begins", "afternoon_begins", "evening_begins")}),
        ("Policy", {"fields": ("citations_needed", "name_style")}),
    )

    def get_readonly_fields(self, request, obj=None):
        """What the record relies on, once there is one."""
        return tuple(RELIED_ON) if obj and is_printed(obj) else ()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ("title",)}

    def save_model(self, request, obj, form, change):
        save_chronicle(obj, by=request.user)

    def has_delete_permission(self, request, obj=None):
        """Never: its record is kept."""
        return False
