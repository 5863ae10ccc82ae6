from events.admin.indexed import Indexed
from events.admin.searching import Searched


class KindAdmin(Searched, Indexed):
    fields = ("story", "name", "description", "citations_needed")
    readonly_fields = ("citations_needed",)
    list_display = ("name", "description", "citations_needed", "story")
    list_filter = ("story",)
    instead = (
        "Give its events another kind first. One that readers have seen keeps its number for good: rename it "
        "where its name is wrong."
    )
