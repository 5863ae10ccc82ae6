from events.admin.indexed import IndexedByNames, NameInline
from events.models import PlaceName


class PlaceNameInline(NameInline):
    model = PlaceName


class PlaceAdmin(IndexedByNames):
    fields = (("latitude", "longitude"), "note")
    list_display = ("first_name", "other_names", "latitude", "longitude", "note")
    inlines = (PlaceNameInline,)
