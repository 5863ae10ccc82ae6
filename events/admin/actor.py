from events.admin.indexed import IndexedByNames, NameInline
from events.models import ActorName


class ActorNameInline(NameInline):
    model = ActorName


class ActorAdmin(IndexedByNames):
    fields = ("nature", "note")
    list_display = ("first_name", "other_names", "nature", "note")
    list_filter = ("nature",)
    inlines = (ActorNameInline,)
