from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Count
from django.http import QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html

from events.admin.badges import badge, state_badge
from events.admin.belonging import OfAStory, OneStoryForm
from events.admin.decision import DecisionInline, rejection_of, told_at
from events.admin.desk.media import covering, files, together, uploading
from events.admin.desk.media.review import RejectMediumForm, lacks
from events.admin.keeping import OF_MEDIA, ByState
from events.admin.media_filters import ToDo
from events.admin.reach import held
from events.admin.searching import Searched
from events.admin.suggesting import beside, suggestions
from events.admin.verbs import Verb, VerbForm, WithVerbs, words_field
from events.admin.versioned import VersionedForm
from events.editorial import materials
from events.editorial.alike import alike
from events.editorial.holding import may
from events.editorial.moves import (
    APPROVE_MATERIAL,
    OPEN_ORIGINAL,
    REJECT_MATERIAL,
    REOPEN_MATERIAL,
    TAKE_DOWN,
)
from events.editorial.showing import given_as_it_is
from events.models import Material


class ReopenForm(VerbForm):
    words = words_field("Why", required=False)


class TakeDownForm(VerbForm):
    reason = words_field("Why, for readers", longest=materials.LONGEST_REASON)


class MaterialForm(OneStoryForm, VersionedForm):
    names = ("source", "place")

    class Meta:
        widgets = {
            "licence_ends": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "shows": forms.Textarea({"rows": 3}),
            "alt": forms.Textarea({"rows": 3}),
        }


VERBS = (
    Verb(
        "approve",
        "Approve",
        "Approved, exactly as it is here.",
        APPROVE_MATERIAL,
        materials.approve,
        when=lambda material, person: person.pk not in materials.authors_of(material),
    ),
    Verb(
        "reject",
        "Reject",
        "Rejected: its author finds your words at it, and in the list “Sent back to me”. Where readers see "
        "it, they keep what was approved; take it down if they should not.",
        REJECT_MATERIAL,
        materials.reject,
        RejectMediumForm,
    ),
    Verb(
        "reopen",
        "Reopen",
        "Back to review. Where readers see it, they keep what was approved.",
        REOPEN_MATERIAL,
        materials.reopen,
        ReopenForm,
    ),
    Verb(
        "take-down",
        "Take down",
        "Taken down: readers get none of its files.",
        TAKE_DOWN,
        materials.take_down,
        TakeDownForm,
        when=lambda material, person: (
            material.taken_down_at is None and material.state != Material.State.DISCARDED
        ),
    ),
)


