from events.admin.belonging import OneStoryForm
from events.admin.indexed import IndexedByNames, NameInline
from events.admin.versioned import VersionedForm
from events.models import PlaceName


class PlaceNameInline(NameInline):
    model = PlaceName


class PlaceForm(OneStoryForm, VersionedForm):
    names = ("within",)


class PlaceAdmin(IndexedByNames):
    form = PlaceForm
    fields = ("story", ("latitude", "longitude", "precision"), "within", "note")
    list_display = ("first_name", "other_names", "latitude", "longitude", "story", "note")
    list_filter = ("story",)
    autocomplete_fields = ("within",)
    inlines = (PlaceNameInline,)
