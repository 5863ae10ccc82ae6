from functools import partial

from django import forms
from django.contrib import admin, messages
from django.urls import path, reverse
from django.utils.functional import cached_property

from events.admin.decision import DecisionInline
from events.admin.desk import opening, people
from events.admin.publication import MOST_TOLD, tell_times, tell_what_is_held_back
from events.admin.reach import held
from events.admin.versioned import Versioned, VersionedForm
from events.editorial.holding import may
from events.editorial.moves import MANAGE_PEOPLE, OPEN, SET_POLICY
from events.editorial.stories import CLOCK, POLICY, RELIED_ON, save_story
from events.models import Event
from events.models.decision import LONGEST_NOTE
from events.models.length import at_most, limit_words
from events.models.zone import known_zones, zone_called

TO_BE_FIXED = (
    "Its opening fixes this for good: address, time zone, first day and its number, and where the parts of "
    "the day begin."
)
FIXED = "It is open: all but its last day is fixed, and so are its address and the parts of its days."


class OnTheStory(DecisionInline):
    """What was decided on a story itself; all that was decided in it is in the list of decisions."""

    fk_name = "story"


class ZoneInput(forms.TextInput):
    """A text box that offers every time zone as one types. A script makes its list one for the keyboard."""

    template_name = "admin/events/zone_input.html"

    class Media:
        js = (forms.Script("events/combobox.js", type="module"),)

    @cached_property
    def zones(self) -> list[str]:
        return known_zones()

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}-zones"})
        return {**context, "zones": self.zones}


class StoryForm(VersionedForm):
    note = forms.CharField(
        label="What changed, for readers",
        required=False,
        widget=forms.Textarea({"rows": 2, "cols": 40}),
        validators=[at_most(LONGEST_NOTE)],
        help_text=f"Empty: the fields that changed are named. {limit_words(LONGEST_NOTE)}",
    )

    class Meta:
        widgets = {"zone": ZoneInput({"autocomplete": "off", "size": 40})}
        labels = {"slug": "Address"}
        help_texts = {"slug": "What all addresses of its pages begin with: flood makes /flood/day-1/."}

    def clean_zone(self):
        """A name is understood in small letters too; what is none is refused by the model."""
        return zone_called(self.cleaned_data["zone"])


class StoryAdmin(Versioned):
    form = StoryForm
    list_display = ("title", "address", "first_date", "last_date", "zone", "citations_needed", "readers")
    search_fields = ("title", "slug")
    inlines = (OnTheStory,)

    def get_urls(self):
        view = self.admin_site.admin_view(partial(people.page, model_admin=self))
        return [path("<int:pk>/people/", view, name="events_story_people"), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and may(request.user, MANAGE_PEOPLE, obj, held(request)):
            context["people"] = reverse("admin:events_story_people", args=[obj.pk])
        if obj and may(request.user, SET_POLICY.permission, obj, held(request)):
            context["policy"] = reverse("admin:policy", args=[obj.pk])
        if obj:
            context["words"] = reverse("admin:words", args=[obj.pk])
        if obj and may(request.user, OPEN.permission, obj, held(request)):
            context["opening"] = reverse("admin:opening", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(ordering="slug")
    def address(self, story):
        return f"/{story.slug}/"

    @admin.display(description="readers see it", ordering="opened_at")
    def readers(self, story):
        return opening.standing_words(story)

    def get_fieldsets(self, request, obj=None):
        printed = obj is not None and obj.opened_at is not None
        noted = ("note",) if printed and self.has_change_permission(request, obj) else ()
        fixed = {"description": FIXED if printed else TO_BE_FIXED}
        self_fields = ("title", "slug", "description", "language", *noted)
        fieldsets = [
            (None, {"fields": self_fields}),
            ("Its days", {"fields": (("first_date", "first_number"), "last_date", "zone"), **fixed}),
            ("Parts of the day", {"fields": CLOCK[1:]}),
            ("Names", {"fields": ("name_style",)}),
            *([] if obj else [("Policy", {"fields": POLICY})]),
        ]
        return self.with_seen(fieldsets, request, obj)

    def get_readonly_fields(self, request, obj=None):
        """What the record relies on, once there is one."""
        return tuple(RELIED_ON) if obj and obj.opened_at else ()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ("title",)}

    def save_model(self, request, obj, form, change):
        if change and not form.has_changed():
            return
        given = {
            name: form.cleaned_data.get(name) or default for name, default in (("seen", None), ("note", ""))
        }
        moved = save_story(obj, by=request.user, **given)
        for sentence in moved[:MOST_TOLD]:
            messages.warning(request, f"Read again by the new clock: {sentence}")
        if len(moved) > MOST_TOLD:
            messages.warning(request, f"So were {len(moved) - MOST_TOLD} more.")
        if "zone" in form.changed_data:
            tell_times(request, Event.objects.filter(day__story=obj))
        if moved:
            tell_what_is_held_back(request, Event.objects.filter(day__story=obj))

    def has_delete_permission(self, request, obj=None):
        """Never: its record is kept."""
        return False