class MaterialAdmin(Searched, OfAStory, WithVerbs):
    """The media of a story: a grid of what they show, with what each lacks."""

    form = MaterialForm
    list_display = ("__str__",)
    list_filter = (ToDo, ("state", ByState), "story", "graphic")
    list_per_page = 48
    search_help_text = (
        "Words of the caption, the alternative text, what it shows, its credit or its file’s name."
    )
    autocomplete_fields = ("source", "place")
    actions = ("credit_and_rights",)
    fieldsets = (
        (None, {"fields": ("story", "badge", "lacking")}),
        (
            "For readers",
            {
                "fields": (
                    *("caption", "alt", "credit", "rights", "rights_note", "licence_ends"),
                    *("graphic", "source_type"),
                )
            },
        ),
        (
            "Where it comes from",
            {"fields": ("source", "url", "obtained", "taken", "place", ("latitude", "longitude"), "shows")},
        ),
        ("Who is shown", {"fields": ("people", "consent", "consent_note")}),
        ("Review", {"fields": ("whose", "approved_when", "used_in", "like_it", "kept")}),
    )
    readonly_fields = ("badge", "lacking", "whose", "approved_when", "used_in", "like_it", "kept")
    inlines = (DecisionInline,)
    verbs = (*VERBS, *OF_MEDIA)

    class Media:
        css = {"all": ["events/media.css"]}

    def get_queryset(self, request):
        related = ("story", "asset", "shown", "submitted_by", "changed_by", "approved_by")
        return super().get_queryset(request).select_related(*related)

    def get_urls(self):
        views = (
            ("together/", together.page, "together"),
            ("<int:pk>/cover/", covering.page, "cover"),
            ("<int:pk>/original/", files.original, "original"),
        )
        view, name = self.admin_site.admin_view, "events_material_{}".format
        return [
            *(path(route, view(partial(page, model_admin=self)), name=name(of)) for route, page, of in views),
            path(
                "<int:pk>/picture/<int:asset>/<int:width>/",
                view(partial(files.picture, model_admin=self), cacheable=True),
                name=name("picture"),
            ),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Media begin with their files, many at once."""
        return uploading.page(request, model_admin=self)

    def get_changelist_instance(self, request):
        shown = super().get_changelist_instance(request)
        shown.result_list = list(shown.result_list)
        totals = Material.objects.filter(pk__in=[row.pk for row in shown.result_list])
        uses = dict(totals.annotate(total=Count("uses")).values_list("pk", "total"))
        for row in shown.result_list:
            row.tile = {
                "picture": files.address_of(row.printable, row),
                "badge": state_badge(row),
                "down": down_badge(row),
                "lacks": lacks(row),
                "uses": uses[row.pk],
            }
        return shown

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if obj and request.method == "GET" and self.has_change_permission(request, obj):
            beside(form, suggestions(obj, request.user))
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["picture"] = files.address_of(obj.printable, obj, files.LARGE)
            context["show_save_and_add_another"] = False
            context["given"] = given_as_it_is(obj)
            context["sent_back"] = rejection_of(obj)
            context["may_open"] = may(request.user, OPEN_ORIGINAL, obj.story, held(request))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if form.has_changed():
            changed = {name: form.cleaned_data[name] for name in form.changed_data}
            materials.change(obj, by=request.user, seen=form.cleaned_data["seen"], **changed)

    def has_change_permission(self, request, obj=None):
        """What was discarded is as it was then, until it is brought back."""
        kept = obj is None or obj.state != Material.State.DISCARDED
        return kept and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description="Give them one credit and one right", permissions=["change"])
    def credit_and_rights(self, request, queryset):
        chosen = QueryDict(mutable=True)
        chosen.setlist("pk", request.POST.getlist(ACTION_CHECKBOX_NAME))
        if len(chosen.getlist("pk")) > together.MOST:
            messages.error(request, f"Choose at most {together.MOST} media.")
            return None
        return redirect(f"{reverse('admin:events_material_together')}?{chosen.urlencode()}")

    @admin.display(description="state")
    def badge(self, material):
        return format_html("{} {}", state_badge(material), down_badge(material))

    @admin.display(description="lacks")
    def lacking(self, material):
        then = "" if material.state == Material.State.APPROVED else ": readers may see it once it is approved"
        return " ".join(lacks(material)) or f"Nothing{then}."

    @admin.display(description="submitted")
    def whose(self, material):
        said = f"by {material.submitted_by}, {told_at(material.submitted_at, material.story)}"
        return f"{said}; last changed by {material.changed_by}" if material.version > 1 else said

    @admin.display(description="approved")
    def approved_when(self, material):
        if not material.approved_by:
            return "not yet"
        return f"by {material.approved_by}, {told_at(material.approved_at, material.story)}"

    @admin.display(description="shown in")
    def used_in(self, material):
        events = [use.event for use in material.uses.select_related("event__day__story")]
        return render_to_string("admin/events/material/used_in.html", {"events": events})

    @admin.display(description="looks like")
    def like_it(self, material):
        others = [(other, files.address_of(other.printable, other)) for other in alike(material)]
        return render_to_string("admin/events/material/alike.html", {"others": others})

    @admin.display(description="the file")
    def kept(self, material):
        told = [(row, told_at(row.at, material.story)) for row in material.asset.custody.select_related("by")]
        return render_to_string("admin/events/material/custody.html", {"asset": material.asset, "told": told})


def down_badge(material: Material) -> str:
    return badge("rejected", "Taken down") if material.taken_down_at else ""
