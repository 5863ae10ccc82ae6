from events.admin.indexed import IndexedByNames, NameInline
from events.models import ActorName


class ActorNameInline(NameInline):
    model = ActorName


class ActorAdmin(IndexedByNames):
    fields = ("story", "nature", "note")
    list_display = ("first_name", "other_names", "nature", "story", "note")
    list_filter = ("story", "nature")
    inlines = (ActorNameInline,)
