from events.admin.indexed import Named, NameInline
from events.models import ActorName


class ActorNameInline(NameInline):
    model = ActorName


class ActorAdmin(Named):
    fields = ("nature", "note")
    list_display = ("first_name", "other_names", "nature", "note")
    list_filter = ("nature",)
    inlines = (ActorNameInline,)
