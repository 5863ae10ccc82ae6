from events.admin.indexed import Indexed


class KindAdmin(Indexed):
    fields = ("name", "description", "citations_needed")
    list_display = ("name", "description", "citations_needed")
    search_fields = ("name", "description")
